// On every page: what is wrong is read first. Moves focus to the error summary when there is one.
// A part of the menu that stands open is shut by Escape, and by whatever is done elsewhere.

document.querySelector("[data-error-summary]")?.focus();

const open = () => document.querySelector(".site-nav details[open]");

document.addEventListener("keydown", ({ key }) => {
  const part = key === "Escape" && open();
  if (!part) return;
  part.open = false;
  part.querySelector("summary").focus();
});

for (const what of ["click", "focusin"]) {
  document.addEventListener(what, ({ target }) => {
    const part = open();
    if (part && !part.contains(target)) part.open = false;
  });
}

// Up and down move between the rows of a table whose rows are links; Enter opens, as for any link.

for (const region of document.querySelectorAll("[data-keyboard-rows]")) {
  region.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, select, textarea")) return;
    const links = [...region.querySelectorAll("tbody th a")];
    if (!links.length) return;
    const here = links.findIndex((link) => link.closest("tr").contains(event.target));
    const next = links[here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

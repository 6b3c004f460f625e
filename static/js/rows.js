// Keeps the place when a row is added or removed: the page comes back at that table, with focus in its last row.
// The rows themselves are the server's work, with or without this.

for (const button of document.querySelectorAll('.rows button:is([name="add"], [name="remove"])')) {
  button.addEventListener("click", () => {
    // By attribute: form.action is a button when one is named "action".
    const [address] = (button.form.getAttribute("action") ?? "").split("#");
    button.setAttribute("formaction", `${address}#${button.closest(".rows").id}`);
  });
}

const rows = document.querySelector(".rows:target");
if (rows) {
  const inputs = [...rows.querySelectorAll("tbody tr:last-child, .row-card:last-of-type")].at(-1);
  (inputs?.querySelector('.input:not([type="hidden"])') ?? rows).focus();
}

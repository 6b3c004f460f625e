// Keeps the place when a row is added or removed: the page comes back at the new row, or at its table.
// The rows themselves are the server's work, with or without this.

for (const button of document.querySelectorAll('.rows button:is([name="add"], [name="remove"])')) {
  button.addEventListener("click", () => {
    const rows = button.closest(".rows");
    const place = button.name === "add" ? nextRow(rows) : rows.id;
    // By attribute: form.action is a button when one is named "action".
    const [address] = (button.form.getAttribute("action") ?? "").split("#");
    button.setAttribute("formaction", `${address}#${place}`);
  });
}

// The id that the server will give to the row after the last.
function nextRow(rows) {
  const last = [...rows.querySelectorAll(":is(tbody tr, .row-card)[id]")].at(-1);
  const number = last ? Number(last.id.slice(rows.id.length + 1)) + 1 : 0;
  return `${rows.id}-${number}`;
}

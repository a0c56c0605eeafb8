// Column choice at once; the cookie is the one the preferences page would set, so the server knows next time.
const COOKIE_SECONDS = 400 * 86400;

for (const form of document.querySelectorAll("form[data-columns]")) {
  const table = document.getElementById(form.dataset.columns);
  if (!table) continue;
  form.addEventListener("change", (event) => {
    const choice = event.target;
    if (choice.name !== "column") return;
    const offset = table.dataset.batch ? 1 : 0;
    for (const row of table.rows) row.cells[Number(choice.dataset.index) + offset].hidden = !choice.checked;
    const hidden = [...form.querySelectorAll('[type="checkbox"]:not(:checked)')].map((box) => box.value).join(".");
    document.cookie = `columns_${form.elements.table.value}=${hidden}; path=/; max-age=${COOKIE_SECONDS}; samesite=lax`;
  });
}

// Keys on lists: j k move, o opens, x ticks, / searches, ? explains. Off with one tick, for people whose tools type for them.
const { shelf } = OpenRenda;
const help = document.getElementById("keys-help");
const off = document.getElementById("keys-off");
const OFF = "keys-off";

if (off) {
  off.checked = shelf.read(OFF) === true;
  off.addEventListener("change", () => (off.checked ? shelf.write(OFF, true) : shelf.remove(OFF)));
}
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-keys-help]") && help) help.showModal();
});

const rows = () => [...document.querySelectorAll("table[data-keys] tbody tr")];

function move(step) {
  const every = rows();
  if (!every.length) return;
  const here = every.indexOf(document.activeElement?.closest?.("tr"));
  const next = here < 0 ? (step > 0 ? 0 : every.length - 1) : Math.min(Math.max(here + step, 0), every.length - 1);
  every[next].focus();
  every[next].scrollIntoView({ block: "nearest" });
}

const current = () => document.activeElement?.closest?.("table[data-keys] tbody tr");

const acts = {
  j: () => move(1),
  k: () => move(-1),
  o: () => current()?.dataset.url && location.assign(current().dataset.url),
  x: () => current()?.querySelector('input[name="row"]')?.click(),
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => help?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !(event.key in acts)) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog")) return;
  if (shelf.read(OFF) === true) return;
  if (!rows().length && event.key !== "?") return;
  event.preventDefault();
  acts[event.key]();
});

// Ticked rows: counts them, ticks a run with Shift, shows the batch bar only when there is something to do.
const { phrase } = OpenRenda;

for (const table of document.querySelectorAll("table[data-batch]")) {
  const bar = document.getElementById(table.dataset.batch);
  const ticks = () => [...table.querySelectorAll('tbody input[type="checkbox"][name="row"]')];
  const all = table.querySelector("[data-tick-all]");
  let last = null;

  const count = () => {
    const every = ticks();
    const number = every.filter((tick) => tick.checked).length;
    if (all) {
      all.checked = number > 0 && number === every.length;
      all.indeterminate = number > 0 && number < every.length;
    }
    if (!bar) return;
    bar.dataset.count = number;
    bar.querySelector(".batch-count").textContent = number ? phrase("ticked", { count: number }) : "";
  };
  const setAll = (on) => {
    for (const tick of ticks()) tick.checked = on;
    count();
  };

  table.addEventListener("click", (event) => {
    const tick = event.target;
    if (tick.name !== "row") return;
    const every = ticks();
    if (event.shiftKey && last && every.includes(last)) {
      const [from, to] = [every.indexOf(last), every.indexOf(tick)].sort((a, b) => a - b);
      for (const between of every.slice(from, to + 1)) between.checked = tick.checked;
    }
    last = tick;
    count();
  });
  table.addEventListener("change", count);
  all?.addEventListener("change", () => setAll(all.checked));
  bar?.querySelector("[data-tick-none]")?.addEventListener("click", () => setAll(false));
  addEventListener("pageshow", count);
  count();
}

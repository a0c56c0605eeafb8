// Private notes beside a paper: kept in this browser only, never sent.
const { shelf, phrase, timeOfDay } = OpenRenda;
(() => {
  const saved = 500;
  document.querySelectorAll("textarea[data-notes]").forEach((box) => {
    const key = `notes:${box.dataset.notes}`;
    const status = box.parentElement.querySelector("[data-notes-status]");
    const known = shelf.read(key);
    if (known) box.value = known.text;
    let waits = 0;
    function keep() {
      const kept = box.value ? shelf.write(key, { text: box.value }) : (shelf.remove(key), true);
      if (status) status.textContent = kept ? phrase("noted", { time: timeOfDay() }) : phrase("unsaved");
    }
    box.addEventListener("input", () => { clearTimeout(waits); waits = setTimeout(keep, saved); });
    window.addEventListener("pagehide", () => { if (waits) keep(); });
  });
})();

// A list beside a group of radio buttons: choosing from it ticks its own button ("other"), ticking another button empties it.
for (const list of document.querySelectorAll("select[data-beside]")) {
  const buttons = [...list.form.elements[list.dataset.beside]];
  const tick = (value) => { for (const button of buttons) button.checked = button.value === value; };
  list.addEventListener("change", () => tick(list.value ? "other" : ""));
  for (const button of buttons) {
    button.addEventListener("change", () => { if (button.value !== "other") list.value = ""; });
  }
}

// A form with data-confirm="consequence" asks before it is sent. Without this script the server's own confirm page asks.
const { phrase } = OpenRenda;

function ask(sentence, verb) {
  const dialog = document.createElement("dialog");
  const words = document.createElement("p");
  words.className = "confirm-consequence";
  words.id = "confirm-words";
  words.textContent = sentence;
  const answers = document.createElement("form");
  answers.method = "dialog";
  answers.className = "row confirm-answers";
  answers.append(button(verb, "yes", "button button-main"), button(phrase("cancel"), "no", "button"));
  dialog.setAttribute("aria-labelledby", words.id);
  dialog.append(words, answers);
  document.body.append(dialog);
  dialog.showModal();
  answers.lastChild.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function button(label, value, names) {
  const made = document.createElement("button");
  made.className = names;
  made.value = value;
  made.textContent = label;
  return made;
}

// In the capturing phase, so that nothing counts the form as sent before the person has answered.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const sentence = event.submitter?.dataset.confirm || form.dataset.confirm;
  if (!sentence || form.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const submitter = event.submitter;
  ask(sentence, submitter?.textContent.trim() || phrase("confirm")).then((yes) => {
    if (!yes) return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(submitter);
    delete form.dataset.confirmed;
  });
}, true);

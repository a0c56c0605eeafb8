// A form with data-autosave-url keeps itself. Three seconds after the last change, and when the page is left, its fields
// are posted there with the form's own token. Until the server has answered 2xx a copy stays in this browser, so an expired
// session or a lost network loses nothing; after that the copy is removed, because computers are shared.
// data-autosave-key names the copy (account and draft; default: the address). An element with data-autosave-done="key" on
// the page after the final submission removes it. [data-autosave-status] inside the form says what has been kept.
const { phrase, timeOfDay, shelf } = OpenRenda;
const WAIT_MILLISECONDS = 3000;
const RETRY_MILLISECONDS = 20000;
const KEPT_MILLISECONDS = 30 * 24 * 3600 * 1000;
const PREFIX = "autosave:";

for (const done of document.querySelectorAll("[data-autosave-done]")) shelf.remove(PREFIX + done.dataset.autosaveDone);
for (const key of shelf.keys(PREFIX)) {
  if (Date.now() - (shelf.read(key)?.when || 0) > KEPT_MILLISECONDS) shelf.remove(key);
}

function longTime(when) {
  return new Date(when).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosaveUrl;
    this.key = PREFIX + (form.dataset.autosaveKey || this.url);
    this.status = form.querySelector("[data-autosave-status]");
    this.changed = false;
    this.sending = false;
    this.timer = 0;
    form.addEventListener("input", () => this.note());
    form.addEventListener("change", () => this.note());
    form.addEventListener("submit", () => this.submitted());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.leave(); });
    addEventListener("pagehide", () => this.leave());
    addEventListener("online", () => { if (this.changed) this.send(); });
    this.offer();
  }

  // What a person typed: no tokens, no passwords, no files.
  fields() {
    const written = (name) => !["hidden", "password"].includes(this.form.elements[name]?.type);
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && written(name));
  }

  note() {
    this.changed = true;
    this.keepHere();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), WAIT_MILLISECONDS);
  }

  keepHere() {
    return shelf.write(this.key, { when: Date.now(), fields: this.fields() });
  }

  // The whole form is on its way: no draft may follow it, but the copy stays until the next page says it arrived.
  submitted() {
    clearTimeout(this.timer);
    this.keepHere();
    this.changed = false;
  }

  leave() {
    if (this.changed) this.send(true);
  }

  async send(leaving = false) {
    if (this.sending && !leaving) return;
    clearTimeout(this.timer);
    this.sending = true;
    this.changed = false;
    this.say(phrase("saving"));
    try {
      const body = new FormData(this.form);
      for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
      const headers = { "X-Requested-With": "fetch" };
      const answer = await fetch(this.url, { method: "POST", body, headers, keepalive: leaving, redirect: "manual" });
      this.answered(answer);
    } catch {
      this.lost("savedHere");
    }
    this.sending = false;
    if (this.changed) this.timer = setTimeout(() => this.send(), this.failed ? RETRY_MILLISECONDS : WAIT_MILLISECONDS);
  }

  answered(answer) {
    if (answer.ok) {
      this.failed = false;
      if (!this.changed) shelf.remove(this.key);
      this.say(phrase("saved", { time: timeOfDay() }));
    } else if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) {
      this.lost("expired");
    } else {
      this.lost("savedHere");
    }
  }

  lost(why) {
    this.changed = true;
    this.failed = true;
    this.say(this.keepHere() ? phrase(why, { time: timeOfDay() }) : phrase("unsaved"));
  }

  say(text) {
    if (this.status) this.status.textContent = text;
  }

  // A copy that never reached the server is offered, never poured over what the server has.
  offer() {
    const copy = shelf.read(this.key);
    if (!copy || JSON.stringify(copy.fields) === JSON.stringify(this.fields())) return;
    const box = document.createElement("div");
    box.className = "autosave-offer row";
    box.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent = phrase("found", { time: longTime(copy.when) });
    const restore = this.choice(phrase("restore"), () => { this.restore(copy.fields); box.remove(); });
    const discard = this.choice(phrase("discard"), () => { shelf.remove(this.key); box.remove(); });
    box.append(words, restore, discard);
    this.form.prepend(box);
  }

  choice(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = label;
    button.addEventListener("click", act);
    return button;
  }

  restore(fields) {
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) || []), value]);
    for (const field of this.form.elements) {
      if (!field.name || ["hidden", "password", "file", "submit", "button"].includes(field.type)) continue;
      const kept = values.get(field.name) || [];
      if (["checkbox", "radio"].includes(field.type)) field.checked = kept.includes(field.value);
      else if (field.type === "select-multiple") for (const option of field.options) option.selected = kept.includes(option.value);
      else if (kept.length) field.value = kept.shift();
    }
    this.note();
  }
}

document.querySelectorAll("form[data-autosave-url]").forEach((form) => new Autosave(form));

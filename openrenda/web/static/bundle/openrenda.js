(() => {
"use strict";
// Ground for the other scripts: phrases, the live region, focus after a swap, menus, and what htmx needs from us.
// Everything here improves a page that already works without it.
const phrases = document.getElementById("phrases");
const live = document.getElementById("live");

function phrase(name, values = {}) {
  const text = phrases ? phrases.dataset[name] || "" : "";
  return text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
}

function announce(text) {
  if (live) live.textContent = text;
}

function timeOfDay(when = new Date()) {
  return `${String(when.getHours()).padStart(2, "0")}:${String(when.getMinutes()).padStart(2, "0")}`;
}

function cookie(name) {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

// A shop of the browser's own that may be full, forbidden or missing; then nothing is kept and the caller is told so.
const shelf = {
  read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  },
  write(key, value) {
    try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; }
  },
  remove(key) {
    try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
  },
  keys(prefix) {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return []; }
  },
};

// A strip that is wider than the page begins where one is.
for (const strip of document.querySelectorAll(".tabs, .rail")) {
  const here = strip.querySelector("[aria-current]");
  if (here && strip.scrollWidth > strip.clientWidth) strip.scrollLeft += here.getBoundingClientRect().right - strip.getBoundingClientRect().right + here.offsetWidth / 2;
}

function showError(text) {
  const place = document.getElementById("notices");
  if (!place) return;
  const notice = document.createElement("div");
  notice.className = "notice notice-error";
  notice.setAttribute("role", "alert");
  notice.textContent = text;
  place.replaceChildren(notice);
  place.scrollIntoView({ block: "nearest" });
}

globalThis.OpenRenda = { phrase, announce, timeOfDay, cookie, shelf, showError };

// Menus close on Escape and on a click elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// The error summary, or whatever asks for it, takes the focus, on load and after a swap.
function takeFocus(root) {
  const target = root.matches?.("[data-focus]") ? root : root.querySelector("[data-focus]");
  if (target) target.focus({ preventScroll: false });
}
takeFocus(document);

document.addEventListener("htmx:configRequest", (event) => {
  const token = cookie("csrftoken");
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
});
document.addEventListener("htmx:afterSwap", (event) => {
  const target = event.detail.elt || event.target;
  takeFocus(target);
  const words = target.querySelector?.("[data-announce]");
  if (words) announce(words.dataset.announce || words.textContent.trim());
});
document.addEventListener("htmx:sendError", () => showError(phrase("sent")));
document.addEventListener("htmx:responseError", (event) => {
  showError(phrase(event.detail.xhr?.status === 401 ? "expired" : "sent", { time: timeOfDay() }));
});
})();
(() => {
"use strict";
// A form is sent once. The server's idempotency key is what really guards; this only spares people the doubt.
const { phrase } = OpenRenda;
const sent = new WeakSet();
// A download leaves the page standing without telling it; after this long the form may be sent again.
const RELEASE_MILLISECONDS = 15000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.method === "dialog" || event.defaultPrevented) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  setTimeout(() => release(form), RELEASE_MILLISECONDS);
  const button = event.submitter;
  if (!button || !form.hasAttribute("data-once")) return;
  // After the browser has read the form, so that the pressed button's own value is still sent.
  setTimeout(() => {
    button.dataset.label = button.textContent;
    button.setAttribute("aria-disabled", "true");
    button.setAttribute("aria-busy", "true");
    button.textContent = phrase("submitting");
  }, 0);
});

function release(form) {
  sent.delete(form);
  for (const button of form.querySelectorAll("[aria-busy]")) {
    button.removeAttribute("aria-disabled");
    button.removeAttribute("aria-busy");
    button.textContent = button.dataset.label;
  }
}

// Back from the next page, or an answer that left this page standing: the form can be used again.
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form").forEach(release);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});

// A dead button keeps the focus and its reason can be read, but it does nothing.
document.addEventListener("click", (event) => {
  if (event.target.closest?.('[aria-disabled="true"]')) event.preventDefault();
});
})();
(() => {
"use strict";
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
})();
(() => {
"use strict";
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
})();
(() => {
"use strict";
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
})();
(() => {
"use strict";
// A list beside a group of radio buttons: choosing from it ticks its own button ("other"), ticking another button empties it.
for (const list of document.querySelectorAll("select[data-beside]")) {
  const buttons = [...list.form.elements[list.dataset.beside]];
  const tick = (value) => { for (const button of buttons) button.checked = button.value === value; };
  list.addEventListener("change", () => tick(list.value ? "other" : ""));
  for (const button of buttons) {
    button.addEventListener("change", () => { if (button.value !== "other") list.value = ""; });
  }
}
})();
(() => {
"use strict";
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
})();
(() => {
"use strict";
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
})();
(() => {
"use strict";
// Files: too large is said before anything is sent (data-max-bytes); the way of an upload is shown in the form's own
// <progress data-upload hidden>, for forms that htmx sends (hx-boost or hx-post with multipart).
const { phrase, announce } = OpenRenda;
const MEGABYTE = 1024 * 1024;

document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.type !== "file" || !input.dataset.maxBytes) return;
  const limit = Number(input.dataset.maxBytes);
  const large = [...input.files].find((file) => file.size > limit);
  let words = input.parentElement.querySelector(".upload-words");
  if (!words) {
    words = document.createElement("p");
    words.className = "errorlist upload-words";
    words.setAttribute("role", "alert");
    input.after(words);
  }
  words.textContent = "";
  if (!large) return;
  input.value = "";
  words.textContent = phrase("tooLarge", {
    name: large.name,
    size: (large.size / MEGABYTE).toFixed(1),
    limit: Math.floor(limit / MEGABYTE),
  });
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.closest?.("form")?.querySelector("progress[data-upload]");
  if (!bar || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.max = event.detail.total;
  bar.value = event.detail.loaded;
  const percent = Math.round((event.detail.loaded / event.detail.total) * 100);
  if (percent % 25 === 0) announce(`${percent}%`);
});
})();
(() => {
"use strict";
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
})();

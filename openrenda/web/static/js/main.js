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

// Keeps a page of a vote up to date: by server-sent events, and where those do not get through by asking every few seconds.
const box = document.querySelector("[data-live]");
const ASK_MS = 2500;
const SLOWEST_MS = 20000;
const LONGEST_SPREAD_MS = 1500;
const english = document.documentElement.lang.startsWith("en");

function part(name) {
  return box.querySelector(`[data-live-${name}]`);
}

function put(name, text) {
  const found = part(name);
  if (found && found.textContent !== String(text)) found.textContent = text;
}

function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// The result goes in as text: nothing of it is read as markup. The numbers in full stand on the page of the box.
function show(result) {
  const holder = part("result");
  const rows = result.rows.map((row) => `${row.label}：${row.marks.map((mark) => `${mark.words} ${mark.count}`).join(" · ")} — ${row.result}`);
  const sentence = element("p");
  sentence.append(element("strong", result.sentence));
  const list = element("ul", "", { class: "plain-list" });
  list.append(...rows.map((row) => element("li", row)));
  holder.replaceChildren(sentence, ...(rows.length > 1 ? [list] : []));
}

function take(told) {
  if (told.version === box.dataset.version) return;
  const began = told.ballot !== box.dataset.ballot || (told.state !== box.dataset.state && told.state !== "closed");
  box.dataset.version = told.version;
  if (began) {
    // Another vote, a trial that ended: the page itself is another one. Not all three thousand in the same instant.
    setTimeout(() => location.reload(), Math.random() * LONGEST_SPREAD_MS);
    return;
  }
  box.dataset.state = told.state;
  put("cast", told.cast ?? 0);
  put("taken", told.taken ?? 0);
  put("roll", told.on_roll ?? 0);
  const bar = part("bar");
  if (bar) bar.value = told.cast ?? 0;
  if (told.state === "closed") {
    part("open").hidden = true;
    for (const words of document.querySelectorAll("[data-while-open]")) words.hidden = true;
    show(told.result[english ? "en" : "zh-hans"]);
    document.dispatchEvent(new CustomEvent("vote-closed"));
  }
}

let pause = ASK_MS;
let asking = null;

async function ask() {
  try {
    const answer = await fetch(box.dataset.live, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    take(await answer.json());
    pause = ASK_MS;
    part("lost").hidden = true;
  } catch {
    pause = Math.min(pause * 2, SLOWEST_MS);
    part("lost").hidden = false;
  }
  if (asking !== null && box.dataset.state !== "closed") asking = setTimeout(ask, pause);
}

function startAsking() {
  if (asking === null) asking = setTimeout(ask, 0);
}

function listen() {
  const source = new EventSource(box.dataset.events);
  source.onmessage = (message) => {
    clearTimeout(asking);
    asking = null;
    part("lost").hidden = true;
    take(JSON.parse(message.data));
  };
  // The browser connects again by itself; meanwhile, and where it never gets through, the page asks.
  source.onerror = startAsking;
}

function count() {
  for (const clock of box.querySelectorAll("[data-countdown]")) {
    const left = Number(clock.dataset.countdown) - 1;
    clock.dataset.countdown = left;
    clock.textContent = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : clock.dataset.over;
  }
}

if (box) {
  if (box.dataset.events && "EventSource" in window) listen();
  else startAsking();
  // A phone that slept sees at once what it missed.
  document.addEventListener("visibilitychange", () => { if (!document.hidden && box.dataset.state !== "closed") ask(); });
  setInterval(count, 1000);
}

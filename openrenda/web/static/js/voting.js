// A secret ballot on the voter's device. Taking it is done signed in; casting it without a name, to another address, with no cookie.
// RFC 9474 (RSABSSA-SHA384-PSS-Deterministic) by @cloudflare/blindrsa-ts, everything else by the browser's own WebCrypto. docs/ballots.md says why.
import { BlindRSA, PrepareType } from "../vendor/blindrsa-ts-0.4.4/blindrsa.js";

const booth = document.querySelector("[data-booth]");
const SUITE = { name: "RSABSSA-SHA384-PSS-Deterministic", hash: "SHA-384", saltLength: 48, prepareType: PrepareType.Deterministic, supportsRSARAW: false };
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15000;
const GROUP = 4;
const TRACKER_CHARACTERS = 12;

const place = (name) => booth.querySelector(`[data-booth-${name}]`);
const word = (name) => booth.dataset[`words${name}`];
const sleep = (ms) => new Promise((done) => { setTimeout(done, ms); });

// What is kept on the device until the box has acknowledged the ballot: the key, what was blinded, the signature, the sealed paper.
const shelf = {
  name: `ballot:${booth.dataset.ballot}`,
  read() { try { return JSON.parse(localStorage.getItem(this.name)) || {}; } catch { return {}; } },
  write(value) { localStorage.setItem(this.name, JSON.stringify(value)); },
};

const to64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const from64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

function say(text) {
  const said = place("said");
  said.textContent = text;
  said.hidden = !text;
}

function step(name) {
  for (const other of ["take", "paper", "sure", "done"]) place(other).hidden = other !== name;
  if (name === "sure" || name === "done") place(name).focus();
}

function authority() {
  return crypto.subtle.importKey("spki", from64(booth.dataset.authority), { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);
}

async function prepare() {
  const kept = shelf.read();
  if (kept.blinded) return kept;
  const pair = await crypto.subtle.generateKey(CURVE, true, ["sign"]);
  const key = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const { blindedMsg, inv } = await new BlindRSA(SUITE).blind(await authority(), key);
  const made = { key: to64(key), secret: await crypto.subtle.exportKey("jwk", pair.privateKey), blinded: to64(blindedMsg), inverse: to64(inv) };
  // Kept before it is sent: an answer that is lost can be asked for again, with the same request only.
  shelf.write(made);
  return made;
}

async function post(url, body, options) {
  const answer = await fetch(url, { method: "POST", body: JSON.stringify(body), ...options });
  const data = await answer.json().catch(() => null);
  if (answer.ok && data) return { data };
  if (data && data.sentence) return { refused: data };
  if (answer.redirected || [401, 403, 404].includes(answer.status)) return { refused: { code: "signed_out", sentence: word("SignedOut") } };
  throw new Error(String(answer.status));
}

// Until the server has answered, one way or the other: a phone may sleep, reload or change its network meanwhile.
async function insist(send) {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await send();
    } catch {
      say(word("Retry"));
      await sleep(pause);
    }
  }
}

async function take() {
  const kept = await prepare();
  const headers = { "Content-Type": "application/json", "X-CSRFToken": booth.querySelector("[name=csrfmiddlewaretoken]").value };
  const { data, refused } = await insist(() => post(booth.dataset.take, { blinded: kept.blinded }, { headers }));
  if (refused) { say(refused.sentence); return; }
  const suite = new BlindRSA(SUITE);
  const signature = await suite.finalize(await authority(), from64(kept.key), from64(data.signature), from64(kept.inverse));
  shelf.write({ ...kept, signature: to64(signature) });
  say(word("Taken"));
  step("paper");
}

function rows() {
  return [...new Set([...place("paper").querySelectorAll("[name^=row_]")].map((input) => input.name))];
}

// The marks in the one form in which every paper is written; null where a row is still without one.
function filled() {
  const form = place("paper");
  const marks = rows().map((name) => {
    const tick = form.querySelector(`input[type=checkbox][name=${name}]`);
    if (tick) return tick.checked ? tick.dataset.mark : "";
    return form.querySelector(`input[name=${name}]:checked`)?.value ?? null;
  });
  const lines = form.elements.write_ins ? form.elements.write_ins.value.split("\n") : [];
  const names = lines.map((line) => line.normalize("NFC").replace(/\p{C}/gu, "").trim().replace(/\s+/g, " ")).filter(Boolean);
  return { marks, write_ins: [...new Set(names)] };
}

function label(name) {
  const input = place("paper").querySelector(`[name=${name}]`);
  return (input.closest("fieldset")?.querySelector("legend") || input.closest("label")).textContent.trim();
}

function marked(name) {
  const input = place("paper").querySelector(`[name=${name}]:checked`);
  if (!input) return word("Nothing");
  return input.type === "checkbox" ? "✓" : input.closest("label").textContent.trim();
}

function review(event) {
  event.preventDefault();
  const paper = filled();
  const chosen = paper.marks.filter((mark) => mark === "approve" || mark === "chosen").length + paper.write_ins.length;
  const places = Number(booth.dataset.places);
  if (paper.marks.includes(null)) { say(word("Missing")); return; }
  if (places && chosen > places) { say(word("TooMany").replace("{places}", places).replace("{chosen}", chosen)); return; }
  say("");
  const list = rows().flatMap((name) => [["dt", label(name)], ["dd", marked(name)]]);
  for (const name of paper.write_ins) list.push(["dt", label("write_ins")], ["dd", name]);
  place("chosen").replaceChildren(...list.map(([tag, text]) => Object.assign(document.createElement(tag), { textContent: text })));
  step("sure");
}

async function seal() {
  const kept = shelf.read();
  const paper = JSON.stringify(filled());
  const secret = await crypto.subtle.importKey("jwk", kept.secret, CURVE, false, ["sign"]);
  const text = new TextEncoder().encode(`${booth.dataset.ballot}\n${paper}`);
  const sealed = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, secret, text);
  shelf.write({ ...kept, sent: { key: kept.key, signature: kept.signature, seal: to64(sealed), paper } });
}

async function send() {
  const kept = shelf.read();
  say(word("Sending"));
  // No cookie, no referrer: the server learns that somebody who took a ballot casts this one, and not who.
  const options = { credentials: "omit", referrerPolicy: "no-referrer", headers: { "Content-Type": "text/plain" } };
  const { refused } = await insist(() => post(booth.dataset.cast, kept.sent, options));
  if (refused) {
    say(refused.sentence);
    const { sent, ...unsent } = kept;
    if (refused.code === "too_many_marks") { shelf.write(unsent); step("paper"); }
    return;
  }
  say("");
  const mine = await tracker(kept.key);
  shelf.write({ tracker: mine });
  done(mine);
}

function done(tracker) {
  place("tracker").textContent = tracker;
  step("done");
}

// The number is worked out here as well: the server cannot give two voters the same one.
async function tracker(key) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", from64(key)));
  const bits = [...hash].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const text = Array.from({ length: TRACKER_CHARACTERS }, (_, at) => letters[parseInt(bits.slice(at * 5, at * 5 + 5), 2)]).join("");
  return text.match(new RegExp(`.{${GROUP}}`, "g")).join("-");
}

async function cast() {
  for (const button of place("sure").querySelectorAll("button")) button.disabled = true;
  await seal();
  await send();
  for (const button of place("sure").querySelectorAll("button")) button.disabled = false;
}

// Nothing can be cast any more; the tracker stays.
function over() {
  for (const name of ["take", "paper", "sure", "how"]) place(name).hidden = true;
}

async function begin() {
  document.addEventListener("vote-closed", over);
  if (!window.isSecureContext) { say(word("Unsafe")); return; }
  if (!globalThis.crypto?.subtle) { say(word("Old")); return; }
  try { shelf.write(shelf.read()); } catch { say(word("Old")); return; }
  place("take").querySelector("button").addEventListener("click", async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    try { await take(); } catch { say(word("Old")); }
    button.disabled = false;
  });
  place("paper").addEventListener("submit", review);
  place("back").addEventListener("click", () => step("paper"));
  place("cast").addEventListener("click", cast);
  place("forget").addEventListener("click", () => { shelf.write({ tracker: "—" }); done("—"); });
  const kept = shelf.read();
  if (kept.tracker) done(kept.tracker);
  else if (kept.sent) { step("sure"); place("sure").hidden = true; await send(); }
  else if (kept.signature) step("paper");
  else step("take");
}

begin();

/* Saying something on a telephone of any age: written for browsers of 2016, and the form works without it.
   Keeps what is written when the network fails and sends it later, never twice: the key is made once and goes with every try. */
(function () {
  "use strict";
  var form = document.getElementById("say");
  var store = null;
  try { store = window.localStorage; store.getItem("x"); } catch (ignored) { store = null; }

  var arrived = document.querySelector("[data-sent]");
  if (arrived && store) { store.removeItem("say:" + arrived.getAttribute("data-sent")); }
  if (!form || !window.FormData || !window.XMLHttpRequest) { return; }

  var name = "say:" + form.getAttribute("data-draft");
  var status = document.getElementById("say-status");
  var send = document.getElementById("say-send");
  var problems = document.getElementById("say-problems");
  var fields = ["text", "place"].filter(function (key) { return form.elements[key]; });
  var loaded = new Date().getTime(), FRESH = 5 * 3600 * 1000;
  var busy = false, waiting = false, recorded = null, join = "", timer = 0;

  function field(key) { return form.elements[key]; }
  function value(key) { return field(key) ? field(key).value : ""; }
  function tell(what) { status.textContent = what ? status.getAttribute("data-" + what) : ""; }

  /* The draft */
  function kept() {
    try { return JSON.parse(store && store.getItem(name) || "null"); } catch (ignored) { return null; }
  }
  function keep(pending) {
    if (!store) { return; }
    var draft = { key: field("key").value, pending: !!pending, code: value("code"), station: value("station") };
    for (var i = 0; i < fields.length; i += 1) { draft[fields[i]] = field(fields[i]).value; }
    try {
      if (pending || draft.text || draft.place) { store.setItem(name, JSON.stringify(draft)); } else { store.removeItem(name); }
    } catch (ignored) { /* no room: the page itself still holds it */ }
  }
  function restore() {
    var draft = kept();
    if (!draft || !form.getAttribute("data-fresh")) { return; }
    field("key").value = draft.key;
    for (var i = 0; i < fields.length; i += 1) { field(fields[i]).value = draft[fields[i]] || ""; }
    if (draft.code && field("code") && !value("code")) { field("code").value = draft.code; }
    if (draft.station && field("station") && !value("station")) { field("station").value = draft.station; }
    tell("restored");
    if (draft.pending) { waiting = true; again(); }
  }
  form.addEventListener("input", function () { keep(waiting); });

  /* The proof: SHA-256 by hand, because old browsers and plain HTTP have none */
  var K = [], H = [];
  (function () {
    var n = 2, found = 0, i, composite = {};
    for (; found < 64; n += 1) {
      if (composite[n]) { continue; }
      for (i = n * n; i < 320; i += n) { composite[i] = true; }
      if (found < 8) { H[found] = (Math.pow(n, 0.5) % 1 * 4294967296) | 0; }
      K[found] = (Math.pow(n, 1 / 3) % 1 * 4294967296) | 0;
      found += 1;
    }
  }());
  function first(text) {
    var words = [], hash = H.slice(0), bits = text.length * 8, i, j, w, a, b, s0, s1, ch, ma, t1, t2, last = ((text.length + 8) >> 6 << 4) + 16;
    for (i = 0; i < last; i += 1) { words[i] = 0; }
    for (i = 0; i < text.length; i += 1) { words[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8); }
    words[text.length >> 2] |= 0x80 << (24 - (text.length % 4) * 8);
    words[last - 1] = bits;
    for (j = 0; j < last; j += 16) {
      w = words.slice(j, j + 16);
      a = hash.slice(0);
      for (i = 0; i < 64; i += 1) {
        if (i >= 16) {
          s0 = w[i - 15]; s1 = w[i - 2];
          w[i] = (w[i - 16] + ((s0 >>> 7 | s0 << 25) ^ (s0 >>> 18 | s0 << 14) ^ (s0 >>> 3)) + w[i - 7] + ((s1 >>> 17 | s1 << 15) ^ (s1 >>> 19 | s1 << 13) ^ (s1 >>> 10))) | 0;
        }
        b = a[4];
        ch = (b & a[5]) ^ (~b & a[6]);
        t1 = (a[7] + ((b >>> 6 | b << 26) ^ (b >>> 11 | b << 21) ^ (b >>> 25 | b << 7)) + ch + K[i] + w[i]) | 0;
        ma = (a[0] & a[1]) ^ (a[0] & a[2]) ^ (a[1] & a[2]);
        t2 = (((a[0] >>> 2 | a[0] << 30) ^ (a[0] >>> 13 | a[0] << 19) ^ (a[0] >>> 22 | a[0] << 10)) + ma) | 0;
        a = [(t1 + t2) | 0, a[0], a[1], a[2], (a[3] + t1) | 0, a[4], a[5], a[6]];
      }
      for (i = 0; i < 8; i += 1) { hash[i] = (hash[i] + a[i]) | 0; }
    }
    return hash[0] >>> 0;
  }
  var at = 0;
  function work() {
    var asked = field("challenge").value, until = at + 400;
    if (field("proof").value) { return; }
    for (; at < until; at += 1) {
      if (first(asked + ":" + at) >>> 19 === 0) { field("proof").value = String(at); if (waiting) { post(); } return; }
    }
    window.setTimeout(work, 0);
  }
  function renew(then) {
    var request = new XMLHttpRequest();
    request.open("GET", form.getAttribute("data-challenge-url"));
    request.onload = function () {
      try { field("challenge").value = JSON.parse(request.responseText).challenge; } catch (ignored) { return; }
      field("proof").value = ""; at = 0; then();
    };
    request.onerror = later;
    request.send();
  }

  /* Sending */
  function later() { busy = false; tell("offline"); keep(true); waiting = true; again(); }
  function again() { window.clearTimeout(timer); timer = window.setTimeout(function () { if (waiting) { post(); } }, 8000); }
  window.addEventListener("online", function () { if (waiting) { window.setTimeout(post, 300); } });
  function post() {
    var request, sent;
    if (busy) { return; }
    if (new Date().getTime() - loaded > FRESH) { waiting = true; loaded = new Date().getTime(); renew(post); return; }
    if (!field("proof").value) { waiting = true; tell("working"); work(); return; }
    busy = true; waiting = true; keep(true); tell("sending"); problems.textContent = "";
    sent = new FormData(form);
    if (join) { sent.append("join", join); }
    if (recorded) { sent.append("voice", recorded, "voice." + (recorded.type.indexOf("ogg") >= 0 ? "ogg" : recorded.type.indexOf("mp4") >= 0 ? "m4a" : "webm")); }
    request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-Sent-By", "script");
    request.timeout = 60000;
    request.onerror = later; request.ontimeout = later;
    request.onload = function () {
      var answer = null;
      busy = false;
      try { answer = JSON.parse(request.responseText); } catch (ignored) { answer = null; }
      if (answer && answer.next) { waiting = false; if (store) { store.removeItem(name); } window.location.href = answer.next; return; }
      if (answer) { waiting = false; keep(false); tell(""); refused(answer); return; }
      if (request.status === 403) { waiting = false; keep(false); form.setAttribute("data-fresh", ""); form.submit(); return; }
      tell("failed"); again();
    };
    request.send(sent);
  }
  function refused(answer) {
    var i, box, button, line, shown;
    for (i = 0; i < (answer.errors || []).length; i += 1) {
      line = document.createElement("p"); line.className = "has-error"; line.textContent = answer.errors[i]; problems.appendChild(line);
    }
    if (answer.errors && answer.errors.length) { problems.setAttribute("tabindex", "-1"); problems.focus(); }
    if (!answer.alike || !answer.alike.length) { return; }
    box = document.getElementById("say-alike");
    box.textContent = ""; box.hidden = false; box.className = "card stack";
    line = document.createElement("h2"); line.textContent = box.getAttribute("data-heading"); box.appendChild(line);
    for (i = 0; i < answer.alike.length; i += 1) {
      shown = document.createElement("p"); shown.textContent = answer.alike[i].title + " " + answer.alike[i].state; box.appendChild(shown);
      button = document.createElement("button"); button.type = "button"; button.className = "button"; button.textContent = box.getAttribute("data-join");
      button.setAttribute("data-matter", answer.alike[i].id);
      button.onclick = function () { join = this.getAttribute("data-matter"); post(); };
      box.appendChild(button);
    }
    line = document.createElement("p"); line.textContent = box.getAttribute("data-other"); box.appendChild(line);
    if (!field("sure")) { line = document.createElement("input"); line.type = "hidden"; line.name = "sure"; line.value = "1"; form.appendChild(line); }
    box.setAttribute("tabindex", "-1"); box.focus();
    if (box.scrollIntoView) { box.scrollIntoView(); }
  }
  form.addEventListener("submit", function (event) {
    var chosen = document.activeElement;
    event.preventDefault();
    join = chosen && chosen.name === "join" ? chosen.value : "";
    post();
  });

  /* What needs a script has its place from the start, so that nothing moves when the script is there. */
  function ready(element, able) {
    element.className = element.className.replace(" waits", "");
    if (!able) { element.hidden = true; }
  }

  /* Where */
  var where = document.getElementById("say-where"), place = document.getElementById("say-place");
  if (where) { ready(where, navigator.geolocation); }
  if (where && navigator.geolocation) {
    document.getElementById("say-locate").onclick = function () {
      place.textContent = where.getAttribute("data-asking");
      navigator.geolocation.getCurrentPosition(function (found) {
        field("latitude").value = found.coords.latitude.toFixed(6);
        field("longitude").value = found.coords.longitude.toFixed(6);
        place.textContent = where.getAttribute("data-found");
      }, function () { place.textContent = where.getAttribute("data-refused"); }, { timeout: 15000, maximumAge: 60000 });
    };
  }

  /* A voice */
  var box = document.getElementById("say-voice"), record = document.getElementById("say-record"), heard = document.getElementById("say-heard");
  var recorder = null, parts = [], limit = 0, LONGEST = 120000;
  function stopped(stream) {
    var tracks = stream.getTracks(), i, player;
    window.clearTimeout(limit);
    for (i = 0; i < tracks.length; i += 1) { tracks[i].stop(); }
    recorded = new Blob(parts, { type: recorder.mimeType || "audio/webm" });
    recorder = null;
    record.textContent = box.getAttribute("data-again");
    heard.textContent = box.getAttribute("data-kept");
    player = document.createElement("audio"); player.controls = true; player.src = window.URL.createObjectURL(recorded);
    heard.appendChild(player);
  }
  var canRecord = window.MediaRecorder && navigator.mediaDevices && navigator.mediaDevices.getUserMedia;
  if (box) { ready(box, canRecord); }
  if (box && canRecord) {
    record.onclick = function () {
      if (recorder) { recorder.stop(); return; }
      navigator.mediaDevices.getUserMedia({ audio: true }).then(function (stream) {
        parts = []; recorder = new MediaRecorder(stream);
        recorder.ondataavailable = function (event) { if (event.data.size) { parts.push(event.data); } };
        recorder.onstop = function () { stopped(stream); };
        recorder.start();
        record.textContent = box.getAttribute("data-stop");
        heard.textContent = "";
        limit = window.setTimeout(function () { if (recorder) { recorder.stop(); } }, LONGEST);
      }, function () { heard.textContent = box.getAttribute("data-refused"); });
    };
  }

  restore();
  window.setTimeout(work, 200);
}());

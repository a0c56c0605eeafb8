/* The notebook of a reception away from the station: a page written without a network is kept and sent later, never twice.
   Each page has a key that goes with every try. Words and places are kept in the browser; names and telephones only while the page is open. */
(function () {
  "use strict";
  var form = document.getElementById("notebook"), told = document.getElementById("notebook-status");
  if (!form || !window.FormData || !window.XMLHttpRequest) { return; }
  var store = null;
  try { store = window.localStorage; store.getItem("x"); } catch (ignored) { store = null; }
  var name = "notebook:" + form.getAttribute("data-draft");
  var PRIVATE = /-(name|phone)$/, EACH = /^\d+-/, AGAIN = 8000;
  var queue = [], busy = false, timer = 0, passing = false, lastSaid = "";

  function fields() { return Array.prototype.filter.call(form.elements, function (one) { return one.name && one.name !== "csrfmiddlewaretoken"; }); }
  function page() {
    var data = {};
    fields().forEach(function (one) { data[one.name] = one.value; });
    return data;
  }
  function written(data) { return Object.keys(data).some(function (key) { return EACH.test(key) && data[key].trim(); }); }
  function without(data) {
    var kept = {};
    Object.keys(data).forEach(function (key) { if (!PRIVATE.test(key)) { kept[key] = data[key]; } });
    return kept;
  }
  function keep() {
    var kept = queue.map(without), now = page();
    if (!store) { return; }
    if (written(now)) { kept.push(without(now)); }
    try {
      if (kept.length) { store.setItem(name, JSON.stringify(kept)); } else { store.removeItem(name); }
    } catch (ignored) { /* no room: the page itself still holds it */ }
  }
  function fill(data) { fields().forEach(function (one) { if (one.name in data) { one.value = data[one.name]; } }); }
  function turn() {
    /* A new page: the day and place stay, the rows are empty, and it has a key of its own. */
    var bytes = new Uint8Array(16);
    window.crypto.getRandomValues(bytes);
    fields().forEach(function (one) { if (EACH.test(one.name)) { one.value = ""; } });
    form.elements.key.value = Array.prototype.map.call(bytes, function (one) { return ("0" + one.toString(16)).slice(-2); }).join("");
  }
  function say(what, lines) {
    var line = document.createElement("p"), list, item;
    if (!lines && what === lastSaid) { return; }
    lastSaid = what;
    line.textContent = told.getAttribute("data-" + what);
    told.appendChild(line);
    if (!lines || !lines.length) { return; }
    list = document.createElement("ul"); list.className = "plain-list";
    lines.forEach(function (words) { item = document.createElement("li"); item.textContent = words; list.appendChild(item); });
    told.appendChild(list);
  }
  function waiting() {
    var line = document.getElementById("notebook-waiting");
    if (!line) { line = document.createElement("p"); line.id = "notebook-waiting"; told.insertBefore(line, told.firstChild); }
    line.textContent = queue.length ? told.getAttribute("data-waiting") + " " + queue.length : "";
  }
  function later() { busy = false; window.clearTimeout(timer); timer = window.setTimeout(send, AGAIN); }

  function post(data, done, failed) {
    var request = new XMLHttpRequest(), body = new FormData();
    Object.keys(data).forEach(function (key) { body.append(key, data[key]); });
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    request.open("POST", window.location.pathname);
    request.setRequestHeader("X-Sent-By", "script");
    request.timeout = 60000;
    request.onerror = failed; request.ontimeout = failed;
    request.onload = function () {
      var answer = null;
      try { answer = JSON.parse(request.responseText); } catch (ignored) { answer = null; }
      if (answer && (answer.slips || answer.errors)) { done(answer); } else { say("signin"); failed(); }
    };
    request.send(body);
  }
  function send() {
    var first = queue[0];
    if (busy || !first) { return; }
    busy = true;
    post(first, function (answer) {
      busy = false; queue.shift();
      if (answer.slips) {
        say("sent", answer.slips.map(function (slip) { return slip.number + "  " + slip.title; }));
      } else if (written(page())) {
        queue.push(first); keep(); waiting(); later(); return;
      } else {
        fill(first); say("wrong", answer.errors);
      }
      keep(); waiting(); send();
    }, later);
  }

  form.addEventListener("input", keep);
  form.addEventListener("submit", function (event) {
    var now = page();
    if (passing) { return; }
    event.preventDefault();
    if (busy || !written(now)) { if (!busy) { passing = true; form.submit(); } return; }
    busy = true;
    post(now, function () {
      /* It is there, or something is wrong with it: the page that says so comes from the same request sent again, which changes nothing. */
      busy = false; passing = true; turnOff(); form.submit();
    }, function () {
      busy = false; queue.push(now); turn(); keep(); say("offline"); waiting(); later();
    });
  });
  function turnOff() {
    var kept = queue.map(without);
    if (!store) { return; }
    if (kept.length) { store.setItem(name, JSON.stringify(kept)); } else { store.removeItem(name); }
  }
  window.addEventListener("online", function () { window.setTimeout(send, 300); });

  (function restore() {
    var kept = null;
    try { kept = JSON.parse(store && store.getItem(name) || "null"); } catch (ignored) { kept = null; }
    if (!kept || !kept.length || !form.getAttribute("data-fresh")) { return; }
    fill(kept.pop());
    queue = kept;
    say("restored"); waiting(); send();
  }());
}());

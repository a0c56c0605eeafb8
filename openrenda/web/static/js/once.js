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

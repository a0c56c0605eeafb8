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

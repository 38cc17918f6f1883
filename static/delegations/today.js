/* Out in the town the connection comes and goes: what is typed of an item's outcome stays in the telephone until the
   server has it, and a form sent without a connection goes out once there is one. Nothing personal is typed here. */
"use strict";

(() => {
  const key = (item) => `alytus.outcome.${item}`;
  const read = (item) => {
    try {
      return JSON.parse(localStorage.getItem(key(item)));
    } catch {
      return null;
    }
  };

  /* ---- the server has it: the item was saved after this was typed ---- */
  for (const place of document.querySelectorAll("[data-outcome]")) {
    const kept = read(place.dataset.outcome);
    if (kept && Number(place.dataset.revision) > kept.revision) localStorage.removeItem(key(place.dataset.outcome));
  }

  const form = document.querySelector("form[data-kept-here]");
  if (!form) return;
  const item = form.dataset.keptHere;
  const revision = Number(form.closest("[data-outcome]").dataset.revision);
  const fields = () => [...form.elements].filter((field) => field.name && field.type !== "hidden" && !field.matches("button"));
  const note = document.querySelector("[data-offline]");
  const tell = () => {
    note.hidden = navigator.onLine;
  };

  const kept = read(item);
  if (kept) {
    for (const field of fields()) if (kept.values[field.name] !== undefined) field.value = kept.values[field.name];
    if (form.follow_title.value) form.querySelector("details").open = true;
  }
  form.addEventListener("input", () => {
    const values = Object.fromEntries(fields().map((field) => [field.name, field.value]));
    localStorage.setItem(key(item), JSON.stringify({ revision, values }));
  });

  let waiting = null;
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = event.submitter;
    tell();
  }, true);
  window.addEventListener("online", () => {
    tell();
    if (waiting) form.requestSubmit(waiting);
  });
  window.addEventListener("offline", tell);
  tell();
})();

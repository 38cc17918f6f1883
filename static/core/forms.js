/* Forms: pressed once is sent once; leaving with unsaved words asks; drafts are kept on the server.
   {% draft "key" %} in the form        keeps what is typed under this key (never inside an element with data-personal)
   data-unsaved                        asks before leaving with changes
   data-autosubmit                     sends the form when a choice changes (filters) */
"use strict";

(() => {
  /* ---- pressed once is sent once ---- */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-hx-post")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    form.dispatchEvent(new CustomEvent("form:sent", { bubbles: true }));
    const button = event.submitter;
    if (button) setTimeout(() => button.setAttribute("aria-busy", "true"), 0);
    setTimeout(() => {
      delete form.dataset.sent;
      button?.removeAttribute("aria-busy");
    }, 8000);
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
  });

  /* ---- filters ---- */
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-autosubmit]") && event.target.matches("select, [type=checkbox], [type=radio]")) form.requestSubmit();
  });

  /* ---- unsaved words ---- */
  const changed = new Set();
  const guarded = (form) => form?.matches?.("[data-unsaved], :has([data-draft])");
  document.addEventListener("input", (event) => guarded(event.target.form) && changed.add(event.target.form));
  document.addEventListener("form:sent", (event) => changed.delete(event.target));
  document.addEventListener("htmx:afterRequest", (event) => event.detail.successful && changed.delete(event.detail.elt));
  window.addEventListener("beforeunload", (event) => {
    for (const form of changed) {
      if (form.isConnected && !form.dataset.saved) event.preventDefault();
    }
  });

  /* ---- drafts ---- */
  const secret = (field) =>
    field.type === "password" || field.type === "file" || field.type === "hidden" || field.closest("[data-personal]");
  const typed = (form) => {
    const values = {};
    for (const field of form.elements) {
      if (!field.name || secret(field) || field.matches("button, fieldset, output")) continue;
      if (field.type === "radio" || field.type === "checkbox") {
        values[field.name] ??= [];
        if (field.checked) values[field.name].push(field.value);
      } else if (field.multiple) {
        values[field.name] = [...field.selectedOptions].map((option) => option.value);
      } else {
        (values[field.name] ??= []).push(field.value);
      }
    }
    return values;
  };
  const fill = (form, values) => {
    const used = {};
    for (const field of form.elements) {
      const kept = values[field.name];
      if (!Array.isArray(kept) || secret(field)) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = kept.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = kept.includes(option.value);
      else {
        used[field.name] ??= 0;
        if (used[field.name] < kept.length) field.value = kept[used[field.name]++];
      }
    }
  };
  const keep = (mark) => {
    const form = mark.closest("form");
    if (!form) return;
    const words = mark.querySelector("[data-draft-words]");
    const kept = mark.querySelector("script[type='application/json']");
    const send = (body) =>
      fetch(mark.dataset.draftUrl, {
        method: "POST",
        body: new URLSearchParams({ key: mark.dataset.draft, ...body }),
        headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value, Accept: "application/json" },
        credentials: "same-origin",
        keepalive: true,
      });
    let last = JSON.stringify(typed(form));
    if (kept) {
      fill(form, JSON.parse(kept.textContent));
      last = JSON.stringify(typed(form));
      mark.querySelector("[data-draft-drop]").addEventListener("click", async () => {
        await send({ drop: "1" });
        changed.delete(form);
        location.reload();
      });
    }
    let timer = null;
    const save = async () => {
      const now = JSON.stringify(typed(form));
      if (now === last || form.dataset.sent || !form.isConnected) return;
      try {
        const answer = await send({ values: now });
        if (answer.status === 401) document.dispatchEvent(new Event("session:ended"));
        if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error("draft");
        words.textContent = (await answer.json()).text;
        if (!answer.ok) return;
        last = now;
        form.dataset.saved = "1";
      } catch {
        words.textContent = mark.dataset.draftFailed;
      }
    };
    form.addEventListener("input", () => {
      delete form.dataset.saved;
      clearTimeout(timer);
      timer = setTimeout(save, 2500);
    });
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
  };
  const keepAll = (root) => {
    for (const mark of root.querySelectorAll("[data-draft]:not([data-kept])")) {
      mark.dataset.kept = "1";
      keep(mark);
    }
  };
  keepAll(document);
  document.addEventListener("htmx:afterSwap", () => keepAll(document));
  document.addEventListener("form:shown", (event) => keepAll(event.target)); /* a form opened in place */

  /* ---- a file past the bound is told before it travels: data-max-bytes, data-too-big ---- */
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.matches?.("input[type=file][data-max-bytes]")) return;
    const tooBig = [...field.files].filter((file) => file.size > Number(field.dataset.maxBytes));
    const words = tooBig.length ? `${field.dataset.tooBig} ${tooBig.map((file) => file.name).join(", ")}` : "";
    field.setCustomValidity(words);
    const place = field.form?.querySelector("[data-file-problem]");
    if (place) place.textContent = words;
  });

  /* ---- drop a file on a zone that holds a file field ---- */
  document.addEventListener("dragover", (event) => {
    const zone = event.target.closest?.(".drop-zone");
    if (!zone) return;
    event.preventDefault();
    zone.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => event.target.closest?.(".drop-zone")?.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    const zone = event.target.closest?.(".drop-zone");
    const field = zone?.querySelector("input[type=file]");
    if (!field) return;
    event.preventDefault();
    zone.classList.remove("over");
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();

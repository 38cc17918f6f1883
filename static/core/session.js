/* A session that ends while a page stands open loses no typed text: the log-in page never lands in a table, a dialog asks
   for the password in place, the form's token is renewed, and the person goes on. */
"use strict";

(() => {
  const dialog = document.getElementById("session-dialog");
  const loginPath = document.body.dataset.login;
  const sessionPath = document.body.dataset.session;
  if (!dialog || !loginPath || !sessionPath) return;
  const CHECK_AFTER = 30 * 1000; /* a page younger than this is believed without asking */
  let known = Date.now();
  let waiting = null; /* the form to send once logged in */

  const isLogin = (url) => {
    try {
      return new URL(url, location.href).pathname === loginPath;
    } catch {
      return false;
    }
  };
  const renewTokens = (token) => {
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    document.body.setAttribute("data-hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  };
  const ask = async () => {
    const answer = await fetch(sessionPath, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error("session");
    const session = await answer.json();
    known = Date.now();
    renewTokens(session.csrf);
    return session.alive;
  };
  const open = async (form = null) => {
    waiting = form;
    try {
      await ask(); /* the anonymous token, so that the log-in form itself is accepted */
    } catch {
      /* the server is away: the dialog still keeps the page as it is */
    }
    if (!dialog.open) dialog.showModal();
    dialog.querySelector(dialog.querySelector("[name=username]").value ? "[name=password]" : "[name=username]").focus();
  };

  document.addEventListener("session:ended", () => dialog.open || open());
  document.addEventListener("htmx:beforeSwap", (event) => {
    const answer = event.detail.xhr;
    if (answer.status !== 401 && !isLogin(answer.responseURL)) return;
    event.detail.shouldSwap = false;
    event.detail.isError = false;
    open();
  });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const redirect = event.detail.xhr.getResponseHeader("HX-Redirect");
    if (!redirect || !isLogin(redirect)) return;
    event.preventDefault();
    open();
  });

  dialog.querySelector("[data-session-form]").addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const form = event.target;
    const error = document.getElementById("session-error");
    error.hidden = true;
    try {
      await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      if (!(await ask())) throw new Error("refused");
    } catch {
      error.hidden = false;
      form.querySelector("[name=password]").select();
      return;
    }
    form.querySelector("[name=password]").value = "";
    dialog.close();
    const next = waiting;
    waiting = null;
    if (next) next.form.requestSubmit(next.submitter ?? undefined);
    else window.alytus?.say(document.getElementById("session-back").content.textContent.trim());
  });

  /* A whole form: ask first when the page is old, so that a POST never meets the log-in page. */
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      const posts = form.method === "post" && !form.matches("[data-session-form]") && !event.defaultPrevented;
      if (!posts || form.hasAttribute("data-hx-post") || Date.now() - known < CHECK_AFTER) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const submitter = event.submitter;
      try {
        if (await ask()) form.requestSubmit(submitter ?? undefined);
        else await open({ form, submitter });
      } catch {
        known = Date.now();
        form.requestSubmit(submitter ?? undefined);
      }
    },
    true,
  );
})();

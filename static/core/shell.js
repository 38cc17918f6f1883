/* The shell: menus that close, questions that become dialogs, toasts, the search box and the rail on a phone.
   Every part works without this file too: menus and questions are <details>, toasts stay notes, search is a page. */
"use strict";

(() => {
  const closest = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

  /* ---- menus: one open at a time; Esc and a press elsewhere close; arrows walk ---- */
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu-box[open]")) if (menu !== except) menu.open = false;
  };
  document.addEventListener("click", (event) => closeMenus(closest(event, "details.menu-box")));
  document.addEventListener("keydown", (event) => {
    const menu = closest(event, "details.menu-box");
    if (!menu) return;
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    menu.open = true;
    const lines = [...menu.querySelectorAll(".menu a, .menu button")].filter((line) => line.offsetParent);
    const at = lines.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    lines.at(at < 0 ? -1 : at % lines.length)?.focus();
  });

  /* ---- tabs that scroll sideways on a phone begin with the open one in sight ---- */
  for (const here of document.querySelectorAll(".tabs [aria-current]")) {
    const [box, row] = [here.getBoundingClientRect(), here.closest(".tabs")];
    row.scrollLeft += box.left + box.width / 2 - row.getBoundingClientRect().left - row.clientWidth / 2;
  }

  /* ---- questions: <details class="ask"> opens as a modal dialog; the harmless button has the focus ---- */
  const openAsk = (ask) => {
    const card = ask.querySelector(":scope > .dialog");
    if (!card) return;
    const dialog = document.createElement("dialog");
    const title = card.querySelector("h2");
    if (title) {
      title.id ||= `ask-${Math.random().toString(36).slice(2)}`;
      dialog.setAttribute("aria-labelledby", title.id);
    }
    dialog.append(card);
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      ask.append(card);
      dialog.remove();
      ask.querySelector("summary").focus();
    });
    dialog.showModal();
    (card.querySelector(".err ~ input, [autofocus], [data-close]") || dialog).focus();
  };
  document.addEventListener("click", (event) => {
    const summary = closest(event, "details[data-ask] > summary");
    if (summary) {
      event.preventDefault();
      closeMenus();
      if (summary.getAttribute("aria-disabled") !== "true") openAsk(summary.parentElement);
      return;
    }
    const opener = closest(event, "[data-dialog]");
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.dialog)?.showModal();
      return;
    }
    if (closest(event, "[data-close]")) {
      const dialog = closest(event, "dialog");
      const ask = closest(event, "details.ask");
      if (dialog) dialog.close();
      else if (ask) ask.open = false;
    } else if (event.target instanceof HTMLDialogElement && event.target.open) {
      const box = event.target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside && event.clientX + event.clientY > 0) event.target.close();
    }
    if (closest(event, "[aria-disabled='true']")) event.preventDefault();
  });

  /* ---- toasts: 8 s, longer while hovered or focused; never the only place of an error ---- */
  const toast = (nodes) => {
    const place = document.getElementById("toasts");
    if (!place) return;
    const plate = document.createElement("div");
    plate.className = "toast-ry";
    plate.append(...nodes);
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "shut";
    shut.setAttribute("aria-label", place.dataset.close);
    shut.textContent = "×";
    shut.addEventListener("click", () => plate.remove());
    plate.append(shut);
    place.append(plate);
    let left = 8;
    const tick = setInterval(() => {
      if (plate.matches(":hover, :focus-within")) return;
      if (--left > 0 && plate.isConnected) return;
      clearInterval(tick);
      plate.remove();
    }, 1000);
  };
  const say = (text) => {
    const place = document.getElementById("toasts");
    const words = document.createElement("p");
    words.className = "grow";
    words.textContent = text;
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    icon.setAttribute("class", "i i-20");
    icon.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `${place?.dataset.icon}#circle-check`);
    icon.append(use);
    toast([icon, words]);
  };
  const lift = (root) => {
    if (!document.getElementById("toasts")) return;
    for (const note of root.querySelectorAll("[data-toast]")) {
      toast([...note.children]);
      const holder = note.parentElement;
      note.remove();
      if (holder?.classList.contains("messages") && !holder.children.length) holder.remove();
    }
  };
  window.alytus = { say };
  document.addEventListener("say", (event) => say(event.detail.value ?? event.detail)); /* HX-Trigger: {"say": "…"} */

  /* ---- the search box: Ctrl+K or the field in the bar; arrows, Enter, Esc ---- */
  const search = document.getElementById("search-dialog");
  const openSearch = () => {
    if (!search || search.open) return;
    closeMenus();
    search.showModal();
    search.querySelector("input[role=combobox]").select();
  };
  if (search) {
    const input = search.querySelector("input[role=combobox]");
    const results = document.getElementById("search-results");
    const options = () => [...results.querySelectorAll("[role=option], a")].filter((line) => line.offsetParent);
    const choose = (line) => {
      for (const other of options()) other.setAttribute("aria-selected", String(other === line));
      if (!line) return input.removeAttribute("aria-activedescendant");
      line.id ||= `found-${options().indexOf(line)}`;
      input.setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
    };
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        openSearch();
      }
    });
    document.addEventListener("click", (event) => {
      if (!closest(event, "[data-search]")) return;
      event.preventDefault();
      openSearch();
    });
    input.addEventListener("keydown", (event) => {
      const lines = options();
      const at = lines.findIndex((line) => line.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const next = at + (event.key === "ArrowDown" ? 1 : -1);
        choose(lines.at(next < 0 ? -1 : next % lines.length));
      } else if (event.key === "Enter" && at >= 0) {
        event.preventDefault();
        (lines[at].matches("a") ? lines[at] : lines[at].querySelector("a"))?.click();
      }
    });
    results.addEventListener("htmx:afterSwap", () => input.setAttribute("aria-expanded", String(options().length > 0)));
  }

  /* ---- the rail on a phone: a drawer; without this file :target opens it ---- */
  const rail = document.getElementById("meniu");
  const opener = document.querySelector("[data-rail]");
  if (rail && opener) {
    const shut = () => {
      rail.classList.remove("open");
      opener.setAttribute("aria-expanded", "false");
      opener.focus();
    };
    opener.setAttribute("role", "button");
    opener.setAttribute("aria-expanded", "false");
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      rail.classList.add("open");
      opener.setAttribute("aria-expanded", "true");
      rail.querySelector("a").focus();
    });
    rail.querySelector(".rail-shut").addEventListener("click", (event) => {
      event.preventDefault();
      shut();
    });
    document.addEventListener("keydown", (event) => event.key === "Escape" && rail.classList.contains("open") && shut());
    document.addEventListener("click", (event) => {
      if (rail.classList.contains("open") && !closest(event, ".rail, [data-rail]")) shut();
    });
  }

  /* ---- once the page stands, and after each part that arrives ---- */
  const settle = (root) => {
    lift(root);
    root.querySelector(".err-summary")?.focus();
  };
  settle(document);
  document.addEventListener("htmx:afterSwap", (event) => settle(event.detail.target?.parentElement ?? document));
})();

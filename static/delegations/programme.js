/* The builder: forms opened in place, items moved by dragging or Alt with an arrow. Each move is a POST of the same
   form the page has without this file; nothing is kept here. */
"use strict";

(() => {
  const QUARTER = 12; /* px of a quarter-hour row, as --q in the style */
  const board = document.querySelector("[data-board]");

  /* ---- a form in place: the part of its own page, in a dialog ---- */
  const dialog = document.createElement("dialog");
  dialog.className = "item-dialog";
  dialog.setAttribute("aria-labelledby", "item-title");
  document.body.append(dialog);
  const openInPlace = async (href) => {
    const answer = await fetch(href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return location.assign(href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = page.querySelector("[data-form-part]");
    if (!part) return location.assign(href);
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "icon-btn shut";
    shut.setAttribute("aria-label", document.querySelector("#search-dialog [data-close]")?.getAttribute("aria-label") ?? "×");
    shut.textContent = "×";
    shut.addEventListener("click", () => dialog.close());
    dialog.replaceChildren(shut, document.importNode(part, true));
    dialog.showModal();
    window.htmx?.process(dialog);
    dialog.dispatchEvent(new CustomEvent("form:shown", { bubbles: true }));
    dialog.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-in-place]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || matchMedia("(max-width: 899px)").matches) return;
    event.preventDefault();
    if (!moved) openInPlace(link.href);
  });

  /* ---- the item one comes back to has the focus, so that Alt and an arrow go on and a reader hears where it stands ---- */
  const returned = /^#item-(\d+)$/.exec(location.hash);
  const goBack = () => {
    const shown = [...document.querySelectorAll(`a[href$="/punktai/${returned[1]}/"]`)].find((link) => link.offsetParent);
    shown?.focus({ preventScroll: true });
    shown?.scrollIntoView({ block: "nearest" });
  };
  window.addEventListener("pageshow", (event) => {
    if (!returned || event.persisted) return;
    /* The browser reaches the fragment in a frame after this and takes the focus away in the next. */
    requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(goBack)));
  });

  /* ---- moving ---- */
  let moved = false;
  if (!board) return;
  const firstHour = Number(board.dataset.firstHour);
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? JSON.parse(document.body.getAttribute("data-hx-headers"))["X-CSRFToken"];
  const days = () => [...board.querySelectorAll(".tt-day")];
  const startOf = (item) => Number([...item.classList].find((name) => /^s-\d+$/.test(name)).slice(2));
  const minutesOf = (item) => {
    const [hour, minute] = item.dataset.starts.split(":").map(Number);
    return hour * 60 + minute;
  };
  const minutesAt = (quarter) => firstHour * 60 + quarter * 15;
  const clock = (minutes) => `${Math.floor(minutes / 60)}.${String(minutes % 60).padStart(2, "0")}`;
  let sent = false;
  const send = (item, day, minutes) => {
    if (sent) return;
    sent = true;
    const form = document.createElement("form");
    form.method = "post";
    form.action = item.dataset.move;
    const values = { csrfmiddlewaretoken: token(), on: day.dataset.day, starts: clock(minutes), revision: item.dataset.revision };
    for (const [name, value] of Object.entries(values)) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  };

  document.addEventListener("keydown", (event) => {
    const item = event.altKey && event.target.closest?.(".it[data-item]");
    const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (!item || !step) return;
    event.preventDefault();
    if ("fixed" in item.dataset) return window.alytus?.say(board.dataset.fixed);
    const day = days()[days().indexOf(item.closest(".tt-day")) + step[0]];
    const minutes = minutesOf(item) + step[1] * 15;
    if (day && minutes >= 0 && minutes < 24 * 60) send(item, day, minutes);
    else window.alytus?.say(board.dataset.edge);
  });

  let drag = null;
  board.addEventListener("pointerdown", (event) => {
    const item = event.target.closest(".it[data-item]");
    if (!item || "fixed" in item.dataset || event.button !== 0 || event.target.closest(".pin")) return;
    if (matchMedia("(max-width: 899px)").matches) return;
    moved = false;
    drag = {
      item,
      x: event.clientX,
      y: event.clientY,
      grip: event.clientY - item.getBoundingClientRect().top,
      from: { day: item.parentElement, next: item.nextElementSibling, start: startOf(item), words: [...item.querySelector(".m").childNodes] },
    };
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!moved && Math.hypot(dx, dy) < 6) return;
    moved = true;
    drag.item.classList.add("moving");
    const here = days().find((day) => {
      const box = day.getBoundingClientRect();
      return event.clientX >= box.left && event.clientX < box.right;
    });
    for (const day of days()) day.classList.toggle("aim", day === here);
    if (!here) return;
    const last = Number([...here.closest(".tt").classList].find((name) => name.startsWith("rows-")).slice(5)) - Number(drag.item.dataset.rows);
    const quarter = Math.max(0, Math.min(last, Math.round((event.clientY - drag.grip - here.getBoundingClientRect().top) / QUARTER)));
    drag.to = { day: here, quarter };
    drag.item.className = drag.item.className.replace(/\bs-\d+\b/, `s-${quarter}`);
    if (drag.item.parentElement !== here) here.append(drag.item);
    drag.item.querySelector(".m").textContent = `${board.dataset.moved} ${clock(minutesAt(quarter))}`;
  });
  const putBack = ({ item, from }) => {
    item.className = item.className.replace(/\bs-\d+\b/, `s-${from.start}`);
    from.day.insertBefore(item, from.next);
    item.querySelector(".m").replaceChildren(...from.words);
  };
  const letGo = (isMeant) => {
    if (!drag) return;
    const held = drag;
    drag = null;
    held.item.classList.remove("moving");
    for (const day of days()) day.classList.remove("aim");
    setTimeout(() => { moved = false; }, 0);
    if (!held.to) return;
    const isSameHour = held.to.quarter === held.from.start;
    if (!isMeant || (isSameHour && held.to.day === held.from.day)) return putBack(held);
    send(held.item, held.to.day, isSameHour ? minutesOf(held.item) : minutesAt(held.to.quarter));
  };
  document.addEventListener("pointerup", () => letGo(true));
  document.addEventListener("pointercancel", () => letGo(false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && letGo(false));
  document.addEventListener("dragstart", (event) => event.target.closest?.(".it") && event.preventDefault());

  /* ---- a press on an empty place of a day opens the form at that hour ---- */
  board.addEventListener("dblclick", (event) => {
    const day = event.target.closest(".tt-day[data-add]");
    if (!day || event.target.closest(".it")) return;
    const quarter = Math.floor((event.clientY - day.getBoundingClientRect().top) / QUARTER / 2) * 2;
    openInPlace(`${day.dataset.add}?diena=${day.dataset.day}&nuo=${clock(minutesAt(Math.max(0, quarter)))}`);
  });
})();

/** Seconds between two looks. */
const REFRESH_EVERY = 5;

/**
 * The script of the status page: it asks for the sections again every few seconds and puts those that
 * have changed in the place of the old ones. It is plain JavaScript in a string, since it runs in the
 * reader's browser and not here.
 */
export const STATUS_SCRIPT = `"use strict";
(() => {
  const lost = document.getElementById("lost");
  const shown = new Map();
  let since = new Date();
  let timer = 0;

  function put(id, markup) {
    const place = document.getElementById(id);
    const selection = getSelection();
    const isRead = !selection.isCollapsed && place.contains(selection.anchorNode);
    if (shown.get(id) === markup || isRead) return;
    shown.set(id, markup);
    const before = [...place.querySelectorAll(".scroll")];
    const lefts = before.map((each) => each.scrollLeft);
    const focused = before.indexOf(document.activeElement);
    place.innerHTML = markup;
    [...place.querySelectorAll(".scroll")].forEach((each, at) => {
      each.scrollLeft = lefts[at] ?? 0;
      if (at === focused) each.focus({ preventScroll: true });
    });
  }

  async function refresh() {
    clearTimeout(timer);
    if (document.hidden) return;
    try {
      const response = await fetch("status.json?sections", { signal: AbortSignal.timeout(10000) });
      if (!response.ok) throw new Error("the server says " + response.status);
      const { sections } = await response.json();
      for (const [id, markup] of Object.entries(sections)) put(id, markup);
      since = new Date();
      lost.hidden = true;
    } catch (error) {
      lost.textContent = "Not refreshed since " + since.toLocaleTimeString() + ": " + error.message;
      lost.hidden = false;
    }
    timer = setTimeout(refresh, ${1000 * REFRESH_EVERY});
  }

  document.addEventListener("visibilitychange", refresh);
  timer = setTimeout(refresh, ${1000 * REFRESH_EVERY});
})();
`;

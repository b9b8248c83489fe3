// Single keys that open pages and move through lists, for whoever has not turned them off (WCAG 2.1.4).

const PAUSE = 1500;
const TYPING = "input, textarea, select, [contenteditable]";

function focusNext(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const place = rows.indexOf(document.activeElement);
  const next = place < 0 ? (step > 0 ? 0 : rows.length - 1) : place + step;
  rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
}

function search(pages) {
  const field = document.querySelector("[data-search]");
  if (field === null) {
    location.assign(pages.search);
  } else {
    field.focus();
    field.select();
  }
}

export function followKeys(body) {
  const pages = JSON.parse(body.dataset.shortcuts);
  let went = 0;
  const keys = {
    j: () => focusNext(1),
    k: () => focusNext(-1),
    "/": () => search(pages),
    "?": () => location.assign(pages.help),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) {
      return;
    }
    const goes = Date.now() - went < PAUSE;
    went = event.key === "g" ? Date.now() : 0;
    const act = goes && event.key in pages.go ? () => location.assign(pages.go[event.key]) : keys[event.key];
    if (act !== undefined) {
      event.preventDefault();
      act();
    }
  });
}

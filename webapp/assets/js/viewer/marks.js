// Says on each element what stands there: a colour, a line of its own and a badge.

const PLACES = {
  count: { position: { top: -12, right: 12 }, scale: { min: 0.8, max: 1.2 } },
  late: { position: { top: -12, left: -8 }, show: { minZoom: 0.45 }, scale: { min: 0.8, max: 1.2 } },
  stopped: { position: { top: -36, left: -8 }, show: { minZoom: 0.45 }, scale: { min: 0.8, max: 1.2 } },
};

function badge(kind, look, text) {
  const element = document.createElement("div");
  element.className = `viewer__badge viewer__badge--${kind} viewer__badge--on-${look || "none"}`;
  element.textContent = text;
  return element;
}

export function mark(viewer, marks) {
  const [canvas, overlays, elements] = ["canvas", "overlays", "elementRegistry"].map((name) => viewer.get(name));
  for (const [id, one] of Object.entries(marks)) {
    // An instance may have been where the newest diagram has nothing any more.
    if (elements.get(id) === undefined) {
      continue;
    }
    if (one.look) {
      canvas.addMarker(id, `diagram--${one.look}`);
    }
    for (const [kind, text] of one.badges) {
      overlays.add(id, { ...PLACES[kind], html: badge(kind, one.look, text) });
    }
  }
}

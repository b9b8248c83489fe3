// How a diagram opens: whole where it can be read so, else as large as it can be read, at what is marked first.

const LOGO = 45;
const MARGIN = 15;
const READABLE = 0.75;
const TALLEST = 0.7;
const SHORTEST = 260;

// Without what the page only passed by.
const STANDING = ["waiting", "overdue", "stopped"];

export function heightFor(canvas, box) {
  const scale = Math.max(canvas.clientWidth / box.width, READABLE);
  return Math.min(Math.max(scale * box.height + LOGO, SHORTEST), window.innerHeight * TALLEST);
}

// Shows all of the diagram above the mark of bpmn.io, which nothing may cover and which should cover nothing.
export function fit(canvas) {
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(outer.width / inner.width, (outer.height - LOGO) / inner.height);
  canvas.viewbox({
    x: inner.x - MARGIN,
    y: inner.y - MARGIN,
    width: inner.width + 2 * MARGIN,
    height: inner.height + 2 * MARGIN + LOGO / scale,
  });
}

function firstMarked(elements, marks) {
  const there = (looks) =>
    Object.keys(marks)
      .filter((id) => elements.get(id) !== undefined && looks(marks[id].look))
      .map((id) => elements.get(id))
      .sort((one, other) => one.x - other.x)[0];
  return there((look) => STANDING.includes(look)) ?? there(() => true);
}

function within(wanted, from, length, shown) {
  return Math.max(from - MARGIN, Math.min(wanted - shown / 2, from + length + MARGIN - shown));
}

export function open(viewer, marks) {
  const canvas = viewer.get("canvas");
  fit(canvas);
  if (canvas.zoom() >= READABLE) {
    return;
  }
  const { inner, outer } = canvas.viewbox();
  const [width, height] = [outer.width / READABLE, outer.height / READABLE];
  const first = firstMarked(viewer.get("elementRegistry"), marks) ?? inner;
  const [x, y] = [
    within(first.x + (first === inner ? 0 : first.width / 2), inner.x, inner.width, width),
    within(first.y + first.height / 2, inner.y, inner.height, height),
  ];
  canvas.viewbox({ x, y, width, height });
}

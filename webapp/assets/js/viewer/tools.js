// Buttons for what a mouse or two fingers would do, so that nothing needs dragging.

const STEP = 1.3;

function button(text, work) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "govuk-button govuk-button--secondary viewer__tool";
  element.textContent = text;
  element.addEventListener("click", work);
  return element;
}

export function offerTools(canvas, holder, fit) {
  const tools = document.createElement("div");
  tools.className = "viewer__tools";
  tools.append(
    button("Enlarge", () => canvas.zoom(canvas.zoom() * STEP)),
    button("Make smaller", () => canvas.zoom(canvas.zoom() / STEP)),
    button("Whole diagram", fit),
  );
  if (document.fullscreenEnabled) {
    tools.append(button("Fill the screen", () => holder.requestFullscreen()));
  }
  holder.before(tools);
  holder.addEventListener("fullscreenchange", () => {
    canvas.resized();
    fit();
  });
}

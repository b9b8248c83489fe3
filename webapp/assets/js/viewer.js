// Puts the diagram that can be moved and enlarged in the place of its picture. Phones keep the list and the picture.
import BaseViewer from "bpmn-js/lib/BaseViewer";
import CoreModule from "bpmn-js/lib/core";
import OverlaysModule from "diagram-js/lib/features/overlays";
import SelectionModule from "diagram-js/lib/features/selection";
import KeyboardMoveModule from "diagram-js/lib/navigation/keyboard-move";
import MoveCanvasModule from "diagram-js/lib/navigation/movecanvas";

import { offerElements } from "./viewer/elements.js";
import { mark } from "./viewer/marks.js";
import { fit, heightFor, open } from "./viewer/opening.js";
import { offerTools } from "./viewer/tools.js";

// Less than bpmn-js calls a viewer: no page may be heavy, and ours have no diagrams within diagrams.
const MODULES = [CoreModule, OverlaysModule, SelectionModule, KeyboardMoveModule, MoveCanvasModule];
const WIDE = "(min-width: 40.0625em)";

function canvasIn(part) {
  const canvas = document.createElement("div");
  canvas.className = "viewer__canvas";
  canvas.setAttribute("role", "group");
  canvas.setAttribute("aria-label", part.dataset.viewer);
  part.prepend(canvas);
  return canvas;
}

async function show(part) {
  const answer = await fetch(part.dataset.diagram);
  if (!answer.ok) {
    return;
  }
  const holder = canvasIn(part);
  try {
    const viewer = new BaseViewer({ container: holder, additionalModules: MODULES });
    await viewer.importXML(await answer.text());
    const canvas = viewer.get("canvas");
    holder.style.height = `${heightFor(holder, canvas.viewbox().inner)}px`;
    canvas.resized();
    const marks = JSON.parse(part.dataset.marks);
    open(viewer, marks);
    mark(viewer, marks);
    offerElements(viewer, marks, part);
    offerTools(canvas, holder, () => fit(canvas));
    part.querySelector(".diagram").hidden = true;
    part.dataset.ready = "";
  } catch (error) {
    holder.remove();
    throw error;
  }
}

if (window.matchMedia(WIDE).matches) {
  for (const part of document.querySelectorAll("[data-viewer]")) {
    show(part);
  }
}

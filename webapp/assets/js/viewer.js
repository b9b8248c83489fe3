// Puts the diagram that can be moved and enlarged in the place of its picture. Phones keep the list and the picture.
import BaseViewer from "bpmn-js/lib/BaseViewer";
import CoreModule from "bpmn-js/lib/core";
import OverlaysModule from "diagram-js/lib/features/overlays";
import SelectionModule from "diagram-js/lib/features/selection";
import KeyboardMoveModule from "diagram-js/lib/navigation/keyboard-move";
import MoveCanvasModule from "diagram-js/lib/navigation/movecanvas";

import { offerElements } from "./viewer/elements.js";
import { mark } from "./viewer/marks.js";
import { offerTools } from "./viewer/tools.js";

// Less than bpmn-js calls a viewer: no page may be heavy, and ours have no diagrams within diagrams.
const MODULES = [CoreModule, OverlaysModule, SelectionModule, KeyboardMoveModule, MoveCanvasModule];
const WIDE = "(min-width: 40.0625em)";
const TALLEST = 0.7;
const SHORTEST = 260;
const LOGO = 45;
const MARGIN = 15;

function canvasIn(part) {
  const canvas = document.createElement("div");
  canvas.className = "viewer__canvas";
  canvas.setAttribute("role", "group");
  canvas.setAttribute("aria-label", part.dataset.viewer);
  part.prepend(canvas);
  return canvas;
}

function heightFor(canvas, box) {
  const wanted = (canvas.clientWidth * box.height) / box.width + LOGO;
  return Math.min(Math.max(wanted, SHORTEST), window.innerHeight * TALLEST);
}

// Shows all of the diagram above the mark of bpmn.io, which nothing may cover and which should cover nothing.
function fit(canvas) {
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(outer.width / inner.width, (outer.height - LOGO) / inner.height);
  canvas.viewbox({
    x: inner.x - MARGIN,
    y: inner.y - MARGIN,
    width: inner.width + 2 * MARGIN,
    height: inner.height + 2 * MARGIN + LOGO / scale,
  });
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
    fit(canvas);
    const marks = JSON.parse(part.dataset.marks);
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

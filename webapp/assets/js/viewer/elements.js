// Pressing an element narrows the list below to what stands there, and leaves the diagram as it is.

const CHOSEN = "viewer__chosen";

async function listAt(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(`The list came back as ${answer.status}`);
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.getElementById("listed");
}

async function follow(part, address) {
  try {
    const fresh = await listAt(address);
    document.getElementById("listed").replaceWith(fresh);
    history.replaceState(null, "", address);
    part.querySelector("[role=status]").textContent = fresh.querySelector("h2").textContent.trim();
  } catch {
    location.assign(`${address}#list`);
  }
}

function offer(viewer, id, one, press) {
  const graphics = viewer.get("elementRegistry").getGraphics(id);
  graphics.setAttribute("tabindex", "0");
  graphics.setAttribute("role", "button");
  graphics.setAttribute("aria-label", one.words);
  graphics.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      event.stopPropagation();
      press(id);
    }
  });
}

export function offerElements(viewer, marks, part) {
  const canvas = viewer.get("canvas");
  let chosen = null;
  const press = (id) => {
    if (chosen !== null) {
      canvas.removeMarker(chosen, CHOSEN);
    }
    chosen = id;
    canvas.addMarker(chosen, CHOSEN);
    follow(part, marks[id].href);
  };
  const offered = Object.entries(marks).filter(
    ([id, one]) => one.href && viewer.get("elementRegistry").get(id) !== undefined,
  );
  for (const [id, one] of offered) {
    offer(viewer, id, one, press);
  }
  viewer.get("eventBus").on("element.click", ({ element }) => {
    if (offered.some(([id]) => id === element.id)) {
      press(element.id);
    }
  });
}

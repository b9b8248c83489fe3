// Keeps what is typed as a draft a few seconds after the last key, and when the page is left.

import { noteActivity } from "./idle.js";

const PAUSE = 4000;

async function send(form, said) {
  const fields = new FormData(form);
  fields.delete("key");
  fields.set("do", "save");
  try {
    const answer = await fetch(form.dataset.draft, {
      method: "POST",
      body: new URLSearchParams([...fields].filter(([, value]) => typeof value === "string")),
      headers: { Accept: "application/json" },
      keepalive: true,
    });
    const words = answer.headers.get("Content-Type")?.startsWith("application/json") ? (await answer.json()).saved : "";
    said.textContent = words || form.dataset.notSaved;
    if (answer.ok) {
      noteActivity();
    }
    return answer.ok;
  } catch {
    said.textContent = form.dataset.notSaved;
    return false;
  }
}

export function keepDraft(form) {
  const said = document.getElementById(form.dataset.said);
  let waiting = null;
  let unsaved = false;

  const save = async () => {
    clearTimeout(waiting);
    if (unsaved) {
      unsaved = false;
      unsaved = !(await send(form, said));
    }
  };
  form.addEventListener("input", () => {
    unsaved = true;
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    unsaved = false;
    clearTimeout(waiting);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      save();
    }
  });
}

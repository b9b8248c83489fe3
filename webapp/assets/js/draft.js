// Keeps what is typed as a draft a few seconds after the last key, and when the page is left. It stops when the draft
// was changed elsewhere, or the task is no more: then the buttons of the page lead on.

import { noteActivity } from "./idle.js";

const PAUSE = 4000;
const OK = 200;
const CONFLICT = 409;

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
    const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    said.textContent = told.saved || form.dataset.notSaved;
    said.classList.toggle("saved--refused", answer.status === CONFLICT);
    if (answer.ok) {
      form.elements.began.value = told.began;
      noteActivity();
    }
    return answer.status;
  } catch {
    said.textContent = form.dataset.notSaved;
    return 0;
  }
}

export function keepDraft(form) {
  const said = document.getElementById(form.dataset.said);
  let waiting = null;
  let sending = null;
  let unsaved = false;
  let stopped = false;

  const save = async () => {
    clearTimeout(waiting);
    if (!unsaved || stopped || sending !== null) {
      return;
    }
    unsaved = false;
    sending = send(form, said);
    const status = await sending;
    sending = null;
    stopped = status === CONFLICT;
    if (status !== OK) {
      unsaved = true;
    } else if (unsaved) {
      waiting = setTimeout(save, PAUSE);
    }
  };
  form.addEventListener("input", () => {
    unsaved = true;
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
  // A page is sent after what it is keeping has been kept: it would seem to be changed elsewhere otherwise.
  form.addEventListener("submit", async (event) => {
    // Without a connection the browser would put a page of its own in the place of what was typed.
    if (!navigator.onLine) {
      event.preventDefault();
      said.textContent = form.dataset.notSent;
      said.scrollIntoView({ block: "center" });
      return;
    }
    unsaved = false;
    clearTimeout(waiting);
    if (sending !== null) {
      event.preventDefault();
      await sending;
      form.requestSubmit(event.submitter);
    }
  });
  window.addEventListener("online", save);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      save();
    }
  });
}

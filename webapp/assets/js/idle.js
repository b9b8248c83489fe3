// Warns before a sign-in ends because nothing was done, in whichever tab; drafts are kept by draft.js meanwhile.

const ACTIVE = "casefile-active";

function lastActive() {
  return Number(localStorage.getItem(ACTIVE)) || Date.now();
}

export function noteActivity() {
  localStorage.setItem(ACTIVE, String(Date.now()));
}

export function warnWhenIdle(dialog) {
  const end = Number(dialog.dataset.idle) * 1000;
  const warning = Number(dialog.dataset.warning) * 1000;

  const leave = () => window.location.assign(dialog.dataset.ended);
  const look = () => {
    const idle = Date.now() - lastActive();
    if (idle >= end) {
      leave();
      return;
    }
    if (idle >= end - warning && !dialog.open) {
      dialog.showModal();
    }
    if (idle < end - warning && dialog.open) {
      dialog.close();
    }
    setTimeout(look, Math.min(dialog.open ? 1000 : end - warning - idle, end));
  };
  dialog.addEventListener("close", async () => {
    if (Date.now() - lastActive() >= end - warning) {
      const answer = await fetch(dialog.dataset.stay, { headers: { Accept: "application/json" } });
      if (answer.status === 204) {
        noteActivity();
      } else {
        leave();
      }
    }
  });
  noteActivity();
  look();
}

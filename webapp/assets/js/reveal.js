// Shows a question while the answer that brings it up is chosen. Without scripts all of them are shown.

function chosen(form, name) {
  const fields = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
  return [...fields]
    .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
    .map((field) => field.value);
}

function show(form, question) {
  const wanted = question.dataset.answers.split(" ");
  const parent = document.getElementById(question.dataset.within);
  const above = parent === null || !parent.hidden;
  question.hidden = !(above && chosen(form, question.dataset.reveal).some((answer) => wanted.includes(answer)));
}

export function followAnswers(form) {
  const questions = form.querySelectorAll("[data-reveal]");
  const showAll = () => questions.forEach((question) => show(form, question));
  form.addEventListener("change", showAll);
  showAll();
}

// A form or button with data-confirm asks first, in a <dialog>. Without JavaScript the server's own confirmation
// page, or its undo, stands in.
function ask(question, verb) {
  const dialog = document.createElement("dialog");
  dialog.className = "confirmation";
  dialog.setAttribute("aria-labelledby", "confirmation-question");
  const text = document.createElement("p");
  text.id = "confirmation-question";
  text.textContent = question;
  const form = document.createElement("form");
  form.method = "dialog";
  form.append(button("cancel", "Cancel", "btn btn-outline-secondary"), button("go", verb, "btn btn-danger"));
  dialog.append(text, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "go");
    });
  });
}

function button(value, label, className) {
  const element = document.createElement("button");
  Object.assign(element, { value, className, textContent: label });
  return element;
}

export function setUpConfirmation() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const submitter = event.submitter;
    const question = submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!question || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const verb = submitter?.textContent.trim() || "Continue";
    if (!(await ask(question, verb))) return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(submitter);
    delete form.dataset.confirmed;
  }, true);
}

// <button data-copy="#id" hidden>: copies that element's text and says so in [data-copied].
export function setUpCopying() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.querySelector(button.dataset.copy);
      const said = button.parentElement.querySelector("[data-copied]");
      try {
        await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
        if (said) said.textContent = "Copied.";
      } catch {
        if (said) said.textContent = "Copying was refused: select the text and copy it.";
      }
    });
  }
}

// <fieldset data-theme-switch> with radio buttons named "theme": auto, light, dark.
function stored() {
  try {
    return localStorage.getItem("theme") ?? "auto";
  } catch {
    return "auto";
  }
}

function apply(theme) {
  const root = document.documentElement;
  if (theme === "auto") delete root.dataset.bsTheme;
  else root.dataset.bsTheme = theme;
  try {
    if (theme === "auto") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // The choice then lasts for this page.
  }
}

export function setUpThemeSwitch() {
  for (const group of document.querySelectorAll("[data-theme-switch]")) {
    const current = group.querySelector(`input[value="${CSS.escape(stored())}"]`);
    if (current) current.checked = true;
    group.addEventListener("change", (event) => apply(event.target.value));
  }
}

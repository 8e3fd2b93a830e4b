// Runs before the first paint: a stored choice of theme wins over the system's.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.bsTheme = theme;
  } catch {
    // Storage is closed to us: the system's theme stays.
  }
})();

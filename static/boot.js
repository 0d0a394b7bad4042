// Runs before the first paint: sets the theme and the language the visitor chose, so that nothing flashes.
// The page itself takes over once it has started; it writes the same two attributes.
(() => {
  "use strict";
  let settings = {};
  try {
    settings = JSON.parse(localStorage.getItem("loudou/settings")) ?? {};
  } catch {
    // Blocked storage or damaged settings: the browser's own preferences apply, and the page reports it.
  }
  const root = document.documentElement;
  if (settings.theme === "light" || settings.theme === "dark") {
    root.dataset.theme = settings.theme;
    document.querySelector('meta[name="color-scheme"]').content = settings.theme;
  }
  const language = settings.language ?? navigator.language;
  root.lang = String(language).toLowerCase().startsWith("zh") ? "zh" : "en";
})();

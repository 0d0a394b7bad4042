// Works without WebAssembly: the #crash panel's buttons, and the panel itself when the page cannot start.
// After the start only the panic hook (src/main.rs) opens the panel.
(() => {
  "use strict";
  const PREFIX = "loudou";
  const panel = () => document.getElementById("crash");

  function show(reason) {
    document.getElementById("crash-details").textContent = reason;
    if (!panel().open) panel().showModal();
  }

  // Everything this page keeps in the browser, as it is: whoever repairs it needs the raw text.
  function storedData() {
    const entries = {};
    for (const key of Object.keys(localStorage).sort()) {
      if (key.startsWith(PREFIX)) entries[key] = localStorage.getItem(key);
    }
    return JSON.stringify({ format: "loudou-raw-storage", saved: new Date().toISOString(), entries }, null, 1);
  }

  function download() {
    const link = document.createElement("a");
    try {
      link.href = URL.createObjectURL(new Blob([storedData()], { type: "application/json" }));
    } catch (error) {
      show(`${error}\n\n${document.getElementById("crash-details").textContent}`);
      return;
    }
    link.download = `loudou-storage-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  const failedToStart = (event) => {
    const asset = event.target?.src ?? event.target?.href;
    show(asset ? `Could not load ${asset}` : String(event.reason ?? event.error ?? event.message));
  };
  const whileStarting = new AbortController();
  addEventListener("error", failedToStart, { capture: true, signal: whileStarting.signal });
  addEventListener("unhandledrejection", failedToStart, { signal: whileStarting.signal });
  addEventListener("TrunkApplicationStarted", () => whileStarting.abort());

  addEventListener("DOMContentLoaded", () => {
    document.getElementById("crash-reload").addEventListener("click", () => location.reload());
    document.getElementById("crash-download").addEventListener("click", download);
    // In the single file the rescue page is the same file, loaded anew.
    const rescue = document.querySelector("meta[name=loudou-rescue]").content;
    document.getElementById("crash-rescue").addEventListener("click", () => location.assign(rescue));
    // The page behind the panel no longer answers: Escape must not uncover it.
    panel().addEventListener("cancel", (event) => event.preventDefault());
  });
})();

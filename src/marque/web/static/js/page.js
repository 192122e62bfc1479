/* Small things: filters that apply when chosen, menus that close, copying a citation, local time behind UTC. */
(() => {
  "use strict";
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.submit();
  });

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    navigator.clipboard.writeText(button.dataset.copy).then(() => {
      button.textContent = button.dataset.done;
    });
  });

  document.addEventListener("pointerover", (event) => {
    const time = event.target.closest && event.target.closest("time[data-utc]");
    if (!time || time.dataset.local) return;
    time.dataset.local = new Date(time.dateTime).toLocaleString(document.documentElement.lang);
    time.title = `${time.dataset.utc}\n${time.dataset.local}`;
  });

  const span = document.getElementById("span");
  // Only the box of bytes scrolls to the marked span; the page stays where it is.
  if (span) span.parentElement.scrollTop = span.offsetTop - span.parentElement.clientHeight / 2;
})();

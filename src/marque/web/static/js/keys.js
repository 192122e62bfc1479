/* The keyboard: / search, j k move, o open, Enter drawer, Esc back, n p evidence, ? help. */
(() => {
  "use strict";
  const rows = () => Array.from(document.querySelectorAll("main tr[data-row]"));

  const select = (row) => {
    rows().forEach((other) => {
      other.classList.toggle("here", other === row);
      other.tabIndex = other === row ? 0 : -1;
    });
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  };

  const move = (by) => {
    const all = rows();
    if (!all.length) return;
    const place = all.findIndex((row) => row.classList.contains("here"));
    select(all[Math.min(Math.max(place + by, 0), all.length - 1)]);
  };

  const current = () => document.querySelector("main tr.here");

  const follow = (key) => {
    const scope = marqueDrawer.isOpen() ? document.getElementById("drawer") : document;
    const link = scope.querySelector(`a[data-key="${key}"]`);
    if (!link) return;
    if (marqueDrawer.isOpen()) marqueDrawer.open(link.href, link);
    else location.assign(link.href);
  };

  const actions = {
    "/": () => document.getElementById("find").focus(),
    j: () => move(1),
    k: () => move(-1),
    o: () => {
      const link = current() && current().querySelector("th a");
      if (link) link.click();
    },
    n: () => follow("n"),
    p: () => follow("p"),
    "?": () => marqueDrawer.open("/keys", document.activeElement),
    Escape: () => {
      if (marqueDrawer.isOpen()) marqueDrawer.close();
      else if (history.length > 1) history.back();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest("input, select, textarea");
    if (typing && event.key === "Escape") return typing.blur();
    if (typing) return;
    const menu = document.querySelector("details.menu[open]");
    if (event.key === "Escape" && menu) {
      menu.open = false;
      return;
    }
    if (event.key === "Enter" && event.target.matches("tr[data-open]")) {
      marqueDrawer.open(event.target.dataset.open, event.target);
      event.preventDefault();
      return;
    }
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });

  const first = rows()[0];
  if (first) first.tabIndex = 0;
})();

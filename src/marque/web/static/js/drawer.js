/* The side drawer: a page opens beside the list, with its own address; back and Esc lead out of it again. */
(() => {
  "use strict";
  const drawer = document.getElementById("drawer");
  const body = document.getElementById("drawer-body");
  let opener = null;

  const fill = (address) =>
    htmx.ajax("GET", address, { target: body, swap: "innerHTML" }).then(() => {
      drawer.hidden = false;
      document.body.classList.add("with-drawer");
      drawer.scrollTop = 0;
      body.focus({ preventScroll: true });
    });

  const open = (address, from) => {
    opener = opener || from;
    const depth = ((history.state && history.state.depth) || 0) + 1;
    return fill(address).then(() => history.pushState({ drawer: address, depth }, "", address));
  };

  const shut = () => {
    drawer.hidden = true;
    document.body.classList.remove("with-drawer");
    body.replaceChildren();
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  };

  const close = () => {
    const depth = (history.state && history.state.depth) || 0;
    if (depth) history.go(-depth);
    else shut();
  };

  window.addEventListener("popstate", (event) => {
    const address = event.state && event.state.drawer;
    if (address) fill(address);
    else shut();
  });

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (event.target.closest("[data-close]")) return close();
    const link = event.target.closest("a[data-drawer]");
    if (link) {
      event.preventDefault();
      open(link.href, link);
      return;
    }
    const row = event.target.closest("tr[data-open]");
    if (row && !event.target.closest("a, button, input, label") && !String(getSelection())) open(row.dataset.open, row);
  });

  // A judgement given in the drawer is answered there; without the drawer the form does what forms do.
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-drawer]");
    if (!form || drawer.hidden || !drawer.contains(form)) return;
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form, event.submitter));
    htmx.ajax("POST", form.action, { target: body, swap: "innerHTML", values }).then(() => {
      drawer.scrollTop = 0;
      body.focus({ preventScroll: true });
    });
  });

  document.addEventListener("htmx:beforeRequest", () => document.body.classList.add("loading"));
  document.addEventListener("htmx:afterRequest", () => document.body.classList.remove("loading"));
  // A missing or failed page still says what happened, in the drawer.
  document.addEventListener("htmx:beforeSwap", (event) => {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });

  window.marqueDrawer = { open, close, isOpen: () => !drawer.hidden };
})();

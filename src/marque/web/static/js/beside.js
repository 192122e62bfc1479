/* Side by side: what is pointed at on one side is lit on the other, so that each rectangle finds its counterpart. */
(() => {
  "use strict";
  const light = (event, on) => {
    const part = event.target.closest && event.target.closest("[data-piece], .right a");
    if (!part) return;
    const number = (part.dataset && part.dataset.piece) || part.querySelector("[data-piece]").dataset.piece;
    const row = part.closest("[data-aligned]");
    row.querySelectorAll(`[data-piece="${number}"]`).forEach((each) => each.classList.toggle("lit", on));
  };
  document.addEventListener("pointerover", (event) => light(event, true));
  document.addEventListener("pointerout", (event) => light(event, false));
  document.addEventListener("focusin", (event) => light(event, true));
  document.addEventListener("focusout", (event) => light(event, false));
})();

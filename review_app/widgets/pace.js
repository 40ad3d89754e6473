// No decision sooner than a moment after its words came to the screen: presses of decision buttons
// and keys are held back here, where it is known what the browser has painted.
"use strict";
(() => {
  document.currentScript?.remove();
  if (window.medlocPace) return;
  window.medlocPace = true;
  document.documentElement.translate = false; // a browser's own translation is not what is approved
  const FORM = /st-key-(?:approve|withdraw|sign)-(\S*[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/;
  const KEYS = ["a", "u", "KeyA", "KeyU"]; // as typed, and where they are on other keyboards
  const painted = new Map(); // what a form decides on -> when it was painted, in ms
  const marks = () => [...document.querySelectorAll("[data-decides]")];
  const mark = stamp => marks().find(one => one.dataset.decides === stamp);
  const least = stamp => Number(mark(stamp)?.dataset.least ?? Infinity);
  // After two frames what is there now has been on the screen; in a hidden tab there are none.
  const afterPaint = then => requestAnimationFrame(() => requestAnimationFrame(then));

  const look = () => {
    const there = marks().map(one => one.dataset.decides);
    for (const stamp of painted.keys()) if (!there.includes(stamp)) painted.delete(stamp);
    for (const stamp of there) {
      if (painted.has(stamp)) continue;
      painted.set(stamp, Infinity);
      afterPaint(() => {
        if (!painted.has(stamp)) return;
        painted.set(stamp, performance.now());
        setTimeout(() => mark(stamp)?.setAttribute("data-decidable", ""), least(stamp));
        here();
      });
    }
    if ([...painted.values()].some(Number.isFinite)) here();
  };
  // The server sends the buttons when this script has said that it watches and words are there.
  const here = () => {
    const button = document.querySelector(".st-key-here button");
    if (!button || button.medlocPressed) return;
    button.medlocPressed = true;
    button.click();
  };

  const hold = (stamp, event) => {
    if (!event.repeat && event.timeStamp - (painted.get(stamp) ?? Infinity) >= least(stamp)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const place = mark(stamp);
    if (place && !event.repeat) place.textContent = place.dataset.words;
  };
  window.addEventListener("click", event => {
    const box = event.target.closest?.("button")?.closest('[class*="st-key-"]');
    const form = box && FORM.exec(box.className);
    if (form) hold(form[1], event);
  }, true);
  window.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, [contenteditable]")) return;
    if (!KEYS.includes(event.key.toLowerCase()) && !KEYS.includes(event.code)) return;
    const keyed = document.querySelector("[data-decides][data-keys]");
    if (keyed) hold(keyed.dataset.decides, event);
  }, true);
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true,
    attributes: true, attributeFilter: ["data-decides"] });
  look();
})();

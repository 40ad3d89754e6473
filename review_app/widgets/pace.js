// No decision before all of its words were on the screen, and for a moment: presses of decision
// buttons and keys are held back here, where it is known what the browser has painted.
"use strict";
(() => {
  document.currentScript?.remove();
  if (window.medlocPace) return;
  window.medlocPace = true;
  document.documentElement.translate = false; // a browser's own translation is not what is approved
  const FORM = /st-key-(?:approve|withdraw|sign)-(\S*[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/;
  const TICK = /st-key-tick-\S*-([0-9a-f]{64})/;
  const KEYS = ["a", "u", "KeyA", "KeyU"]; // as typed, and where they are on other keyboards
  const GAPS = /[\0-\x20\x7f-\xa0\u2028\u2029\ufffd]/g; // as in pace.py
  const ALL_HERE = 1000; // ms in which all words of a form have come, or others are in their place
  const TOLD = 6000; // ms for which it is said that there is more to read
  const forms = new Map(); // what a form decides on -> when it came, and from when it counts, in ms
  const inView = new Map(); // text -> the part of it, from its beginning, that has been in view
  const marks = () => [...document.querySelectorAll("[data-decides]")];
  const mark = stamp => marks().find(one => one.dataset.decides === stamp);
  const texts = place => [...document.querySelectorAll(`[data-told="${place.dataset.of}"]`)];
  // After two frames what is there now has been on the screen; in a hidden tab there are none.
  const afterPaint = then => requestAnimationFrame(() => requestAnimationFrame(then));

  // Whether the words on the screen are those that were sent: CRC-32 as in pace.py.
  const isWhole = place => {
    const words = texts(place).map(text => text.textContent).join("").replace(GAPS, "");
    let sum = -1;
    for (const byte of new TextEncoder().encode(words)) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return String(~sum >>> 0) === place.dataset.sum;
  };

  // Rows of a page are drawn again while it is read: they are known by their pair.
  const name = text => {
    const row = text.closest("[data-pair]");
    return row ? row.dataset.pair + text.dataset.testid : text;
  };
  const part = text => inView.get(name(text)) ?? 0;
  const unread = all => all.find(text => part(text) < 1);
  const ceiling = () =>
    document.querySelector('[data-testid="stHeader"]')?.getBoundingClientRect().bottom ?? 0;
  const grow = (text, top) => {
    const box = text.getBoundingClientRect(), was = part(text);
    if (was >= 1 || !box.height || !text.checkVisibility()) return false;
    const from = Math.max(box.top, top) - box.top, to = Math.min(box.bottom, innerHeight) - box.top;
    if (to <= from || from > was * box.height + 1 || to <= was * box.height) return false;
    inView.set(name(text), to > box.height - 1 ? 1 : to / box.height);
    return true;
  };
  const read = () => {
    for (const [stamp, form] of forms) {
      const place = mark(stamp);
      if (!place || form.due === Infinity) continue;
      const top = ceiling();
      if (texts(place).filter(text => grow(text, top)).length)
        counts(stamp, form, Number(place.dataset.moment));
    }
  };
  const goOn = text => {
    const box = text.getBoundingClientRect();
    const top = box.top + box.height * part(text) - ceiling() - 32;
    document.querySelector('[data-testid="stMain"]')?.scrollBy({ top, behavior: "instant" });
  };
  const say = (place, what) => {
    place.dataset.said = what;
    place.textContent = what ? place.dataset[what] : "";
    if (what === "more") setTimeout(() => place.dataset.said === what && say(place, ""), TOLD);
  };

  const counts = (stamp, form, wait) => {
    const due = performance.now() + wait;
    form.due = form.due === Infinity ? due : Math.max(due, form.due);
    mark(stamp)?.removeAttribute("data-decidable");
    clearTimeout(form.timer);
    form.timer = setTimeout(
      () => mark(stamp)?.setAttribute("data-decidable", ""), form.due - performance.now());
  };
  const begin = place => { // the words after a long text begin above the window
    const first = unread(texts(place));
    if ("keys" in place.dataset && first?.getBoundingClientRect().top < ceiling()) goOn(first);
  };
  const look = () => {
    const there = marks();
    for (const stamp of forms.keys())
      if (!there.some(place => place.dataset.decides === stamp)) forms.delete(stamp);
    for (const text of inView.keys()) if (text.isConnected === false) inView.delete(text);
    for (const place of there) {
      const stamp = place.dataset.decides;
      const form = forms.get(stamp) ?? { came: performance.now(), due: Infinity, whole: false };
      if (!forms.has(stamp)) {
        forms.set(stamp, form);
        setTimeout(() => form.whole || !place.isConnected || say(place, "altered"), ALL_HERE);
      }
      if (form.whole || !isWhole(place)) continue;
      form.whole = true;
      if (place.dataset.said) say(place, "");
      begin(place);
      afterPaint(() => {
        if (forms.get(stamp) !== form) return;
        if (mark(stamp)) begin(mark(stamp)); // what was taller a moment ago has given way
        counts(stamp, form, Number(mark(stamp)?.dataset.least));
        read();
        here();
      });
    }
    if ([...forms.values()].some(form => form.due < Infinity)) here();
    soon();
  };
  let asked = false;
  const soon = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; read(); });
  };
  // The server sends the buttons when this script has said that it watches and words are there.
  const here = () => {
    const button = document.querySelector(".st-key-here button");
    if (!button || button.medlocPressed) return;
    button.medlocPressed = true;
    button.click();
  };

  // What keeps a press from counting, or nothing.
  const objection = (place, form, event) => {
    if (!isWhole(place))
      return form.whole || event.timeStamp - form.came > ALL_HERE ? "altered" : "words";
    if (event.timeStamp < form.due) return "words";
    return unread(texts(place)) ? "more" : "";
  };
  const refuse = event => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const hold = (stamp, event) => {
    const place = mark(stamp), form = forms.get(stamp);
    const why = !place || !form || event.repeat ? "words" : objection(place, form, event);
    if (!why) return;
    refuse(event);
    if (!place || event.repeat) return;
    if (why === "more") goOn(unread(texts(place)));
    say(place, why);
  };
  // Where nothing was decided U goes back to what was, and decides nothing.
  const goesBack = () => document.querySelector('[class*="st-key-back-"] button')
    && !document.querySelector('[class*="st-key-withdraw-"]');
  // A tick says that a sentence was read: so it has to have been there.
  const holdTick = (pair, event) => {
    const next = unread([...document.querySelectorAll(`[data-pair="${pair}"] [data-told]`)]);
    if (!next) return;
    refuse(event);
    goOn(next);
    const place = marks().find(one => one.dataset.of === next.dataset.told);
    if (place) say(place, "more");
  };
  window.addEventListener("click", event => {
    const box = event.target.closest?.("button, label, input")?.closest('[class*="st-key-"]');
    const form = box && FORM.exec(box.className);
    if (form) hold(form[1], event);
    const tick = box && TICK.exec(box.className);
    if (tick) holdTick(tick[1], event);
  }, true);
  window.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, [contenteditable]")) return;
    if (!KEYS.includes(event.key.toLowerCase()) && !KEYS.includes(event.code)) return;
    if (event.key.toLowerCase() === "u" && event.code === "KeyU" && goesBack()) return;
    const keyed = document.querySelector("[data-decides][data-keys]");
    if (keyed) hold(keyed.dataset.decides, event);
  }, true);
  window.addEventListener("scroll", soon, { capture: true, passive: true });
  window.addEventListener("resize", soon, { passive: true });
  document.addEventListener("toggle", soon, true); // folds
  document.addEventListener("transitionend", soon, true);
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true,
    attributes: true, attributeFilter: ["data-decides"] });
  look();
})();

// Lets the page and its source scroll together: both stand in frames without scripts, and where one
// of them was scrolled to, between two headings, the other one follows.
"use strict";
(() => {
  const pages = [...document.querySelectorAll("iframe")].map(frame => frame.contentWindow);
  if (pages.length < 2) return;
  const ROOM = 64; // px above a heading: a banner sticks to the top of drafts
  const headings = page => [...page.document.querySelectorAll("article :is(h2, h3, h4, h5, h6)[id]")];
  const end = page => page.document.documentElement.scrollHeight - page.innerHeight;

  // Where a page is when each heading of `ids` is at its top, from its beginning to its end.
  const stops = (page, ids) => {
    const tops = ids.map(id => page.document.getElementById(id).getBoundingClientRect().top);
    const found = [0, ...tops.map(top => top + page.scrollY - ROOM), end(page)];
    return found.map((_, place) => Math.max(0, ...found.slice(0, place + 1)));
  };
  const follow = (leader, other) => {
    const ids = headings(leader).map(one => one.id)
      .filter(id => other.document.getElementById(id));
    const [from, to] = [stops(leader, ids), stops(other, ids)];
    const at = leader.scrollY;
    let place = from.findLastIndex(stop => stop <= at + 1);
    place = Math.min(Math.max(place, 0), from.length - 2);
    const part = Math.min(1, (at - from[place]) / Math.max(1, from[place + 1] - from[place]));
    const there = to[place] + part * (to[place + 1] - to[place]);
    other.scrollTo({ top: Math.round(there), behavior: "instant" });
  };

  // Looked at frame by frame: Safari tells nobody of scrolling in a page without scripts.
  let last = pages.map(() => 0);
  const step = () => {
    try {
      const now = pages.map(page => page.scrollY);
      const leader = now.findIndex((at, place) => Math.abs(at - last[place]) > 1);
      if (leader >= 0) follow(pages[leader], pages[1 - leader]);
      last = pages.map(page => page.scrollY);
    } catch { /* a page is being loaded */ }
    requestAnimationFrame(step);
  };
  step();
})();

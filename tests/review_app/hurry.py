"""A reviewer in a hurry: random keys and clicks faster than the app answers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Error, Page

from medloc import files
from medloc.catalogs import read_catalog, write_catalog
from medloc.model import Event, Kind
from review_app.reviewing import LEAST_ON_SCREEN
from tests import content as small
from tests.content import Content
from tests.review_app.screen import settle

# What was on the screen at each press of a person. A key waits in the browser while it draws: what
# counts is what stood there when the key went down, or until a tenth of a second before, which is
# faster than anybody's hand. And only words that had been there for a moment count at all: a tenth
# of a second is left for drawing. And only texts whose end has been in the window meanwhile. Of a
# whole section it is what its fold listed that has to have been there.
RECORDER = """
if (window === top) {
  const store = (key, value) => sessionStorage.setItem(key, JSON.stringify(value));
  const stored = key => JSON.parse(sessionStorage.getItem(key) ?? '[]');
  const all = told => [...document.querySelectorAll(`[data-told=${told}]`)];
  const pairs = texts => texts.map(one => one.textContent)
    .reduce((found, one, at) => (at % 2 ? found.at(-1).push(one) : found.push([one]), found), []);
  const screens = {focus: [], section: []};
  const look = () => {
    for (const told of Object.keys(screens)) {
      const there = all(told), now = pairs(there), last = screens[told][0];
      if (JSON.stringify(now) !== JSON.stringify(last?.pairs)) {
        if (last) last.until = performance.now();
        screens[told].unshift({since: performance.now(), until: Infinity, pairs: now,
                               ended: now.map(() => [false, false])});
        screens[told].length = Math.min(9, screens[told].length);
      }
      there.forEach((one, at) => {
        const box = one.getBoundingClientRect();
        if (box.height && box.bottom > 0 && box.bottom <= innerHeight + 1)
          screens[told][0].ended[at >> 1][at % 2] = true;
      });
    }
  };
  const frame = () => { look(); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  const record = (kind, event) => {
    look();
    const texts = screens[kind === 'section' ? kind : 'focus'].filter(one =>
        one.until > event.timeStamp - 100 && one.since <= event.timeStamp - LEAST)
      .flatMap(one => one.pairs.filter((_, at) => one.ended[at].every(Boolean)));
    store('medloc-presses', [...stored('medloc-presses'), {kind, texts}]);
  };
  window.addEventListener('keydown', event => {
    const kind = {a: 'approve', u: 'withdraw'}[event.key];
    if (event.isTrusted && kind) record(kind, event);
  }, true);
  window.addEventListener('click', event => {
    const box = event.isTrusted && event.target.closest?.(
      '[class*=st-key-approve-], [class*=st-key-withdraw-]');
    if (box) record(/approve-section|approve|withdraw/.exec(box.className)[0]
      .replace('approve-section', 'section'), event);
  }, true);
  new MutationObserver(look).observe(document, {subtree: true, childList: true,
                                                characterData: true});
}
"""
RECORDER = RECORDER.replace("LEAST", f"{LEAST_ON_SCREEN * 1000 - 100:.0f}")
# Whoever has waited: the words have been there long enough, or there are none.
_WAITED = "() => ![...document.querySelectorAll('[data-decides]:not([data-decidable])')].length"
_KEYS = "aaaaaajjjjkkuuxm"
_LONG = 9  # every ninth wording is longer than the window
_SECTION = "[class*=st-key-approve-section-] button"
_SETTINGS = small.SETTINGS.replace("locales: [es, ar]", "locales: [es]").replace(
    "doors: [cli]", "doors: [app, cli]"
)


@dataclass(frozen=True, slots=True)
class Press:
    """A decision as it was pressed: its kind, and the (source, target) on the screen, the
    newest first; of kind `section` it is about all of them."""

    kind: str
    texts: tuple[tuple[str, str], ...]


def long_project(root: Path, *, articles: int, messages: int) -> Content:
    """A project with many sentences in Spanish, all waiting."""
    content = Content(root)
    content.write("medloc.yaml", _SETTINGS)
    for article in range(articles):
        lines = [f"Sentence {n} of page {article}." for n in range(messages)]
        text = f"---\ntitle: Page {article}\n---\n\n" + "\n\n".join(lines) + "\n"
        content.write(f"source_content/page-{article}.md", text)
    assert content("sync") == 0
    for article in range(articles):
        words = {f"Sentence {n} of page {article}.": f"Frase {n} de la página {article}."
                 + " Y otra cosa más." * (250 if n % _LONG == _LONG - 1 else 0)
                 for n in range(messages)}  # fmt: skip
        content.translate(
            "es", {**words, f"Page {article}": f"Página {article}"}, f"page-{article}"
        )
    return content


def hurry(page: Page, content: Content, chance: random.Random, *, presses: int) -> None:
    """Press keys and click without waiting for an answer, as a rule; now and then load the page
    again, or change a wording on the disk meanwhile."""
    for number in range(presses):
        if number == 0 or chance.random() < 0.2:
            page.wait_for_function(_WAITED)
        what = chance.random()
        if what < 0.62:
            page.keyboard.press(chance.choice(_KEYS))
        elif what < 0.76:
            _click(page, "[class*=st-key-approve-]:not([class*=approve-section]) button", chance)
        elif what < 0.80:
            _whole_section(page, chance)
        elif what < 0.92:
            row = chance.randrange(1, 12)
            _click(page, f":nth-match([class*=st-key-list-] button, {row})", chance)
        elif what < 0.96:
            change_a_wording(content, chance)
        else:
            page.reload()
            if chance.random() < 0.5:
                settle(page)
        if page.locator("textarea").count():
            page.evaluate("document.activeElement?.blur()")  # keys are for the screen again


def _whole_section(page: Page, chance: random.Random) -> None:
    """Open what can be approved at once, and press it at once or when it counts; now and then."""
    for what in ("summary:has-text('The whole section')", "[class*=st-key-section-] label"):
        closed = page.locator(_SECTION + ":visible").count() == 0
        if closed and page.locator(what).count():
            _click(page, what, chance, times=1)
            settle(page)
    if chance.random() < 0.7:
        page.wait_for_function(_WAITED)
    for _ in range(3):
        _click(page, _SECTION, chance)


def pressed(page: Page) -> list[Press]:
    """Every decision pressed in this tab, oldest first."""
    return [
        Press(one["kind"], tuple((source, target) for source, target in one["texts"]))
        for one in page.evaluate("JSON.parse(sessionStorage.getItem('medloc-presses') ?? '[]')")
    ]


def not_pressed(presses: Sequence[Press], events: Sequence[Event]) -> list[str]:
    """The events that no press stands for: each needs one of its own, of its kind, made while
    exactly its texts were on the screen; the same twice over is one too many. (Their order may be
    another: what was pressed just before a page was loaded again is answered beside it.)"""
    wrong: list[str] = []
    left = list(presses)
    last: dict[tuple[str, str], Kind] = {}
    for event in events:
        kind, texts = event.draft.kind, (event.draft.source, event.draft.target)
        fitting = [one for one in left if one.kind == kind.value and texts in one.texts]
        whole = [one for one in left if one.kind == "section" and texts in one.texts]
        if kind is Kind.APPROVE and whole and not fitting:
            at = left.index(whole[0])
            rest = tuple(one for one in whole[0].texts if one != texts)
            left[at] = replace(whole[0], texts=rest)
        elif fitting:
            left.remove(min(fitting, key=lambda one: one.texts.index(texts)))
        else:
            wrong.append(f"{event.number}: nobody pressed {kind.value} {texts}")
        if last.get(texts) is kind:
            wrong.append(f"{event.number}: twice {kind.value} {texts}")
        last[texts] = kind
    return wrong


def change_a_wording(content: Content, chance: random.Random) -> None:
    """Give a random message another wording, as a translator's tool does: in one step."""
    path = chance.choice(sorted(content.root.glob("locales/es/LC_MESSAGES/*.po")))
    catalog = read_catalog(path, name=path.name)
    number = chance.randrange(len(catalog.entries))
    entries = list(catalog.entries)
    entries[number] = replace(entries[number], msgstr=f"Otra {chance.randrange(10**6)}.")
    files.replace(path, write_catalog(replace(catalog, entries=tuple(entries))))


def _click(page: Page, selector: str, chance: random.Random, *, times: int = 0) -> None:
    """Click where an element is at this moment, whatever happens to it."""
    try:
        page.locator(selector).first.scroll_into_view_if_needed(timeout=300)
        box = page.locator(selector).first.bounding_box(timeout=300)
    except Error:
        return
    if box:
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2,
                         click_count=times or chance.choice((1, 2)))  # fmt: skip

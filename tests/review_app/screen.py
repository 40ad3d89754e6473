"""What tests do on a screen of the app: wait on its state, press a key, read what is in focus."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.conftest import FLAGS

__all__ = [
    "FLAGS",
    "OBSERVER",
    "Shown",
    "focus_on",
    "press",
    "press_button",
    "read",
    "read_on",
    "runs",
    "said",
    "settle",
    "shown",
]

# Counts the runs of the script that have ended and been painted: a press is done when there is one
# more. The page shows "running" too, but a short run begins and ends within one painting. Read from
# the messages themselves: field 6 of ForwardMsg is how a run ended, 2 is to be run again at once.
OBSERVER = """
window.medlocRuns = 0;
{
  const ended = bytes => {
    for (let at = 0; at < bytes.length;) {
      const [field, kind] = [bytes[at] >> 3, bytes[at++] & 7];
      let value = 0, shift = 0, byte;
      do { byte = bytes[at++]; value += (byte & 127) * 2 ** shift; shift += 7; } while (byte > 127);
      if (kind === 2) at += value;
      else if (kind !== 0) return false;
      else if (field === 6) return value !== 2;
    }
    return false;
  };
  const painted = then =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(then)));
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...all) {
      super(...all);
      this.addEventListener('message', event => {
        if (event.data instanceof ArrayBuffer && ended(new Uint8Array(event.data)))
          painted(() => { window.medlocRuns += 1; });
      });
    }
  };
}
"""
_QUIET = """before => {
  const app = document.querySelector('[data-testid=stApp]');
  return app && app.dataset.testScriptState === 'notRunning' && window.medlocRuns > before
    && !document.querySelector(
      '.st-key-here, [data-testid=stAppSkeleton], [data-testid=stSkeleton]');
}"""
_READ = """() => {
  const marks = [...document.querySelectorAll('[data-decides]')];
  return marks.length && marks.every(one => 'decidable' in one.dataset)
    && document.querySelector('[class*="st-key-approve-"], [class*="st-key-sign-"]');
}"""
# Half a window after the other, each painted, as a finger does it.
_READ_ON = """async () => {
  const main = document.querySelector('[data-testid=stMain]');
  const painted = () => new Promise(then =>
    requestAnimationFrame(() => requestAnimationFrame(then)));
  main.scrollTo({top: 0, behavior: 'instant'});
  await painted();
  while (main.scrollTop + main.clientHeight < main.scrollHeight - 1) {
    main.scrollBy({top: main.clientHeight / 2, behavior: 'instant'});
    await painted();
  }
}"""
DECIDING = ("a", "u")


@dataclass(frozen=True, slots=True)
class Shown:
    """The message in focus as it stands on the screen."""

    id: str
    pair: str
    source: str
    target: str


def settle(page: Page, *, after: int = -1) -> None:
    """Wait until the script has ended, more often than `after` times; fails on an exception."""
    page.wait_for_function(_QUIET, arg=after)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def runs(page: Page) -> int:
    """How often the script has ended in this page."""
    return int(page.evaluate("window.medlocRuns"))


def press(page: Page, key: str) -> None:
    """Press a key that makes the app answer, and wait for its answer; one that decides only when
    the words have been on the screen long enough."""
    if key in DECIDING:
        read(page)
    before = runs(page)
    page.keyboard.press(key)
    settle(page, after=before)


def read(page: Page) -> None:
    """Wait until what decides counts: the words have been on the screen long enough."""
    page.wait_for_function(_READ)


def read_on(page: Page) -> None:
    """Scroll from the top of the screen to its end."""
    page.evaluate(_READ_ON)


def press_button(page: Page, name: str) -> None:
    """Press a button by its name and wait for the answer."""
    before = runs(page)
    page.get_by_role("button", name=name, exact=True).click()
    settle(page, after=before)


def said(page: Page) -> str:
    """What the app says became of the last action."""
    return "\n".join(page.locator("[role=alert], [role=status]").all_inner_texts())


def focus_on(page: Page, message: str) -> None:
    """Wait until a message is the one in focus."""
    page.wait_for_selector(f'[data-testid=focus][data-id="{message}"]', state="attached")
    settle(page)


def shown(page: Page) -> Shown:
    """What is in focus, as it stands on the screen."""
    focus = page.get_by_test_id("focus")
    return Shown(
        id=focus.get_attribute("data-id") or "",
        pair=focus.get_attribute("data-pair") or "",
        source=page.get_by_test_id("source").inner_text(),
        target=page.get_by_test_id("target").inner_text(),
    )

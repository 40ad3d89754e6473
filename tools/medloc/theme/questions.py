"""Questions and answers of a page: what stands in sections whose heading has the class `faq`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_HEADING = re.compile(r"<h([1-6])\b([^>]*)>(.*?)</h\1>", re.DOTALL)
_FAQ = re.compile(r'\bclass="(?:[^"]* )?faq(?: [^"]*)?"')
_FOOTNOTES = '<div class="footnote-definition"'
_BLOCKS = frozenset(
    [
        *("blockquote", "dd", "div", "dl", "dt", "figure", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("hr", "li", "ol", "p", "pre", "table", "tr", "ul"),
    ]
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answer as plain text, one line for each block."""

    question: str
    answer: str


def questions(body: str) -> tuple[Question, ...]:
    """The questions of a body: the headings one step below a heading of class `faq`.

    >>> questions('<h2 id="f" class="faq">FAQ</h2><h3>Why?</h3><p>So.</p><ul><li>a</li></ul>')
    (Question(question='Why?', answer='So.\\na'),)
    """
    if "faq" not in body:
        return ()
    body = body.partition(_FOOTNOTES)[0]
    headings = list(_HEADING.finditer(body))
    found: list[Question] = []
    section = step = 0  # levels: of the section's heading, 0 outside; of its questions
    for number, heading in enumerate(headings):
        level = int(heading[1])
        if not section or level <= section:
            section, step = (level if _FAQ.search(heading[2]) else 0), 0
            continue
        step = step or level
        if level == step:
            later = (one.start() for one in headings[number + 1 :] if int(one[1]) <= step)
            text = plain_text(body[heading.end() : next(later, len(body))])
            if text:
                found.append(Question(plain_text(heading[3]), text))
    return tuple(found)


def plain_text(html: str) -> str:
    """The words of a piece of HTML; references to footnotes are left out."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.found).split("\n"))
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._reference = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._reference |= tag == "sup" and ("class", "footnote-reference") in attrs
        if tag == "br" or tag in _BLOCKS:
            self.found.append("\n")
        elif tag in ("td", "th"):
            self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._reference &= tag != "sup"
        if tag in _BLOCKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._reference:
            self.found.append(data.replace("\n", " "))

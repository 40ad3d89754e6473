"""Messages of a body: one per block of inline content, under the id of the heading above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from medloc.articles.braces import check_placeholders
from medloc.articles.directives import Directive, parse_directive, read_directives
from medloc.articles.heading_ids import heading_ids
from medloc.articles.raw_html import Balance, block_problem, tag_problem
from medloc.errors import ArticleError
from medloc.markdown import Document, HeadingBlock, HtmlBlock, Run, inline_structure
from medloc.markdown.skeleton import Hole
from medloc.model import Heading, Message, Notice
from medloc.phrases import Phrase, phrase


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a body holds: messages in document order (each identity once), headings, the holes of
    its skeleton, byte offsets of directives, texts that stay in the source language, notices."""

    messages: tuple[Message, ...]
    headings: tuple[Heading, ...]
    holes: tuple[Hole, ...]
    directives: tuple[int, ...]
    untranslated: tuple[str, ...]
    notices: tuple[Notice, ...]


def extract(
    document: Document,
    *,
    path: str,
    slug: str,
    fields: tuple[Message, ...] = (),
    quantities: Mapping[str, object],
    links: frozenset[str] = frozenset(),
    tail: str = "",
    raw_html: str = "refuse",
) -> Extraction:
    """Turn a document into messages and holes; `fields` are the messages of the front matter.

    `quantities` are the declared names, `links` the labels of per-locale links, `tail` the
    definitions of the body. Raises ArticleError for whatever a reader or translator would get
    wrong: see the tests named after each refusal.
    """
    headings = [block for block in document.blocks if isinstance(block, HeadingBlock)]
    ids, notices = heading_ids(headings, path)
    extractor = _Extractor(path, slug, fields, ids, quantities, links, tail, raw_html)
    for block in document.blocks:
        if isinstance(block, Run):
            extractor.run(block)
        elif isinstance(block, HeadingBlock):
            extractor.heading(block)
        else:
            extractor.html(block)
    extractor.finish(document)
    return Extraction(
        tuple(extractor.messages),
        tuple(extractor.headings),
        tuple(extractor.holes),
        tuple(extractor.directives),
        tuple(extractor.untranslated),
        tuple(notices),
    )


class _Extractor:
    """What has been extracted so far, and which directives are in force."""

    def __init__(
        self,
        path: str,
        slug: str,
        fields: tuple[Message, ...],
        ids: list[str],
        quantities: Mapping[str, object],
        links: frozenset[str],
        tail: str,
        raw_html: str,
    ) -> None:
        self.path, self.slug = path, slug
        self.quantities, self.links, self.tail = quantities, links, tail
        self.allow = raw_html == "allow"
        self.messages = list(fields)
        self.places = {(m.context, m.text): index for index, m in enumerate(fields)}
        self.headings: list[Heading] = []
        self.holes: list[Hole] = []
        self.directives: list[int] = []
        self.untranslated: list[str] = []
        self._ids = ids
        self._section, self._level = "", 0
        self._risk_level: int | None = None  # headings of this level or above end the risk
        self._risk_next = False  # a risk directive that waits for the next block
        self._off: Directive | None = None
        self._context: Directive | None = None
        self._notes: list[Directive] = []
        self._balance = Balance()

    # --- headings

    def heading(self, block: HeadingBlock) -> None:
        """Open a section; the heading's own text has its own id as context."""
        identity = self._ids[len(self.headings)]
        if self._risk_level is not None and block.level <= self._risk_level:
            self._risk_level = None
        self._settle_risk(block.level)
        self._section, self._level = identity, block.level
        self.headings.append(
            Heading(block.level, identity, block.classes, -1, block.line, not block.id)
        )
        added = "" if block.id else identity
        if block.run is None:
            self.holes.append(Hole(*block.room, "", heading_id=added))
            return
        hole = self._hole(block.run)
        if hole is None:
            hole = Hole(block.run.start, block.run.end, block.run.text,
                        footnotes=block.run.footnotes)  # fmt: skip
        self.holes.append(hole._replace(heading_id=added))
        self.headings[-1] = replace(self.headings[-1], message=hole.message)

    # --- text

    def run(self, run: Run) -> None:
        """A paragraph, item, cell, term or definition."""
        self._settle_risk(self._level)
        hole = self._hole(run)
        if hole is not None:
            self.holes.append(hole)

    def _settle_risk(self, level: int) -> None:
        if self._risk_next:
            # Before the first heading, level 0: no heading ends it, and the whole article is meant.
            self._risk_level, self._risk_next = level, False

    def _hole(self, run: Run) -> Hole | None:
        """The hole of a run, None when its text stays in the skeleton."""
        if "<" in run.text and not self.allow:
            self._check_nesting(run)
        if self._off is not None:
            return self._foreign(run)
        if not run.has_words and not run.links:
            return None
        index = self._message(run)
        return Hole(run.start, run.end, run.text, index, run.footnotes)

    def _check_nesting(self, run: Run) -> None:
        structure = inline_structure(run.text, tail=self.tail, links=self.links)
        if not structure.nests:
            raise self._trouble(
                run.line,
                phrase(
                    "the raw tags of this text do not close, or not in the order in which they "
                    "opened"
                ),
                phrase("Close each one inside the part where it opened."),
            )

    def _foreign(self, run: Run) -> Hole:
        if run.links or any(f"{{{name}}}" in run.text for name in self.quantities):
            raise self._trouble(
                run.line,
                phrase(
                    "text between `translate: off` and `on` holds a quantity or a per-locale link"
                ),
                phrase("Write the value or the address itself, or let the text be translated."),
            )
        if run.has_words:
            self.untranslated.append(run.text)
        return Hole(run.start, run.end, run.text, -1, run.footnotes, foreign=run.has_words)

    def _message(self, run: Run) -> int:
        context = self._section or "meta:start"
        if self._context is not None:
            context = f"{context}|{self._context.value}"
            self._context = None
        notes = tuple(note.value for note in self._notes)
        self._notes.clear()
        risk = self._risk_level is not None
        index = self.places.get((context, run.text))
        if index is not None:
            self._merge(index, risk=risk, notes=notes)
            return index
        index = self.places[context, run.text] = len(self.messages)
        self.messages.append(
            Message(
                self.slug,
                context,
                run.text,
                self._section or "start",
                run.kind,
                run.line,
                risk,
                notes,
                self._placeholders(run) if self.quantities and "{" in run.text else (),
                run.links,
            )
        )
        return index

    def _merge(self, index: int, *, risk: bool, notes: tuple[str, ...]) -> None:
        """The same text again under the same heading: one message, as careful as the stricter."""
        old = self.messages[index]
        if (risk and not old.high_risk) or notes:
            merged = tuple(dict.fromkeys((*old.notes, *notes)))
            self.messages[index] = replace(old, high_risk=old.high_risk or risk, notes=merged)

    def _placeholders(self, run: Run) -> tuple[str, ...]:
        structure = inline_structure(run.text, tail=self.tail, links=self.links, quantities=True)
        if structure.trouble:
            raise self._trouble(
                run.line, structure.trouble, phrase("A quantity stands in plain text only.")
            )
        names = [part[1] for part in structure.parts if part[0] == "placeholder"]
        check_placeholders(run.text, names, self.quantities, path=self.path, line=run.line)
        return tuple(sorted(names, key=lambda name: run.text.index(f"{{{name}}}")))

    # --- raw HTML and directives

    def html(self, block: HtmlBlock) -> None:
        """Raw HTML: directives are obeyed, the rest must be harmless and without words."""
        for directive in read_directives(block, path=self.path):
            self.directives.append(directive.start)
            self._obey(directive)
        if self.allow:
            return
        problem, line = block_problem(block.text)
        problem = problem or self._balance.read(block.text, block.line)
        if problem:
            raise self._trouble(block.line + line, problem, _HTML_ADVICE)

    def _obey(self, directive: Directive) -> None:
        if directive.word == "risk":
            self._risk_next = True
        elif directive.word == "translators":
            self._notes.append(directive)
        elif directive.word == "context":
            self._context = directive
        elif directive.value == "off":
            if self._off is not None:
                raise self._trouble(
                    directive.line,
                    phrase(
                        "`translate: off` stands here a second time (first on line {line})",
                        line=self._off.line,
                    ),
                    phrase("Write `<!-- translate: on -->` between them."),
                )
            self._off = directive
        elif self._off is None:
            raise self._trouble(
                directive.line,
                phrase("`translate: on` without `off` before it"),
                phrase("Remove it."),
            )
        else:
            self._off = None

    def finish(self, document: Document) -> None:
        """Refuse what was opened and never used."""
        if self._off is not None:
            raise self._trouble(
                self._off.line,
                phrase("`translate: off` is never ended"),
                phrase("Write `<!-- translate: on -->` behind the text that stays as it is."),
            )
        for unused in (self._context, *self._notes):
            if unused is not None:
                raise self._trouble(
                    unused.line,
                    phrase("no text follows `<!-- {word}: ... -->`", word=unused.word),
                    phrase("Move it up."),
                )
        for tag in document.inline_html:
            self._check_inline(tag.text, tag.line)
        if self._balance.open and not self.allow:
            name, line = self._balance.open[-1]
            raise self._trouble(
                line,
                phrase("`<{name}>` is never closed", name=name),
                phrase("Close it: `</{name}>`.", name=name),
            )

    def _check_inline(self, raw: str, line: int) -> None:
        if raw.startswith("<!--") and parse_directive(raw[4:-3], path=self.path, line=line):
            raise self._trouble(
                line,
                phrase("a directive stands inside a text"),
                phrase("Put it on a line of its own, before the block it is about."),
            )
        problem = "" if self.allow else tag_problem(raw)
        if problem:
            raise self._trouble(line, problem, _HTML_ADVICE)

    def _trouble(self, line: int, found: str, advice: str) -> ArticleError:
        return ArticleError(
            Phrase("{found}.", {"found": found}), path=self.path, line=line, advice=advice
        )


_HTML_ADVICE = phrase(
    "Write it in Markdown, or set `raw_html: allow` in the policy of medloc.yaml."
)

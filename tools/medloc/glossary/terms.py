"""What the formats share: texts proved to be text, terms proved to be terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from medloc.errors import MedlocError
from medloc.model import Term
from medloc.phrases import phrase

MAX_BYTES = 8 * 1024 * 1024
MAX_TERMS = 50_000
MAX_LENGTH = 1_000
MAX_FORMS = 200  # of one term
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"", "false", "no", "0"})


class GlossaryError(MedlocError):
    """A glossary cannot be read; nothing is checked with half of one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term stands."""

    name: str
    line: int

    def error(self, found: str, advice: str) -> GlossaryError:
        """Trouble at this place."""
        return GlossaryError(found, path=self.name, line=self.line, advice=advice)


def term_of(
    term: str,
    accepted: Iterable[str],
    forbidden: Iterable[str],
    keep: str,
    note: str,
    place: Place,
) -> Term:
    """A term whose parts are tidied and proved."""
    term = " ".join(term.split())
    good, bad = tuple(_tidy(accepted)), tuple(_tidy(forbidden))
    if not term:
        raise place.error(phrase("a term is missing"), phrase("Write the source's word first."))
    kept = keep.strip().lower()
    if kept not in _YES | _NO:
        raise place.error(
            phrase("`keep` is `{word}`", word=short(keep)), phrase("Write `true` or leave it out.")
        )
    if not good and not bad and kept not in _YES:
        raise place.error(
            phrase("`{word}` has no translation", word=short(term)),
            phrase("Write one, or `keep: true` for a name."),
        )
    for form in (term, *good, *bad):
        if len(form) > MAX_LENGTH:
            raise place.error(
                phrase("`{word}` is longer than {limit}", word=short(form), limit=MAX_LENGTH),
                phrase("Write a term."),
            )
        if "*" in form.replace("* ", " ").removesuffix("*") or not form.strip("* "):
            raise place.error(
                phrase("`{word}` holds `*`", word=short(form)),
                phrase("`*` stands at the end of a word."),
            )
    both = [form for form in good if form in bad]
    if both:
        raise place.error(
            phrase("`{word}` is accepted and forbidden", word=short(both[0])),
            phrase("Keep one of the two."),
        )
    return Term(term, good, bad, kept in _YES, " ".join(note.split()))


def _tidy(forms: Iterable[str]) -> Iterator[str]:
    seen: dict[str, None] = dict.fromkeys(" ".join(form.split()) for form in forms)
    return (form for form in seen if form)


def joined(terms: Iterable[tuple[Term, int]], name: str = "") -> tuple[Term, ...]:
    """The terms, those with equal source words joined: further lines are further forms."""
    found: dict[str, Term] = {}
    for term, line in terms:
        old = found.get(term.term)
        found[term.term] = term if old is None else replace(
            old,
            accepted=tuple(dict.fromkeys(old.accepted + term.accepted)),
            forbidden=tuple(dict.fromkeys(old.forbidden + term.forbidden)),
            keep=old.keep or term.keep,
            note=old.note or term.note,
        )  # fmt: skip
        new = found[term.term]
        if len(new.accepted) + len(new.forbidden) > MAX_FORMS:
            raise GlossaryError(
                phrase(
                    "`{word}` has more than {limit} forms", word=short(term.term), limit=MAX_FORMS
                ),
                path=name,
                line=line,
                advice=phrase("Write stems (`fiebr*`), or fewer forms."),
            )
    return tuple(found.values())


def decoded(data: bytes, name: str) -> str:
    """The text of a UTF-8 file, its byte order mark left out."""
    bounded_bytes(data, name)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise GlossaryError(
            phrase("the file is UTF-16"), path=name, advice=phrase("Save it as UTF-8.")
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = data.count(b"\n", 0, trouble.start) + 1
        raise GlossaryError(
            phrase("the byte {byte} is not UTF-8", byte=f"{data[trouble.start]:#04x}"),
            path=name,
            line=line,
            advice=phrase("Save the file as UTF-8."),
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise GlossaryError(
            phrase("a zero byte"), path=name, line=line, advice=phrase("Save it as UTF-8 text.")
        )
    return text


def bounded_bytes(data: bytes, name: str) -> None:
    if len(data) > MAX_BYTES:
        raise GlossaryError(
            phrase("the file is larger than {limit} MiB", limit=MAX_BYTES // 1024 // 1024),
            path=name,
            advice=phrase("Leave out terms that the articles do not use."),
        )


def bounded(count: int, name: str, line: int) -> None:
    if count > MAX_TERMS:
        raise GlossaryError(
            phrase("more than {limit} terms", limit=MAX_TERMS),
            path=name,
            line=line,
            advice=phrase("Leave out terms that the articles do not use."),
        )


def short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."

"""What the formats share: texts proved to be text, terms proved to be terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from medloc.errors import MedlocError
from medloc.model import Term

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
        raise place.error("a term is missing", "Write the source's word first.")
    kept = keep.strip().lower()
    if kept not in _YES | _NO:
        raise place.error(f"`keep` is `{short(keep)}`", "Write `true` or leave it out.")
    if not good and not bad and kept not in _YES:
        raise place.error(
            f"`{short(term)}` has no translation", "Write one, or `keep: true` for a name."
        )
    for form in (term, *good, *bad):
        if len(form) > MAX_LENGTH:
            raise place.error(f"`{short(form)}` is longer than {MAX_LENGTH}", "Write a term.")
        if "*" in form.replace("* ", " ").removesuffix("*") or not form.strip("* "):
            raise place.error(f"`{short(form)}` holds `*`", "`*` stands at the end of a word.")
    both = [form for form in good if form in bad]
    if both:
        raise place.error(f"`{short(both[0])}` is accepted and forbidden", "Keep one of the two.")
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
                f"`{short(term.term)}` has more than {MAX_FORMS} forms",
                path=name,
                line=line,
                advice="Write stems (`fiebr*`), or fewer forms.",
            )
    return tuple(found.values())


def decoded(data: bytes, name: str) -> str:
    """The text of a UTF-8 file, its byte order mark left out."""
    bounded_bytes(data, name)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise GlossaryError("the file is UTF-16", path=name, advice="Save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = data.count(b"\n", 0, trouble.start) + 1
        raise GlossaryError(
            f"the byte {data[trouble.start]:#04x} is not UTF-8",
            path=name,
            line=line,
            advice="Save the file as UTF-8.",
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise GlossaryError("a zero byte", path=name, line=line, advice="Save it as UTF-8 text.")
    return text


def bounded_bytes(data: bytes, name: str) -> None:
    if len(data) > MAX_BYTES:
        raise GlossaryError(
            f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB",
            path=name,
            advice="Leave out terms that the articles do not use.",
        )


def bounded(count: int, name: str, line: int) -> None:
    if count > MAX_TERMS:
        raise GlossaryError(
            f"more than {MAX_TERMS} terms",
            path=name,
            line=line,
            advice="Leave out terms that the articles do not use.",
        )


def short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."

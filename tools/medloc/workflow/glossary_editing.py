"""Terms of a locale added and changed with a reason, and where articles use them.

Only `glossary.yaml` is written; what CSV or TBX files hold comes from elsewhere and is changed
there. The reason stays in the file, as a comment with the day and the person.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from medloc import files
from medloc.checks.lexicon import lexicon
from medloc.checks.reading import Reading, Side
from medloc.checks.terms import glossary_of, mentions, singular
from medloc.errors import ConflictError, MedlocError, UsageError
from medloc.glossary import GlossaryError, read_glossary_yaml
from medloc.index import Line, Query
from medloc.markdown import forbidden_character
from medloc.model import Pair, Person, Span, Term
from medloc.phrases import phrase
from medloc.workflow.desk import Desk
from medloc.workflow.findings import GLOSSARIES, read_terms_file
from medloc.workflow.project import Project
from medloc.workflow.yaml_items import Value, set_item

EDITORS = ("terminologist", "linguistic", "editor")
"""The roles that may change terms, for the locales they hold them in."""
MOST_USES = 500
"""So many messages are looked through for a term; more would keep the screen waiting."""
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class KnownTerm:
    """A term and the file of the locale's folder that holds it."""

    term: Term
    file: str

    @property
    def is_ours(self) -> bool:
        """Whether it can be changed here."""
        return self.file == GLOSSARIES[0]


@dataclass(frozen=True, slots=True)
class Use:
    """A message whose source names a term; `source` and `target` are the places of the term and
    of its accepted forms."""

    line: Line
    source: tuple[Span, ...]
    target: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Uses:
    """Where a term is used; `more` means that not all messages were looked through."""

    found: tuple[Use, ...]
    more: bool = False


def may_edit(person: Person, locale: str, today: dt.date) -> bool:
    """Whether somebody may change the terms of a locale on that day."""
    return any(person.holds(role, locale, today) for role in EDITORS)


def known_terms(project: Project, locale: str) -> tuple[KnownTerm, ...]:
    """The terms of a locale's glossaries, by the source's word; raises GlossaryError."""
    source = project.settings.source.locale
    found = []
    for file in GLOSSARIES:
        name = f"{project.settings.catalogs}/{locale}/{file}"
        path = project.root / name
        if path.is_file():
            terms = read_terms_file(path, name=name, locale=locale, source=source)
            found += [KnownTerm(term, file) for term in terms]
    return tuple(sorted(found, key=lambda known: known.term.term.lower()))


def set_term(
    project: Project,
    locale: str,
    wanted: Term,
    *,
    reason: str,
    expect: Term | None,
    actor: Person,
    today: dt.date,
) -> bool:
    """Write a term into the locale's glossary.yaml; False when it stands there just so.

    `expect` is the term as the person saw it, None for a new one. Raises UsageError for somebody
    who may not or a missing reason, ConflictError when the term is another by now, GlossaryError
    for a term or a file that cannot be written.
    """
    if not may_edit(actor, locale, today):
        raise UsageError(
            phrase(
                "{name} may not change terms of {locale}",
                name=actor.name or actor.id,
                locale=locale,
            ),
            advice=phrase(
                "This takes one of the roles {editors} for {locale}.",
                editors=", ".join(EDITORS),
                locale=locale,
            ),
        )
    name = f"{project.settings.catalogs}/{locale}/{GLOSSARIES[0]}"
    path = project.root / name
    data = files.read(path, name=name) if path.exists() else None
    terms = read_glossary_yaml(data, name=name) if data is not None else ()
    present = next((term for term in terms if term.term == wanted.term), None)
    wanted = _tidied(wanted, name)
    if present == wanted:
        return False
    reason = _reason(reason)
    if present != expect:
        raise ConflictError(
            phrase(
                "`{term}` was changed by somebody else in the meantime; nothing was written.",
                term=wanted.term,
            ),
            path=name,
            advice=phrase("Look at the term as it is now, then do your change again."),
        )
    _refuse_elsewhere(project, locale, wanted)
    made = set_item(
        data.decode("utf-8-sig") if data is not None else "",
        key="terms",
        name=("term", wanted.term),
        values=_values(wanted),
        path=name,
        error=GlossaryError,
        comment=f"{today.isoformat()} {actor.id}: {reason}",
    ).encode()
    read_glossary_yaml(made, name=name)
    return files.save(path, data, made, locks=project.locks, name=name, root=project.root)


def uses(desk: Desk, locale: str, term: str) -> Uses:
    """The messages that name a term, those whose translation has no accepted form first.

    Raises GlossaryError when a glossary of the locale cannot be read.
    """
    context = desk.context(locale)
    words = lexicon(context.source).words(term)
    stem = singular(words[0].folded, context.source).removesuffix("y") if words else ""
    query = Query(locale=locale, words=stem if stem.isascii() else "")
    lines = desk.index.lines(query, limit=MOST_USES + 1)
    found = []
    for line in lines[:MOST_USES]:
        pair = Pair(line.article, locale, line.context, line.source, line.target)
        sides = Side(pair.source, context.source), Side(pair.target, context.target)
        reading = Reading(pair, *sides, context)
        for mention in mentions(reading, glossary_of(reading)):
            if mention.known.term.term == term:
                forms = mention.known.accepted
                places = {span for form in forms for span in form.places(reading.target)}
                found.append(Use(line, mention.spans, tuple(sorted(places))))
    found.sort(key=lambda use: bool(use.target) or not use.line.target)
    return Uses(tuple(found), more=len(lines) > MOST_USES)


def _reason(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason or len(reason) > _LONGEST_REASON:
        raise UsageError(
            phrase("a change of a term has a reason"),
            advice=phrase(
                "Say why, in 1 to {longest_reason} letters.", longest_reason=_LONGEST_REASON
            ),
        )
    return _visible(reason, UsageError)


def _tidied(term: Term, name: str) -> Term:
    """The term as it will be read again; what cannot stand in a glossary is refused."""
    tidy = replace(
        term,
        term=" ".join(term.term.split()),
        accepted=tuple(dict.fromkeys(f for t in term.accepted if (f := " ".join(t.split())))),
        forbidden=tuple(dict.fromkeys(f for t in term.forbidden if (f := " ".join(t.split())))),
        note=" ".join(term.note.split()),
    )
    for text in (tidy.term, *tidy.accepted, *tidy.forbidden, tidy.note):
        _visible(text, GlossaryError)
    if not tidy.term:
        raise GlossaryError(
            phrase("the term is empty"), path=name, advice=phrase("Write the source's word.")
        )
    return tidy


def _visible(text: str, error: type[MedlocError]) -> str:
    hidden = forbidden_character(text)
    if hidden:
        raise error(
            phrase("it holds the character U+{code}", code=f"{ord(hidden):04X}"),
            advice=phrase("Type it without it."),
        )
    return text


def _refuse_elsewhere(project: Project, locale: str, wanted: Term) -> None:
    """Two files that both say something of a term would contradict each other."""
    for known in known_terms(project, locale):
        if known.term.term == wanted.term and not known.is_ours:
            raise GlossaryError(
                phrase(
                    "`{term}` stands in {file}, which is not written here",
                    term=wanted.term,
                    file=known.file,
                ),
                advice=phrase(
                    "Change it where {file} comes from, or take it out there first.",
                    file=known.file,
                ),
            )


def _values(term: Term) -> dict[str, Value]:
    accepted: Value = term.accepted if len(term.accepted) > 1 else "".join(term.accepted)
    return {
        "term": term.term,
        "accepted": accepted,
        "forbidden": term.forbidden,
        "keep": "true" if term.keep else "",
        "note": term.note,
    }

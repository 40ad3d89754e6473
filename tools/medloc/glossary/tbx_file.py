"""Terms of a TBX file (ISO 30042, https://www.tbxinfo.net), the format of terminology databases."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from medloc.glossary.terms import (
    MAX_FORMS,
    GlossaryError,
    Place,
    bounded,
    bounded_bytes,
    joined,
    short,
    term_of,
)
from medloc.model import Term
from medloc.phrases import phrase

MAX_DEPTH = 64


def read_glossary_tbx(
    data: bytes, *, name: str, locale: str = "", source: str = "en"
) -> tuple[Term, ...]:
    """Terms of a TBX file, version 2 (`termEntry`, `langSet`) or 3 (`conceptEntry`, `langSec`).

    Every term of the source language becomes a term, accepted are the other language's preferred
    and admitted terms, forbidden the deprecated and superseded ones (ISO 30042, ISO 12620).
    """
    bounded_bytes(data, name)
    concepts = _Tbx(name).read(data)
    languages = {_tag(form.language) for concept in concepts for form in concept.forms}
    target = _target(languages, _tag(locale), _tag(source), name)
    terms: list[tuple[Term, int]] = []
    for concept in concepts:
        wanted = [form for form in concept.forms if _speaks(form, target)]
        accepted = [form.text for form in wanted if not form.deprecated]
        forbidden = [form.text for form in wanted if form.deprecated]
        for form in concept.forms:
            if _speaks(form, _tag(source)) and not form.deprecated and (accepted or forbidden):
                place = Place(name, concept.line)
                terms.append(
                    (term_of(form.text, accepted, forbidden, "", concept.note, place), concept.line)
                )
                bounded(len(terms), name, concept.line)
    return joined(terms, name)


def _target(languages: set[str], locale: str, source: str, name: str) -> str:
    """The language of the translations, or an error that names those of the file."""
    others = sorted(one for one in languages if one.split("-")[0] != source.split("-")[0])
    if locale:
        narrow = [one for one in others if one == locale]
        wide = [one for one in others if one.split("-")[0] == locale.split("-")[0]]
        if narrow or wide:
            return narrow[0] if narrow else locale.split("-")[0]
    elif len(others) == 1:
        return others[0]
    listed = ", ".join(others[:10]) or phrase("none")
    raise GlossaryError(
        phrase(
            "terms beside `{source}`: {others}; wanted: `{locale}`",
            source=source,
            others=listed,
            locale=locale,
        )
        if locale
        else phrase("terms beside `{source}`: {others}", source=source, others=listed),
        path=name,
        advice=phrase("Give the file of the locale that is checked, or name the locale."),
    )


def _tag(language: str) -> str:
    return language.replace("_", "-").lower()


def _speaks(form: _Form, language: str) -> bool:
    tag = _tag(form.language)
    return tag == language or tag.split("-")[0] == language


@dataclass(slots=True)
class _Form:
    """A term of a concept in a language."""

    language: str
    text: str = ""
    preferred: bool = False
    deprecated: bool = False


@dataclass(slots=True)
class _Concept:
    line: int
    forms: list[_Form] = field(default_factory=list)
    note: str = ""


class _Tbx:
    """Reads TBX by events: no tree, no document type of its own, no entities."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.concepts: list[_Concept] = []
        self.path: list[str] = []
        self.language = ""
        self.status = False
        self.text: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text.append
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.EntityDeclHandler = lambda *_: self.refuse(phrase("declares an entity"))
        self.parser.SkippedEntityHandler = lambda entity, _: self.refuse(
            phrase("uses `&{entity};`", entity=entity)
        )

    def read(self, data: bytes) -> list[_Concept]:
        """The concepts of a file."""
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as trouble:
            raise GlossaryError(
                phrase("this is not XML: {trouble}", trouble=expat.ErrorString(trouble.code)),
                path=self.name,
                line=trouble.lineno,
                advice=phrase("Export the glossary again as TBX."),
            ) from None
        except (LookupError, ValueError):  # an encoding that Python does not know
            self.refuse(phrase("is in an unknown encoding"))
        return self.concepts

    def refuse(self, found: str) -> None:
        """Stop reading."""
        raise GlossaryError(
            phrase("the file {found}", found=found),
            path=self.name,
            line=self.parser.CurrentLineNumber,
            advice=phrase("Export it as plain TBX in UTF-8 without its own document type."),
        )

    def doctype(self, _name: str, _system: str | None, _public: str | None, internal: bool) -> None:
        """TBX 2 names an outside DTD, which is never opened; an inner one is refused."""
        if internal:
            self.refuse(phrase("has a document type of its own"))

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        tag = tag.rpartition(":")[2]
        self.path.append(tag)
        if len(self.path) > MAX_DEPTH:
            self.refuse(phrase("is nested more than {max_depth} deep", max_depth=MAX_DEPTH))
        if len(self.path) == 1 and tag not in ("tbx", "martif"):
            self.refuse(
                phrase("begins with <{short}>, not with <tbx> or <martif>", short=short(tag))
            )
        if tag in ("conceptEntry", "termEntry"):
            self.concepts.append(_Concept(self.parser.CurrentLineNumber))
            bounded(len(self.concepts), self.name, self.parser.CurrentLineNumber)
        elif tag in ("langSec", "langSet"):
            self.language = attributes.get("xml:lang", "")
        elif tag == "term" and self.concepts:
            self.concepts[-1].forms.append(_Form(self.language))
            if len(self.concepts[-1].forms) > MAX_FORMS:
                self.refuse(
                    phrase("has a concept with more than {max_forms} terms", max_forms=MAX_FORMS)
                )
        kind = attributes.get("type", tag)
        self.status = kind in ("administrativeStatus", "normativeAuthorization")
        if tag not in ("hi", "foreign"):
            self.text.clear()

    def end(self, tag: str) -> None:
        """An element ends."""
        tag = tag.rpartition(":")[2]
        self.path.pop()
        concept = self.concepts[-1] if self.concepts else None
        said = " ".join("".join(self.text).split())
        if concept and tag == "term" and concept.forms:
            concept.forms[-1].text = said
        elif concept and concept.forms and self.status:
            concept.forms[-1].deprecated = said.startswith(("deprecated", "superseded"))
            concept.forms[-1].preferred = said.startswith("preferred")
        elif concept and tag == "note" and not concept.note:
            concept.note = said
        elif concept and tag in ("conceptEntry", "termEntry"):
            concept.forms.sort(key=lambda form: not form.preferred)
        if tag not in ("hi", "foreign"):
            self.status = False

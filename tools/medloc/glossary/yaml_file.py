"""Terms of `locales/<locale>/glossary.yaml`."""

from __future__ import annotations

from medloc.glossary.terms import GlossaryError, Place, bounded, decoded, joined, term_of
from medloc.model import Term
from medloc.phrases import phrase
from medloc.yaml_text import YamlList, YamlMapping, YamlText, YamlValue, read_mapping

_KEYS = ("term", "accepted", "forbidden", "keep", "note")


def read_glossary_yaml(data: bytes, *, name: str) -> tuple[Term, ...]:
    """Terms of `locales/<locale>/glossary.yaml`: a list `terms:` of mappings with `term`,
    `accepted`, `forbidden` (a text or a list), `keep` ("true") and `note`."""
    root = read_mapping(decoded(data, name), path=name, error=GlossaryError)
    listed = root.get("terms")
    if not isinstance(listed, YamlList) or len(root) != 1:
        raise GlossaryError(
            phrase(
                "the file holds {root}",
                root=", ".join(f"`{key}`" for key in root) or phrase("nothing"),
            ),
            path=name,
            line=root.line,
            advice=phrase("Write one list: `terms:`, and below it `- term: ...`."),
        )
    terms = []
    for item in listed:
        place = Place(name, item.line)
        if not isinstance(item, YamlMapping):
            raise place.error(
                phrase("a term is a mapping"), phrase("Write `- term: ...` and `accepted: [...]`.")
            )
        unknown = [key for key in item if key not in _KEYS]
        if unknown:
            raise Place(name, item.lines[unknown[0]]).error(
                phrase("`{unknown}` is no part of a term", unknown=unknown[0]),
                phrase("Use {keys}.", keys=", ".join(_KEYS)),
            )
        terms.append((_yaml_term(item, place), item.line))
        bounded(len(terms), name, item.line)
    return joined(terms, name)


def _yaml_term(item: YamlMapping, place: Place) -> Term:
    return term_of(
        _scalar(item.get("term"), place, "term"),
        _forms(item.get("accepted"), place, "accepted"),
        _forms(item.get("forbidden"), place, "forbidden"),
        _scalar(item.get("keep"), place, "keep"),
        _scalar(item.get("note"), place, "note"),
        place,
    )


def _scalar(value: YamlValue | None, place: Place, key: str) -> str:
    if value is not None and not isinstance(value, YamlText):
        raise Place(place.name, value.line).error(
            phrase("`{key}` is one text", key=key), phrase('Write `{key}: "..."`.', key=key)
        )
    return str(value or "")


def _forms(value: YamlValue | None, place: Place, key: str) -> list[str]:
    if isinstance(value, YamlList):
        return [_scalar(form, place, key) for form in value]
    return [_scalar(value, place, key)]

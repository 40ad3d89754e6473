"""Names of checks in the theme's words. Roles are a project's own; those we know have a name."""

from __future__ import annotations

from medloc.theme.words import Words


def _(text: str) -> str:
    """Marks a text for extraction into theme.pot."""
    return text


_NAMES = {
    "medical": _("Medical review"),
    "linguistic": _("Language review"),
    "editor": _("Editorial review"),
}
_OTHER = _("Further review")


def check_name(role: str, words: Words) -> str:
    """What a role does, in the language of the page: never the role's name in another one.

    >>> from medloc.theme.words import words
    >>> check_name("medical", words("es")), check_name("pharmacist", words("de"))
    ('Revisión médica', 'Weitere Prüfung')
    """
    return words(_NAMES.get(role, _OTHER))

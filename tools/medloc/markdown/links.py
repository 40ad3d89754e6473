"""Labels and addresses: which are safe, which are relative, how definitions are written."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable
from urllib.parse import unquote

_PLAIN_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|#|/|\.)?[\w./#?=-]*\Z")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
_FORBIDDEN = ("javascript:", "vbscript:", "data:", "file:")
# What browsers (or sloppy readers) skip inside an address before they look at its scheme.
_SKIPPED = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_MAX_DECODINGS = 4


def folded(label: str) -> str:
    """A reference label as CommonMark compares it: case folded, white space collapsed."""
    return " ".join(label.casefold().split())


def forbidden_scheme(address: str) -> str:
    """The scheme that makes an address unsafe, however it is disguised; empty when it is safe.

    >>> forbidden_scheme("java&#10;script%3Aalert(1)")
    'javascript:'
    >>> forbidden_scheme("https://example.org/javascript:")
    ''
    """
    if _PLAIN_ADDRESS.match(address):
        return ""
    for _ in range(_MAX_DECODINGS):
        bare = _SKIPPED.sub("", address).lower()
        scheme = next((name for name in _FORBIDDEN if bare.startswith(name)), "")
        if scheme:
            return scheme
        decoded = unquote(entities.unescape(address))
        if decoded == address:
            break
        address = decoded
    return ""


def is_relative(address: str) -> bool:
    """Whether an address names something beside the article.

    >>> [is_relative(a) for a in ("a.svg", "/a.svg", "//host/a", "https://x", "#id", "tel:1")]
    [True, False, False, False, False, False]
    """
    return bool(address) and address[0] not in "/#?\\" and _SCHEME.match(address.lower()) is None


def is_article(address: str) -> bool:
    """Whether a relative address names another article (`spasticity.md#id`)."""
    return is_relative(address) and address.partition("#")[0].lower().endswith(".md")


def definition(label: str, address: str, title: str = "") -> str:
    """A definition line that gives a label back its decoded address and title.

    >>> definition("who", "https://who.int/?a&b", 'the "WHO"')
    '[who]: <https://who.int/?a&amp;b> "the \\\\"WHO\\\\""'
    """
    target = re.sub(r"([\\<>])", r"\\\1", address).replace("&", "&amp;").replace("\n", "&#10;")
    name = " ".join(label.split())
    if not title:
        return f"[{name}]: <{target}>"
    quoted = re.sub(r'([\\"])', r"\\\1", title).replace("&", "&amp;").replace("\n", "&#10;")
    return f'[{name}]: <{target}> "{quoted}"'


def tail(definitions: Iterable[str], footnotes: Iterable[str]) -> str:
    """What follows inline text so that its references find their definitions."""
    lines = list(definitions)
    notes = [f"[^{label}]: ." for label in footnotes]
    return "".join(f"\n{line}\n" for line in (*lines, *notes))

"""The header entry of a catalog: its lines as pairs, and what a new catalog's header says."""

from __future__ import annotations

import re

from medloc.errors import CatalogError
from medloc.model import Catalog, Entry
from medloc.phrases import phrase

CONTENT_TYPE = "text/plain; charset=UTF-8"

_CHARSET = re.compile(r"charset=([^\s;]*)", re.IGNORECASE)
_PLURALS = re.compile(r"nplurals\s*=\s*(\d{1,3})\b")


def new_catalog(
    locale: str,
    *,
    path: str,
    name: str,
    plural_forms: str = "",
    headers: tuple[tuple[str, str], ...] = (),
) -> Catalog:
    """An empty catalog for a locale ("" for a template) with the header `msgfmt -c` asks for.

    `name` becomes Project-Id-Version, `headers` follow at the end. No dates: a date that nobody
    asked for changes the file on every run.
    """
    plural = (("Plural-Forms", plural_forms),) if plural_forms else ()
    return Catalog(
        path=path,
        headers=(
            ("Project-Id-Version", name),
            ("Language", locale),
            ("MIME-Version", "1.0"),
            ("Content-Type", CONTENT_TYPE),
            ("Content-Transfer-Encoding", "8bit"),
            *plural,
            *headers,
        ),
    )


def read_headers(header: Entry, *, path: str) -> tuple[tuple[str, str], ...]:
    """The header's `Name: value` lines in order.

    Raises CatalogError for a line that is none, a name used twice, and any charset but UTF-8.
    """
    pairs: dict[str, tuple[str, str]] = {}
    for text in header.msgstr.split("\n"):
        if not text.strip():
            continue
        name, colon, value = text.partition(":")
        if not colon or not name.strip():
            raise CatalogError(
                phrase('a header line is no "Name: value": {line}.', line=text[:60]),
                path=path,
                line=header.line,
                advice=phrase("Mend or remove it."),
            )
        if name.strip().lower() in pairs:
            raise CatalogError(
                phrase("the header {header} is there twice.", header=name.strip()),
                path=path,
                line=header.line,
                advice=phrase("Keep the right one."),
            )
        pairs[name.strip().lower()] = (name.strip(), value.strip())
    _refuse_charset(pairs.get("content-type", ("", ""))[1], path, header.line)
    return tuple(pairs.values())


def header_text(headers: tuple[tuple[str, str], ...]) -> str:
    """The msgstr of the header entry."""
    return "".join(f"{name}: {value}".rstrip() + "\n" for name, value in headers)


def plural_count(headers: tuple[tuple[str, str], ...]) -> int | None:
    """How many plural forms the header announces; None when it does not say a number."""
    text = next((value for name, value in headers if name.lower() == "plural-forms"), "")
    match = _PLURALS.search(text)
    return int(match[1]) if match else None


def _refuse_charset(content_type: str, path: str, line: int) -> None:
    match = _CHARSET.search(content_type)
    if match and match[1].lower() in ("utf-8", "utf8"):
        return
    found = phrase("the charset {charset}", charset=match[1]) if match else phrase("no charset")
    raise CatalogError(
        phrase("the header declares {charset}; catalogs are UTF-8.", charset=found),
        path=path,
        line=line,
        advice=convert_advice(match[1] if match else ""),
    )


def convert_advice(charset: str) -> str:
    """How to make a UTF-8 file of one in another encoding."""
    known = re.fullmatch(r"[A-Za-z0-9_.:-]+", charset)
    if charset.upper() in ("UTF-8", "UTF8"):
        return phrase(
            "Save it as UTF-8, or convert it from what it is: iconv -f ISO-8859-1 -t UTF-8."
        )
    if known and charset != "CHARSET":
        return phrase(
            "Convert it: iconv -f {charset} -t UTF-8, and write charset=UTF-8 in Content-Type.",
            charset=charset,
        )
    return phrase(
        'Write "Content-Type: {type}\\n" in the header, and save the file as UTF-8.',
        type=CONTENT_TYPE,
    )

"""Whether an SVG only draws: opened by itself it is a document, and could run or fetch things."""

from __future__ import annotations

import re
from xml.parsers import expat

from medloc.phrases import phrase

_ACTIVE = frozenset({"script", "foreignobject", "iframe", "object", "embed", "handler", "audio",
                     "video", "listener"})  # fmt: skip
_TARGETS = frozenset({"href", "src", "style"})
_XHTML = "http://www.w3.org/1999/xhtml"
_INSIDE = re.compile(r"#|data:(?:image|font|application/(?:x-)?font)[\w.+/-]*[;,]", re.IGNORECASE)
_URL = re.compile(r"url\s*\(\s*[\"']?\s*([^\"')]*)", re.IGNORECASE)


def drawing_problem(data: bytes) -> tuple[int, str]:
    """(line, what it holds that could run or fetch something); (0, "") for a plain drawing.

    Parsed, not searched: names with prefixes, other encodings and character references are seen as
    a browser sees them. A DOCTYPE with declarations of its own is refused, so nothing expands.

    >>> drawing_problem(b'<svg xmlns="http://www.w3.org/2000/svg"><g fill="url(#a)"/></svg>')
    (0, '')
    >>> drawing_problem(b'<svg onload="x()"/>')
    (1, 'the attribute `onload`')
    """
    if b"<" not in data:
        return 0, ""  # broken, and harmless
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as trouble:
        return trouble.lineno, phrase(
            "no XML that can be read ({trouble})", trouble=expat.ErrorString(trouble.code)
        )
    except _Found as found:
        return found.line, found.what
    return 0, ""


class _Found(Exception):
    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line, self.what = line, what


class _Reader:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.XmlDeclHandler = self._declaration
        self._style: list[str] | None = None

    def _refuse(self, what: str) -> None:
        raise _Found(self.parser.CurrentLineNumber, what)

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.upper() not in ("UTF-8", "UTF8", "US-ASCII", "ASCII"):
            self._refuse(phrase("the encoding {encoding} (save it as UTF-8)", encoding=encoding))

    def _doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        if internal:
            self._refuse(phrase("declarations in its DOCTYPE"))

    def _instruction(self, target: str, data: str) -> None:
        self._refuse(phrase("the instruction `<?{target}`", target=target))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        local = local.lower()
        if local in _ACTIVE or space == _XHTML:
            self._refuse(phrase("the element `{element}`", element=local))
        for key, value in attributes.items():
            attribute = key.rpartition(" ")[2].lower()
            if attribute.startswith("on"):
                self._refuse(phrase("the attribute `{attribute}`", attribute=attribute))
            if attribute in ("href", "src") and not _INSIDE.match(value.strip() or "#"):
                self._refuse(
                    phrase("an address outside of itself, `{address}`", address=value.strip()[:40])
                )
            if attribute == "attributename" and (
                value.rpartition(":")[2].lower() in _TARGETS or value.lower().startswith("on")
            ):
                self._refuse(phrase("an animation of `{attribute}`", attribute=value))
            self._addresses(value)
        if local == "style":
            self._style = []

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _end(self, name: str) -> None:
        if self._style is not None and name.rpartition(" ")[2].lower() == "style":
            style, self._style = "".join(self._style), None
            if "\\" in style or "@import" in style.lower():
                self._refuse(phrase("a style with `@import` or escapes"))
            self._addresses(style)

    def _addresses(self, text: str) -> None:
        if "\\" in text and "(" in text:
            self._refuse(phrase("an escaped style"))
        for address in _URL.findall(text):
            if not _INSIDE.match(address.strip() or "#"):
                self._refuse(
                    phrase(
                        "an address outside of itself, `{address}`", address=address.strip()[:40]
                    )
                )

"""The door to WeasyPrint and segno (extra `pdf`): a document of ours into a tagged PDF, an address
into a QR code.

Law: the same document, files, fonts and versions give the same bytes; nothing is asked of any
host: what the document names is among the files given, or the leaflet is refused.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from medloc.errors import MedlocError, UsageError
from medloc.phrases import phrase

BASE = "https://leaflet.invalid/"
"""Where a document stands, so that its relative addresses mean files of the site."""

VARIANT = "pdf/ua-1"
TIGHT = "tight"
"""The class of a body that left the sheet: the style sheet then breaks words in cells."""

_TOLERANCE = 8.0  # px, 2 mm: spaces at the ends of lines hang out


class LeafletError(MedlocError):
    """A leaflet that cannot be made as it should be; its page is published without it."""


def leaflet_versions() -> dict[str, str]:
    """The versions that the bytes of leaflets depend on, by name.

    Raises UsageError when the extra or one of its libraries is not installed.
    """
    try:
        import segno  # noqa: F401 - asked for before anything is written
        import weasyprint
        from weasyprint.text.ffi import pango
    except (ImportError, OSError) as missing:
        raise UsageError(
            phrase("leaflets need a part that is not installed ({missing})", missing=str(missing)),
            advice=phrase(
                "Install the extra `pdf`: pip install 'medloc[pdf]'; on Debian also apt install "
                "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0, and fonts (fonts-noto)."
            ),
        ) from missing
    number = pango.pango_version()
    drawn = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    return {"pango": drawn, "weasyprint": weasyprint.__version__}


def leaflet_pdf(html: str, files: Mapping[str, bytes], *, path: str, identifier: str) -> bytes:
    """The PDF/UA of a document that stands at `path` of the site (`es/clonus/leaflet.pdf`).

    `files` are what it names, by their path below the site; `identifier` is written into it as it
    is. Raises LeafletError for a file it names that is not there, and for characters that no font
    on this machine has.
    """
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OurFiles(URLFetcher):  # type: ignore[misc]
        """Gives out the files of the site, and nothing else."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            name = url.removeprefix(BASE)
            if not url.startswith(BASE) or name not in files:
                raise ValueError(f"{url} is no file of this site")
            kind = "image/svg+xml" if name.endswith(".svg") else "application/octet-stream"
            return URLFetcherResponse(url, files[name], {"Content-Type": kind})

    with _warnings() as said:
        try:
            document = HTML(
                string=html, base_url=BASE + path, url_fetcher=OurFiles(fail_on_errors=True)
            )
            drawn = document.render(pdf_variant=VARIANT, pdf_tags=True)
            made = drawn.write_pdf(
                pdf_variant=VARIANT, pdf_tags=True, pdf_identifier=identifier.encode()
            )
        except (FatalURLFetchingError, Exception) as trouble:  # many libraries are below it
            raise LeafletError(
                phrase(
                    "the leaflet cannot be made ({trouble})",
                    trouble=str(trouble)[:200] or type(trouble).__name__,
                ),
                path=path,
                advice=phrase("Its page is published without it. Mend the source, build again."),
            ) from trouble
    _refuse_missing(said, path)
    if not _leaves_the_sheet(drawn):
        return bytes(made)
    narrow = html.replace('<body class="', f'<body class="{TIGHT} ', 1)
    if f'<body class="{TIGHT} ' in html or narrow == html:
        raise LeafletError(
            phrase("a table or a word is wider than the sheet"),
            path=path,
            advice=phrase("Its page is published without the leaflet. Make the table narrower."),
        )
    return leaflet_pdf(narrow, files, path=path, identifier=identifier)


def _leaves_the_sheet(document: Any) -> bool:
    """Whether words lie where there is no paper, or where other words are: a table too wide."""
    return any(
        _leaves(page._page_box, page._page_box, _room(page._page_box)) for page in document.pages
    )


def _leaves(box: Any, sheet: Any, room: tuple[float, float]) -> bool:
    """Whether a box, or one in it, leaves the room between two edges; each cell has its own."""
    for child in getattr(box, "children", ()):
        # Below the text stands what is on every sheet.
        top = child.position_y - sheet.content_box_y()
        width = getattr(child, "width", None)
        if not 0 <= top < sheet.height or not isinstance(width, float | int):
            continue
        left, right = child.position_x, child.position_x + child.margin_width()
        if left < room[0] - _TOLERANCE or right > room[1] + _TOLERANCE:
            return True
        if _leaves(child, sheet, _room(child) if child.element_tag in ("td", "th") else room):
            return True
    return False


def _room(box: Any) -> tuple[float, float]:
    start = box.content_box_x()
    return start, start + box.width


def qr_code(address: str) -> bytes:
    """An SVG drawing of an address as QR code."""
    import segno

    drawing = io.BytesIO()
    code = segno.make_qr(address, error="m", boost_error=False)
    code.save(drawing, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None)
    return drawing.getvalue()


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """What WeasyPrint warns of: it draws empty boxes and leaves out files, and only says so."""
    said: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger, keeper = logging.getLogger("weasyprint"), Keeper(logging.WARNING)
    handed_on = logger.propagate
    logger.addHandler(keeper)
    logger.propagate = False
    try:
        yield said
    finally:
        logger.removeHandler(keeper)
        logger.propagate = handed_on


def _refuse_missing(said: list[str], path: str) -> None:
    boxes = [line.rpartition("(")[2].rstrip(")") for line in said if ".notdef" in line]
    if boxes:
        raise LeafletError(
            phrase(
                "no font on this machine has {characters}",
                characters=", ".join(sorted(set(boxes))[:5]),
            ),
            path=path,
            advice=phrase("Install fonts for the language (fonts-noto, fonts-noto-cjk)."),
        )
    lost = [line for line in said if "Failed to load" in line]
    if lost:
        raise LeafletError(
            phrase("a picture cannot be drawn ({line})", line=lost[0][:200]),
            path=path,
            advice=phrase("Its page is published without the leaflet. Mend the picture."),
        )

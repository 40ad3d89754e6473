"""Leaflets: for each published page a PDF beside it, made of exactly the words of the page.

Making one takes about half a second, so the one that stands is kept as long as its document, its
pictures and the versions of what draws it are the same: its identifier says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from medloc.languages import english_name
from medloc.leaflet_pdf import LeafletError, leaflet_pdf, qr_code
from medloc.quantities import digits_of
from medloc.theme.leaflet import LeafletView, leaflet_html
from medloc.theme.views import PageView
from medloc.workflow.addresses import page_path
from medloc.workflow.gate import Gated
from medloc.workflow.leaflet_body import (
    blocks,
    links_of,
    with_addresses,
    with_directions,
    without_ids,
)
from medloc.workflow.leaflet_plan import NAME, LeafletPlan, leaflet_path
from medloc.workflow.pages import Frame, article_view
from medloc.workflow.project import digest

_HEADING = re.compile(r"<h[1-6]\b")
_QR = "leaflet-code.svg"
_PICTURE = re.compile(r'<img\b[^>]*? src="(?:\.\./)*(assets/[^"]+)"')


@dataclass(frozen=True, slots=True)
class _Document:
    """A leaflet to be made: where it stands, its HTML, the files it shows."""

    path: str
    html: str
    files: Mapping[str, bytes]

    def identifier(self, plan: LeafletPlan) -> str:
        """Changes whenever the bytes of the leaflet may."""
        parts = [json.dumps(dict(plan.versions), sort_keys=True), self.html]
        parts += [f"{name} {digest(data)}" for name, data in sorted(self.files.items())]
        return digest("\0".join(parts))[:32]


def article_leaflets(frame: Frame, passed: Mapping[str, Gated]) -> dict[str, bytes]:
    """The leaflet of an article in each locale of `passed`, by path; none without a plan.

    One that cannot be made is a trouble (in `frame.assets`), and its page is published without it.
    """
    plan = frame.leaflets
    if plan is None:
        return {}
    found: dict[str, bytes] = {}
    for locale in passed:
        path = leaflet_path(page_path(frame.language(locale).tag, passed[locale].article.slug))
        if plan.dry:
            found[path] = b""
            continue
        document = _document(frame, passed, locale, path, bilingual=plan.bilingual)
        identifier = document.identifier(plan)
        try:
            found[path] = _standing(plan, path, identifier) or leaflet_pdf(
                document.html, document.files, path=path, identifier=identifier
            )
        except LeafletError as trouble:
            frame.assets.troubles.append(trouble)
    return found


def with_leaflet(view: PageView, path: str, leaflets: Mapping[str, bytes]) -> PageView:
    """What a page shows (`path` is its own), with a link to its leaflet if it has one."""
    return replace(view, leaflet=NAME) if leaflet_path(path) in leaflets else view


def _document(
    frame: Frame, passed: Mapping[str, Gated], locale: str, path: str, *, bilingual: bool
) -> _Document:
    """What the leaflet of a page says; with the source beside it when both are of one text."""
    gated, source = passed[locale], frame.project.settings.source
    page = _page(frame, gated)
    original = passed.get(source.locale)
    same = original is not None and original.article.source_hash == gated.article.source_hash
    rows: tuple[tuple[str, str], ...] = ()
    if bilingual and original is not None and same and locale != source.locale:
        rows = _side_by_side(_page(frame, original), page)
    code = qr_code(page.address) if page.address else b""
    view = LeafletView(
        page=page,
        digits=digits_of(
            frame.project.settings.data_locale(locale),
            frame.project.settings.digits.get(locale, ""),
        ),
        language_name=english_name(locale) or page.language.name,
        source=source,
        source_title=_page(frame, original).title if original is not None else "",
        code_image=_QR if code else "",
        links=links_of(page.body_html),
        rows=rows,
    )
    html = leaflet_html(frame.look, view)
    shown = {name: frame.assets.files[name] for name in sorted(set(_PICTURE.findall(html)))}
    return _Document(path, html, shown | ({_QR: code} if code else {}))


def _page(frame: Frame, gated: Gated) -> PageView:
    view = article_view(frame, gated)
    body = with_directions(with_addresses(view.body_html, view.address))
    return replace(view, body_html=body)


def _side_by_side(original: PageView, translated: PageView) -> tuple[tuple[str, str], ...]:
    """Each block of the source beside its translation, a heading with what follows: both are one
    skeleton."""
    left, right = blocks(without_ids(original.body_html)), blocks(translated.body_html)
    rows: list[tuple[str, str]] = []
    heading = ("", "")
    for row in zip(left, right, strict=True):
        joined = (heading[0] + row[0], heading[1] + row[1])
        if _HEADING.match(row[1]):
            heading = joined
        else:
            rows.append(joined)
            heading = ("", "")
    return (*rows, heading) if heading[1] else tuple(rows)


def _standing(plan: LeafletPlan, path: str, identifier: str) -> bytes:
    """The leaflet that stands on the site, if it is the one wanted and nobody touched it."""
    file = plan.folder / path
    if path not in plan.standing or file.is_symlink() or not file.is_file():
        return b""
    data = file.read_bytes()
    kept = digest(data) == plan.standing[path] and identifier.encode() in data[-8192:]
    return data if kept else b""

"""A publisher's own templates and colours: `theme/` in the content project, read and proved.

Law: whatever a publisher changes, every page still says its language, shows the approved body
whole, and each notice. That is tried out on made-up pages before anything is built.
"""

from __future__ import annotations

import datetime as dt
import re
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from medloc.errors import MedlocError
from medloc.model import Language
from medloc.theme.notices import DEMONSTRATION, notice_text
from medloc.theme.rendering import ICON, POLICY, SHIPPED, STYLE, Theme, environment
from medloc.theme.views import ListItem, ListView, PageNotice, PageView, RedirectView, RootView
from medloc.theme.words import FOLDER, words

NAME = "theme"
PAGES = ("page.html", "list.html", "root.html", "redirect.html")
_FOREIGN = re.compile(rb"@import|url\(\s*['\"]?(?:[a-z]+:)?//", re.IGNORECASE)
_TEMPLATES = f"{NAME}/templates/"


class ThemeError(MedlocError):
    """A file of the publisher's theme cannot be used; nothing is built with it."""


def read_theme(folder: Path) -> Theme:
    """The shipped theme with the files of `folder` in it; without that folder the shipped one.

    Raises ThemeError, with file and line, for a file that has no place in a theme, a template that
    cannot be read or drawn, and one that leaves out what every page must show.
    """
    if not folder.is_dir():
        return SHIPPED
    found = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if not path.is_dir() and not path.name.startswith(".")
    }
    theme = Theme(tuple((name, _read(found[name], name)) for name in sorted(found)))
    if theme.files:
        _try_out(theme)
    return theme


def _read(path: Path, name: str) -> bytes:
    known = sorted(one.name for one in (FOLDER / "templates").glob("*.html"))
    part = name.removeprefix("templates/")
    if name not in (STYLE, ICON) and (part == name or (part not in known and not _is_part(part))):
        raise ThemeError(
            "the theme has no such file",
            path=f"{NAME}/{name}",
            advice=f"Known: {STYLE}, {ICON}, templates/ with {', '.join(known)}, and parts of your "
            "own that they include, whose names begin with `_`.",
        )
    try:
        data = path.read_bytes()
        if name == ICON:
            return data
        data.decode()
    except OSError as error:
        raise ThemeError(f"it cannot be read ({error.strerror})", path=f"{NAME}/{name}") from None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ThemeError(
            "this is not UTF-8", path=f"{NAME}/{name}", line=line, advice="Save it as UTF-8."
        ) from None
    if name == STYLE:
        _check_style(data)
    return data


def _is_part(name: str) -> bool:
    return re.fullmatch(r"_[A-Za-z0-9_-]+\.html", name) is not None


def _check_style(data: bytes) -> None:
    # Comments may hold anything; lines stay where they are.
    plain = re.sub(rb"/\*.*?(?:\*/|\Z)", lambda m: b"\n" * m[0].count(b"\n"), data, flags=re.DOTALL)
    foreign = _FOREIGN.search(plain)
    if foreign is not None:
        raise ThemeError(
            f"`{foreign[0].decode()}` fetches something from elsewhere, which no browser will do",
            path=f"{NAME}/{STYLE}",
            line=plain[: foreign.start()].count(b"\n") + 1,
            advice="Write the rules into this file.",
        )
    opened: list[int] = []
    for sign in re.finditer(rb"[{}]", plain):
        if sign[0] == b"{":
            opened.append(sign.start())
        elif not opened:
            raise _unbalanced(plain, sign.start(), "a `}` that closes nothing")
        else:
            opened.pop()
    if opened:
        raise _unbalanced(plain, opened[-1], "a `{` that nothing closes")


def _unbalanced(data: bytes, at: int, found: str) -> ThemeError:
    line = data[:at].count(b"\n") + 1
    return ThemeError(found, path=f"{NAME}/{STYLE}", line=line, advice="Browsers skip such rules.")


# --- trying it out --------------------------------------------------------------------------------


def _try_out(theme: Theme) -> None:
    from jinja2 import TemplateError, nodes

    jinja = environment(theme)
    for name, data in theme.files:
        if not name.startswith("templates/"):
            continue
        try:
            tree = jinja.parse(data.decode(), name=name, filename=f"{NAME}/{name}")
        except TemplateError as error:
            raise _broken(error, name) from None
        for loose in tree.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)):
            raise ThemeError(
                "escaping cannot be switched off: a title could bring markup of its own",
                path=f"{NAME}/{name}",
                line=loose.lineno,
                advice="Take `autoescape` out.",
            )
    for name, draw, wanted in _trials(theme):
        try:
            html = draw()
        except Exception as error:  # whatever a publisher's template does
            raise _broken(error, f"templates/{name}") from None
        for what, text in wanted:
            if text not in html:
                own = _own_of(theme, name)
                raise ThemeError(
                    f"a page drawn with it lacks {what}",
                    path=f"{NAME}/templates/{own}",
                    advice=f'Begin with `{{% extends "medloc/{own}" %}}` and change its blocks.',
                )


def _own_of(theme: Theme, name: str) -> str:
    """The publisher's file that is probably to blame: the page's own, else the frame's."""
    own = [file.removeprefix("templates/") for file, _ in theme.files if "templates/" in file]
    return next((one for one in (name, "base.html") if one in own), own[0] if own else name)


def _broken(error: Exception, name: str) -> ThemeError:
    """An error of Jinja with the publisher's file and the line in it."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(_TEMPLATES)
    ]
    line = getattr(error, "lineno", None) or (frames[-1].lineno if frames else 0)
    written = getattr(error, "filename", None) or (frames[-1].filename if frames else "")
    said = getattr(error, "message", None) or str(error)
    return ThemeError(
        str(said),
        path=written or f"{NAME}/{name}",
        line=line or 0,
        advice="What templates are given is in docs/theme.md.",
    )


Trial = tuple[str, Callable[[], str], list[tuple[str, str]]]
"""A template's name, a page to draw with it, and (what it is, text) that must be there."""


def _trials(theme: Theme) -> Iterator[Trial]:
    # Own direction and language, so that a page which takes them from elsewhere is seen.
    language = Language("ar", "ar", "العربية", "rtl")
    other = (Language("en", "en", "English", "ltr"), "../../en/trial/index.html")
    own = words("ar")
    common = [
        ("the language and direction of the page", '<html lang="ar" dir="rtl"'),
        ("the security policy", f'content="{POLICY}'.replace("'", "&#39;")),
        ("the notice of a demonstration", own(DEMONSTRATION)),
        ("the style sheet", "assets/trial.css"),
    ]
    view = PageView(
        language,
        title="Trial title",
        description="Trial description",
        body_html='<h2 id="one">One</h2>\n<p>The <em>approved</em> words.</p>\n',
        root="../../",
        style="assets/trial.css",
        contents=(("one", "One", 2), ("two", "Two", 2), ("three", "Three", 3)),
        alternates=((language, "index.html"), other),
        source=other,
        reviewed=dt.date(2026, 3, 1),
        approved=dt.date(2026, 3, 2),
        edition=dt.date(2026, 3, 2),
        notices=(PageNotice.LAST_GOOD, PageNotice.OVERDUE),
        newer=True,
        proof="proof.json",
        code="0000-0000",
        roles=("medical",),
        high_risk_roles=("linguistic",),
        site_name="Trial site",
        address="https://example.org/ar/trial/",
        demonstration=True,
    )
    notices = [(f"the notice `{one}`", notice_text(one, view, own)) for one in view.notices]
    body = ("the body of the article", f"<article>\n{view.body_html}</article>\n")
    title = ("its title", f"{view.title}</h1>")
    proof = ("the link to its proof", 'href="proof.json"')
    yield "page.html", lambda: theme.page(view), [*common, *notices, body, title, proof]
    plain = replace(view, notices=(), source=None, proof="", approved=None, demonstration=False)
    yield "page.html", lambda: theme.page(plain), [body]
    yield "page.html", lambda: theme.page(replace(view, draft=True)), [("noindex", "noindex")]
    for notice in (PageNotice.WITHDRAWN, PageNotice.CORRECTING):
        down = replace(view, title="", description="", body_html="", notices=(notice,))
        said = (f"the notice `{notice}`", notice_text(notice, down, own))
        yield "page.html", lambda down=down: theme.page(down), [*common, said]  # type: ignore[misc]
    some = (ListItem("Trial title", "trial/index.html", "Trial description"),)
    listed = ListView(language, some, "../", "assets/trial.css", demonstration=True)
    yield "list.html", lambda: theme.list(listed), [*common, ("its articles", "trial/index.html")]
    yield "list.html", lambda: theme.list(replace(listed, articles=())), common
    root = RootView(language, (other,), "assets/trial.css", demonstration=True)
    yield "root.html", lambda: theme.root(root), [*common, ("its languages", other[1])]
    moved = RedirectView(language, "Trial", "../trial/index.html", "../../", "assets/trial.css")
    again = replace(moved, demonstration=True)
    yield "redirect.html", lambda: theme.redirect(again), [*common, ("the new address", moved.href)]

"""Content projects for the app: small, real, translated into es and ar, with nothing decided."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

from medloc.workflow.desk import Desk
from tests import content as small
from tests.content import ARTICLE, WORDS, Content, small_project

SETTINGS = small.SETTINGS.replace(
    "policy: {doors: [cli], checks: {all: off}}",
    "  - {id: ana, name: Ana Ruiz, roles: [medical], locales: [es]}\n"
    "policy: {doors: [app, cli]}\n"
    "site: {demonstration: true}",
)
_numbers = count(1)


def new_project(root: Path) -> Content:
    """A copy of the project, synced and translated; its index is made."""
    shutil.copytree(_template(), root)
    return Content(root)


def new_article(content: Content) -> str:
    """The slug of one more article, translated and indexed: a test's own on a shared server."""
    slug = f"fever-{next(_numbers)}"
    content.write(f"source_content/{slug}.md", ARTICLE)
    assert content("sync") == 0
    for locale, words in WORDS.items():
        content.translate(locale, words, slug)
    Desk(content.root).refresh()
    return slug


@cache
def _template() -> Path:
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    content = small_project(Path(folder) / "project", settings=SETTINGS)
    for locale, words in WORDS.items():
        content.translate(locale, words)
    return content.root

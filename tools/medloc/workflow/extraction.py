"""Articles as a source of messages for Babel: `medloc` in babel.cfg, so that `pybabel extract`
finds in `source_content/**.md` what `sync` writes into templates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from medloc.errors import UsageError
from medloc.workflow.entry_comments import comments_of
from medloc.workflow.project import open_project
from medloc.workflow.sources import read_one
from medloc.workflow.state import find_root

FUNCTION = "pgettext"  # what Babel calls a text with a context


def extract_messages(
    file: BinaryIO,
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: Mapping[str, str],
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """Yield (line, "pgettext", (context, text), comments) of each message of the article in `file`.

    An extraction method of Babel. Settings are those of the project around the file; `keywords`,
    `comment_tags` and `options` change nothing: an article has one reading. Raises ArticleError for
    an article that `sync` would refuse, UsageError for a file outside of a project's content.
    """
    path = Path(str(getattr(file, "name", ""))).absolute()
    project = open_project(find_root(path.parent))
    if not path.is_relative_to(project.root / project.settings.content):
        raise UsageError(
            f"{path.name} is no article: it is not below `{project.settings.content}`",
            advice=f"Write in babel.cfg: [medloc: {project.settings.content}/**.md]",
        )
    article = read_one(project, path)
    comments = comments_of(project, article, "")
    for message in article.messages:
        yield message.line, FUNCTION, (message.context, message.text), list(comments[message.id])

"""Images beside articles: that they are there, are images, and can only be looked at."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from medloc.errors import ArticleError
from medloc.model import Article
from medloc.phrases import phrase
from medloc.workflow.drawings import drawing_problem
from medloc.workflow.project import Project

MAX_IMAGE_BYTES = 20 * 1024 * 1024
IMAGES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})


def check_images(project: Project, article: Article) -> None:
    """Every image written as a relative address stands beside the article, inside the project."""
    for address, line in article.files:
        path = file_path(project, article, address)
        if PurePosixPath(address.partition("#")[0]).suffix.lower() not in IMAGES:
            raise ArticleError(
                phrase("`{address}` is no image that pages can show", address=address),
                path=article.path,
                line=line,
                advice=phrase("Use one of: {images}.", images=", ".join(sorted(IMAGES))),
            )
        if path is None or not path.is_file():
            raise ArticleError(
                phrase("the image `{address}` is not beside the article", address=address),
                path=article.path,
                line=line,
                advice=phrase(
                    "Put the file there, mend the address, or set `missing_files: allow`."
                ),
            )
        if path.stat().st_size > MAX_IMAGE_BYTES:
            raise ArticleError(
                phrase(
                    "the image `{address}` has more than {limit} MiB",
                    address=address,
                    limit=MAX_IMAGE_BYTES // 2**20,
                ),
                path=article.path,
                line=line,
                advice=phrase("Make it smaller."),
            )
        for own in own_images(project, article, address):
            _check_drawing(project, own)


def own_images(project: Project, article: Article, address: str) -> list[Path]:
    """The image an address names and, beside it, those of single locales (`name.es.svg`)."""
    plain = PurePosixPath(address)
    names = [address]
    for locale in project.locales(source=True):
        for name in {locale, project.settings.language(locale).tag}:
            names.append(plain.with_suffix(f".{name}{plain.suffix}").as_posix())
    found = [file_path(project, article, name) for name in names]
    return [path for path in found if path is not None and path.is_file()]


def _check_drawing(project: Project, path: Path) -> None:
    """An SVG is a document of its own when it is opened: it may draw, and nothing else."""
    if path.suffix.lower() != ".svg":
        return
    line, problem = drawing_problem(path.read_bytes())
    if problem:
        raise ArticleError(
            phrase("the drawing holds {problem}", problem=problem),
            path=path.relative_to(project.root).as_posix(),
            line=line,
            advice=phrase("Save it as a plain SVG: no script, no links, nothing from elsewhere."),
        )


def file_path(project: Project, article: Article, address: str) -> Path | None:
    """The file an image address names; None when it would leave the content folder."""
    content = (project.root / project.settings.content).resolve()
    name = unquote(address.partition("#")[0])  # an address may spell a blank as %20
    if "\x00" in name:
        return None
    path = (project.root / article.path).parent / PurePosixPath(name)
    return path if path.resolve().is_relative_to(content) else None

"""Articles as builds remember them: no body, only what other articles and lists ask of them."""

from __future__ import annotations

import datetime as dt
import json

from medloc.model import Article, Heading, Message, Notice, Skeleton, Standing, Verdict
from medloc.workflow.gate import Gated

_TUPLES = ("aliases", "files", "article_links")


def light(article: Article) -> Article:
    """An article without its body: its front matter, headings, links and notices."""
    return Article(
        article.slug, article.path, _front_matter(article.text), article.source_hash, article.title,
        tuple(message for message in article.messages if message.is_field), Skeleton(("",), ()),
        headings=tuple(Heading(h.level, h.id, (), -1, 0, False) for h in article.headings),
        aliases=article.aliases, reviewed=article.reviewed, review_by=article.review_by,
        codes=article.codes, files=article.files, article_links=article.article_links,
        notices=article.notices,
    )  # fmt: skip


def article_json(article: Article) -> str:
    """An article as `light` leaves it."""
    return json.dumps(
        {
            "slug": article.slug,
            "path": article.path,
            "text": article.text,
            "source_hash": article.source_hash,
            "title": article.title,
            "headings": [[heading.level, heading.id] for heading in article.headings],
            "aliases": article.aliases,
            "dates": [_spelled(article.reviewed), _spelled(article.review_by)],
            "files": article.files,
            "article_links": article.article_links,
            "notices": [[notice.path, notice.line, notice.text] for notice in article.notices],
        },
        ensure_ascii=False,
    )


def read_article_json(text: str) -> Article:
    """What `article_json` wrote; raises ValueError, KeyError or TypeError for anything else."""
    kept = json.loads(text)
    reviewed, review_by = map(_day, kept["dates"])
    return Article(
        kept["slug"], kept["path"], kept["text"], kept["source_hash"], kept["title"], (),
        Skeleton(("",), ()),
        headings=tuple(Heading(level, id_, (), -1, 0, False) for level, id_ in kept["headings"]),
        aliases=tuple(kept["aliases"]), reviewed=reviewed, review_by=review_by,
        files=tuple(map(tuple, kept["files"])),
        article_links=tuple(map(tuple, kept["article_links"])),
        notices=tuple(Notice(*notice) for notice in kept["notices"]),
    )  # fmt: skip


def as_listed(gated: Gated) -> Gated:
    """A gated article as lists and maps of the site know it: fields and dates, no body."""
    fields = [
        (message, words)
        for message, words in zip(gated.article.messages, gated.words, strict=True)
        if message.is_field
    ]
    decided = max((verdict.decided for verdict in gated.verdicts), default="")
    return Gated(
        light(gated.article), gated.locale, b"", tuple(words for _, words in fields), (),
        (Verdict(Standing.APPROVED, decided=decided),), gated.edition,
    )  # fmt: skip


def listed_json(gated: Gated) -> str:
    """What `as_listed` leaves of a gated article."""
    fields = {
        message.context: words
        for message, words in zip(gated.article.messages, gated.words, strict=True)
    }
    [verdict] = gated.verdicts
    rest = [gated.article.title, verdict.decided, _spelled(gated.edition)]
    return json.dumps([fields, *rest], ensure_ascii=False)


def read_listed_json(text: str, slug: str, locale: str) -> Gated:
    """What `listed_json` wrote."""
    fields, title, decided, edition = json.loads(text)
    messages = tuple(Message(slug, context, "", "meta", "", 1) for context in fields)
    article = Article(slug, "", "", "", title, messages, Skeleton(("",), ()))
    return Gated(
        article, locale, b"", tuple(fields.values()), (),
        (Verdict(Standing.APPROVED, decided=decided),), _day(edition),
    )  # fmt: skip


def _front_matter(text: str) -> str:
    return text[: text.find("\n---", 3) + 4] if text.startswith("---") else ""


def _spelled(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None

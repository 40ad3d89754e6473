"""`python -m tests.conformance --spec DIR --articles DIR`: every example and file as an article.

For each: the page filled with the source's own words equals the library's one call on the source.
For the examples of CommonMark, that equals the specification's HTML as well; extensions have
several dialects, so there the number of examples that the library reads otherwise is only told.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from medloc.articles import read_article
from medloc.errors import MedlocError
from medloc.markdown import html, page
from medloc.render import fill
from tests.conformance.comparing import normal

FRONT_MATTER = "---\ntitle: Conformance\n---\n"


class Case(NamedTuple):
    """One text to try; `expected` is the specification's HTML, None for real files; `dialect` says
    that other readings of the text are known."""

    name: str
    text: str
    expected: str | None = None
    dialect: bool = False


def failure(case: Case) -> str:
    """What is wrong with a case; empty when it conforms."""
    try:
        article = read_article(
            "conformance.md", (FRONT_MATTER + case.text).encode(), raw_html="allow"
        )
        words = {index: message.text for index, message in enumerate(article.messages)}
        filled = fill(article, words, {})
    except MedlocError as trouble:
        return str(trouble)
    body = article.text.removeprefix(FRONT_MATTER)
    if normal(filled) != normal(page(body)):
        return f"the identity page differs:\n{filled}\n--- from ---\n{page(body)}"
    if not case.dialect and reads_otherwise(case):
        return f"the library differs:\n{html(body)}\n--- from ---\n{case.expected}"
    return ""


def reads_otherwise(case: Case) -> bool:
    """Whether the library gives other HTML than the specification's authors."""
    expected = case.expected
    return expected is not None and normal(html(case.text), spec=True) != normal(
        expected, spec=True
    )


def groups(spec: Path | None, articles: Path | None) -> Iterator[tuple[str, list[Case]]]:
    """The cases of every specification file, and of the folder of articles."""
    for path in sorted(spec.glob("*.json")) if spec else ():
        examples = json.loads(path.read_text(encoding="utf-8"))
        dialect = not path.name.startswith("commonmark")
        yield (
            path.name,
            [Case(str(e["example"]), e["markdown"], e["html"], dialect) for e in examples],
        )
    if articles:
        files = sorted(articles.glob("*.md"))
        yield (
            articles.name,
            [Case(path.name, path.read_bytes().decode().replace("\r\n", "\n")) for path in files],
        )


def main(arguments: list[str] | None = None) -> int:
    """Print how many cases conform, and each that does not; 1 if any."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("--spec", type=Path, help="folder of JSON files with examples")
    parser.add_argument("--articles", type=Path, help="folder of Markdown files")
    options = parser.parse_args(arguments)
    failed = total = 0
    for name, cases in groups(options.spec, options.articles):
        failures = {case.name: text for case in cases if (text := failure(case))}
        for case_name, text in failures.items():
            print(f"{name} {case_name}: {text}\n")
        others = sum(1 for case in cases if case.dialect and reads_otherwise(case))
        told = f" (the library reads {others} otherwise than their authors)" if others else ""
        print(f"{name}: {len(cases) - len(failures)} of {len(cases)}{told}")
        failed += len(failures)
        total += len(cases)
    if not total:
        print("nothing to try: name a folder with --spec or --articles", file=sys.stderr)
    return 1 if failed or not total else 0


if __name__ == "__main__":
    sys.exit(main())

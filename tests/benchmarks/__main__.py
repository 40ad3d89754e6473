"""`make bench`: CPU seconds of each phase on real or generated articles, as whole processes.

Each phase runs the command line in a process of its own; figures are user + system seconds and peak
memory as the operating system counts them. Beside each stands a floor measured in the same run
(parsing with the Markdown library alone, writing the same files alone) and what the best peers
need for the same amount of work: published figures, scaled by messages.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from medloc import catalogs, markdown
from medloc.ledger import open_ledger
from medloc.model import Draft, Kind
from medloc.workflow.project import open_project
from medloc.workflow.sources import read_sources
from medloc.workflow.translations import load_catalog, translations

LOCALES = ("es", "fr", "de", "ru", "ar")
SETTINGS = """\
source: en
locales: [{locales}]
policy:
  {{normal: [medical], high_risk: [medical], source: [], raw_html: allow, missing_files: allow,
   doors: [cli], checks: {{all: off}}}}
people: [{{id: doctor, roles: [medical]}}]
"""
# CPU seconds for 500 articles, 17,000 messages, 5 locales, 2,500 pages (mdpo + Hugo).
PEER = {"extract": 2.9, "merge": 19.6, "cold build": 13.5, "nothing changed": 36.3}
PEER_MESSAGES, PEER_PAGES = 17_000, 2_500


@dataclass(frozen=True, slots=True)
class Figure:
    """CPU seconds and peak memory (MB) of a phase, and the messages and pages it handled."""

    phase: str
    cpu: float
    peak: float
    messages: int
    pages: int


def main() -> None:
    """Measure every phase and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, help="a folder of real Markdown files")
    parser.add_argument("--generate", type=int, default=100, help="or so many generated ones")
    parser.add_argument("--runs", type=int, default=3, help="the median of so many runs")
    parser.add_argument("--record", type=Path, help="write the table to this file, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        articles = write_articles(root, options.articles, options.generate)
        lines = measure(root, articles, options.runs)
        print("\n".join(lines), flush=True)
        if options.record:
            head = "# Benchmarks\n\n`make bench ARTICLES=... RECORD=1` wrote this page.\n"
            options.record.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def write_articles(root: Path, source: Path | None, count: int) -> int:
    """Fill the content folder; returns the number of articles."""
    content = root / "source_content"
    content.mkdir()
    texts = (
        {path.stem: path.read_text(encoding="utf-8") for path in sorted(source.glob("*.md"))}
        if source
        else {f"article-{n}": generated(n) for n in range(count)}
    )
    for stem, text in texts.items():
        name = re.sub(r"[^a-z0-9-]+", "-", stem.lower()).strip("-")[:80].strip("-")
        head = text.split("\n---\n")[0] if text.startswith("---\n") else ""
        if not head:
            text = f"---\ntitle: {name}\n---\n\n{text}"
        elif "\ntitle:" not in head:
            text = f"---\ntitle: {name}\n{text.removeprefix('---')[1:]}"
        (content / f"{name}.md").write_text(text, encoding="utf-8")
    return len(texts)


def generated(seed: int) -> str:
    """An article of about 35 messages of plain prose, always the same for a seed."""
    chance = random.Random(seed)
    words = [
        "the",
        "muscle",
        "nerve",
        "doctor",
        "can",
        "may",
        "not",
        "dose",
        "often",
        "when",
        "pain",
        "if",
        "rest",
        "after",
        "week",
    ]
    lines = [f"---\ntitle: Article {seed}\n---\n"]
    for section in range(8):
        lines.append(f"## Section {section} {{#s{section}}}\n")
        for _ in range(4):
            lines.append(" ".join(chance.choices(words, k=chance.randint(8, 30))).capitalize())
            lines.append(".\n\n")
    return "\n".join(lines)


def measure(root: Path, articles: int, runs: int) -> list[str]:
    """Run the phases in order; each is repeated on its own state and the median is kept."""
    settings = root / "medloc.yaml"
    settings.write_text(SETTINGS.format(locales=""))

    def fresh_templates() -> None:
        subprocess.run(["rm", "-rf", root / "locales", root / ".medloc"], check=True)

    extract = median("extract", root, ["sync"], fresh_templates, runs)
    settings.write_text(SETTINGS.format(locales=", ".join(LOCALES)))
    command(root, ["sync"])
    messages = translate_and_approve(root)
    pages = articles * (len(LOCALES) + 1)

    def clean() -> None:
        subprocess.run(["rm", "-rf", root / "site", root / ".medloc"], check=True)
        for path in root.glob("locales/*/LC_MESSAGES/**/*.mo"):
            path.unlink()

    cold = median("cold build", root, ["build", "--jobs", "1"], clean, runs)
    spread = median("cold build, a process per core", root, ["build"], clean, runs)
    nothing = median("nothing changed", root, ["build"], lambda: None, runs)
    changed = iter(range(10**6))

    def decide() -> None:
        again = next(changed)
        [first] = sorted(root.glob("source_content/*.md"))[:1]
        kind = ("withdraw", "approve")[again % 2]
        command(root, ["decide", kind, first.stem, LOCALES[0], "--as", "doctor"])

    decide()
    command(root, ["build"])
    one = median("one article approved", root, ["build"], decide, 1)

    def restyle() -> None:
        (root / "theme").mkdir(exist_ok=True)
        (root / "theme/style.css").write_text(f"body {{ margin: {next(changed)}px }}")

    theme = median("theme changed", root, ["build", "--jobs", "1"], restyle, runs)
    originals = {path: path.read_bytes() for path in (root / "source_content").glob("*.md")}
    states = {path: path.read_bytes() for path in root.glob("locales/**/*.po")}
    polib_floor = floor_polib(root)
    write_floor = floor_write(root)
    parse_floor = floor_parse(originals)

    def edit() -> None:
        for path, data in states.items():
            path.write_bytes(data)
        for number, (path, data) in enumerate(sorted(originals.items())):
            path.write_text(edited(data.decode(), number), encoding="utf-8")

    merge = median("merge", root, ["sync"], edit, runs)
    floors = {"extract": parse_floor, "merge": polib_floor, "cold build": write_floor,
              "theme changed": write_floor}  # fmt: skip
    built = (cold, spread, theme, one, nothing)
    figures = [
        replace(extract, messages=messages, pages=0),
        replace(merge, messages=messages, pages=0),
        *(replace(figure, messages=messages, pages=pages) for figure in built),
    ]
    edit()
    return [
        f"{articles} articles x {len(LOCALES)} locales, {messages} messages, {pages} pages; "
        f"median of {runs} runs; CPU seconds of whole processes, their children's too",
        "",
        "| phase | CPU s | peak MB | us/message | ms/page | x floor | mdpo + Hugo, scaled | |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
        *(row(figure, floors.get(figure.phase, 0.0)) for figure in figures),
        "",
        f"Floors, in the same run: parse all sources with the Markdown library alone "
        f"{parse_floor:.3f} s; read all catalogs with polib alone {polib_floor:.3f} s; write the "
        f"files of the site alone {write_floor:.3f} s; start of Python and `medloc --version` "
        f"{started(root):.3f} s.",
        *peers(root),
    ]


def row(figure: Figure, floor: float) -> str:
    """One line of the table; the peer's figure is scaled to the same number of messages."""
    scale = figure.messages / PEER_MESSAGES
    peer = PEER.get(figure.phase, 0.0) * scale
    per_message = figure.cpu / figure.messages * 1e6
    per_page = f"{figure.cpu / figure.pages * 1e3:.2f}" if figure.pages else ""
    above = f"{figure.cpu / floor:.1f}" if floor else ""
    ahead = f"{peer:.2f} | {peer / figure.cpu:.1f}x" if peer else " | "
    return (
        f"| {figure.phase} | {figure.cpu:.2f} | {figure.peak:.0f} | {per_message:.0f} | {per_page} "
        f"| {above} | {ahead} |"
    )


# A small process in between: what a child is said to have needed begins with its parent's memory.
LAUNCHER = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
sys.stderr.buffer.write(done.stderr)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
sys.exit(done.returncode)
"""


def command(root: Path, arguments: Sequence[str]) -> tuple[float, float]:
    """(CPU seconds, peak MB of the largest process) of one command of ours."""
    return measured([sys.executable, "-m", "medloc", "--project", str(root), *arguments])


def measured(command: Sequence[str]) -> tuple[float, float]:
    """(CPU seconds, peak MB of the largest process) of any command."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", LAUNCHER, *command],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise SystemExit(f"{command}: exit {done.returncode}\n{done.stderr[-2000:]}")
    cpu, peak = done.stdout.split()
    return float(cpu), float(peak)


def peers(root: Path) -> list[str]:
    """What other programs need for the same work in the same run, as far as they are installed."""
    lines = []
    if shutil.which("msgmerge"):
        cpu = 0.0
        for pot in sorted(root.glob("locales/templates/*.pot")):
            for locale in LOCALES:
                po = root / "locales" / locale / "LC_MESSAGES" / f"{pot.stem}.po"
                cpu += measured(["msgmerge", "-q", "-o", "/dev/null", str(po), str(pot)])[0]
        lines.append(f"msgmerge, every catalog with its edited template: {cpu:.2f} s.")
    return ["", "Peers, in the same run: " + " ".join(lines)] if lines else []


def median(
    phase: str, root: Path, arguments: Sequence[str], before: Callable[[], None], runs: int
) -> Figure:
    """The median run of a phase; `before` puts the project into the state it starts from."""
    found = []
    for _ in range(runs):
        before()
        found.append(command(root, arguments))
    cpu, peak = sorted(found)[len(found) // 2]
    return Figure(phase, cpu, peak, 0, 0)


def translate_and_approve(root: Path) -> int:
    """Give every message a wording, and approve it in the ledger; returns how many messages."""
    project = open_project(root)
    sources = read_sources(project)
    drafts: list[Draft] = []
    messages = 0
    for article in sources.articles.values():
        messages += len(article.messages)
        for locale in LOCALES:
            catalog = load_catalog(project, article.slug, locale)
            assert catalog is not None
            # "ñ" before the text: a wording that is not the source and keeps its structure.
            entries = tuple(replace(e, msgstr=f"ñ {e.msgid}") for e in catalog.entries)
            catalog = replace(catalog, entries=entries)
            path = root / project.catalog_name(article.slug, locale)
            path.write_bytes(catalogs.write_catalog(catalog))
            for translation in translations(project, article, locale, catalog):
                drafts += events(translation.pair, len(drafts))
    with open_ledger(project.settings.ledger, base=root).transaction() as ledger:
        ledger.append(drafts, at="2026-03-01T09:00:00Z")
    return messages


def events(pair: object, number: int) -> list[Draft]:
    """Who wrote a wording, and its approval."""
    from medloc.model import Pair

    assert isinstance(pair, Pair)
    proposal = Draft(
        f"bench-{number}", Kind.PROPOSE, "file", "import", "", pair.article, pair.locale,
        pair.context, pair.source, pair.target,
    )  # fmt: skip
    approval = replace(
        proposal, event_id=f"bench-{number}-a", kind=Kind.APPROVE, actor="doctor",
        role="medical", meaning="approved",
    )  # fmt: skip
    return [proposal, approval]


def edited(text: str, seed: int) -> str:
    """The article with one word more in 5 % of its paragraphs."""
    chance = random.Random(seed)
    head, _, body = text.partition("\n---\n")
    paragraphs = body.split("\n\n")
    for index, paragraph in enumerate(paragraphs):
        if re.match(r"[A-Z][a-z]+ ", paragraph) and chance.random() < 0.08:
            paragraphs[index] = paragraph.replace(" ", " really ", 1)
    return f"{head}\n---\n" + "\n\n".join(paragraphs)


def floor_parse(originals: dict[Path, bytes]) -> float:
    """CPU seconds to render every source with the Markdown library alone."""
    before = time.process_time()
    for data in originals.values():
        markdown.html(data.decode())
    return time.process_time() - before


def floor_polib(root: Path) -> float:
    """CPU seconds to read every catalog with polib alone."""
    import polib

    before = time.process_time()
    for path in root.glob("locales/*/LC_MESSAGES/*.po"):
        polib.pofile(str(path), wrapwidth=0)
    return time.process_time() - before


def floor_write(root: Path) -> float:
    """CPU seconds to write the files of the site again, without any care."""
    files = [
        (path.name, path.read_bytes()) for path in (root / "site").rglob("*") if path.is_file()
    ]
    folder = root / "floor"
    folder.mkdir()
    before = resource.getrusage(resource.RUSAGE_SELF)
    for number, (name, data) in enumerate(files):
        (folder / f"{number}-{name}").write_bytes(data)
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def started(root: Path) -> float:
    """CPU seconds of a command that does nothing."""
    return command(root, ["--version"])[0]


if __name__ == "__main__":
    main()

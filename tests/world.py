"""A small content project that anything can happen to, and what a naive reader knows of it.

It keeps its own list of what people said: each line the ledger gets is compared with what was asked
for. Every text holds a word of its own, so that words can be looked for in all files of the site.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import html.parser
import importlib.util
import json
import re
import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import note

from medloc import theme
from medloc.articles import read_article
from medloc.catalogs import read_catalog, write_catalog
from medloc.errors import UsageError
from medloc.ledger import export_lines, open_ledger
from medloc.model import Kind, Pair, Translation
from medloc.workflow.build import build
from medloc.workflow.built import Built
from medloc.workflow.decide import Outcome, decide
from medloc.workflow.project import Project, open_project
from medloc.workflow.requests import Request
from medloc.workflow.sources import Sources, read_sources
from medloc.workflow.sync import sync
from medloc.workflow.translations import load_catalog, translations, written_sources
from medloc.workflow.verify import verify
from tests import oracle
from tests.oracle import Address, Line, Rules, Said, Shown, Text

LOCALES = ("es", "ar")
EVERYWHERE = ("en", *LOCALES)
DOOR = "cli:test"
START = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
NBSP = "\u00a0"

# --- the texts: every one has a word of its own, all letters, so that it states no fact -----------

SENTENCES = {
    "title": ("Fever", "Fever today"),
    "description": ("What fever is", "What it is"),
    "intro": ("Read this for {n} minutes", "Please read this for {n} minutes"),
    "what": ("About fever", "More about fever"),
    "rest": ("Rest for {n} days at home", "Rest for {n} days *in bed*"),
    "limit": ("Fever is {{limit}} at hour {n}", "A fever is {{limit}} at hour {n}"),
    "help": ("When to call", "When you call"),
    "dose": ("Take {{dose}} in {n} parts", "Take 5\u00a0mg in {n} parts"),
    "call": ("Call after {n} hours", "Call us after {n} hours"),
}
FACTS = ("intro", "rest", "limit", "dose", "call")
PARAGRAPHS = ("intro", "rest", "limit", "dose", "call")
SECTIONS = ("start", "what", "help")
WHERE = {"intro": "start", "rest": "what", "limit": "what", "dose": "help", "call": "help"}
LEAD = {"es": "Palabras", "ar": "كلمات"}
WORD = re.compile(r"zq[a-z]+zq")
NAMES = ("fever", "cough")


def word(*parts: object) -> str:
    """A word of letters for something: no number, no fact."""
    name = hashlib.sha256(" ".join(map(str, parts)).encode()).hexdigest()[:8]
    return "zq" + "".join(chr(ord("a") + int(digit, 16)) for digit in name) + "zq"


def sentence(article: str, slot: str, fact: int, variant: int) -> str:
    """A source sentence: other facts, or the same ones in other words."""
    # Its words do not tell which fact: that is in the number.
    return f"{SENTENCES[slot][variant].format(n=fact + 3)} {word(article, slot, variant)}"


SLOT_OF = {
    word(article, slot, variant): slot
    for article in NAMES
    for slot in SENTENCES
    for variant in (0, 1)
}


def wording(locale: str, source: str, version: int, *, broken: bool = False) -> str:
    """A wording with the marks of its source, in words that depend on nothing else of it."""
    (own,) = WORD.findall(source)
    places = re.findall(r"\{[a-z]+\}", source)
    marked = " *aquí*" if "*" in source else ""
    article = next(name for name in NAMES if own in {word(name, SLOT_OF[own], v) for v in (0, 1)})
    text = " ".join((LEAD[locale], word(article, locale, SLOT_OF[own], version), *places))
    return text + marked + (" **rota**" if broken else "")


@dataclass
class Article:
    """What an author has in mind of one article."""

    name: str  # its words
    file: str  # without .md
    slug: str = ""
    slots: dict[str, tuple[int, int]] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)
    risky: frozenset[str] = frozenset({"help"})
    quantities: dict[str, int] = field(default_factory=lambda: {"limit": 38, "dose": 5})
    review_by: str = ""

    def text(self) -> str:
        """The file."""
        lines = ["---"]
        lines += [f"{name}: {self._said(name)}" for name in ("title", "description")]
        lines += [f"slug: {self.slug}"] * bool(self.slug)
        lines += [f"review_by: {self.review_by}"] * bool(self.review_by)
        lines += ["quantities:"]
        lines += [f"  limit: {{value: {self.quantities['limit']}, unit: celsius}}"]
        lines += [f"  dose: {{value: {self.quantities['dose']}, unit: milligram}}", "---"]
        for section in SECTIONS:
            inside = [slot for slot in PARAGRAPHS if self.where.get(slot) == section]
            if section != "start" and section in self.slots:
                lines += ["", f"## {self._said(section)} {{#{section}}}"]
            if section in self.risky and inside:
                lines += ["", "<!-- risk: high -->"]
            for slot in inside:
                lines += ["", self._said(slot)]
        return "\n".join(lines) + "\n"

    def _said(self, slot: str) -> str:
        return sentence(self.name, slot, *self.slots[slot])


def fever() -> Article:
    return Article("fever", "fever", slots=dict.fromkeys(SENTENCES, (0, 0)), where=dict(WHERE))


def cough() -> Article:
    slots = dict.fromkeys(("title", "description", "intro"), (0, 0))
    where = {"intro": "start"}
    return Article("cough", "cough", slots=slots, where=where, risky=frozenset())


# --- people and policy ----------------------------------------------------------------------------

PEOPLE: dict[str, tuple[str, ...]] = {
    "editor": ("roles: [editor, medical], locales: [en]", "roles: [medical], locales: [en]"),
    "writer": (
        "email: writer@example.org, roles: [translator, medical]",
        "email: writer@example.org, roles: [medical, linguistic], locales: [es]",
    ),
    "linguist": ("roles: [linguistic]", "roles: [linguistic], locales: [ar]"),
    "doctor": (
        "roles: [medical, linguistic]",
        "roles: [medical]",
        "roles: [medical, linguistic], until: 2026-03-02",
    ),
    "publisher": ("roles: [publisher]",),
}
POLICY: dict[str, tuple[str, ...]] = {
    "normal": ("[medical]", "[linguistic, medical]"),
    "high_risk": ("[linguistic, medical]", "[medical]"),
    "source": ("[medical]", "[]"),
    "incomplete": ("last_good", "withhold"),
    "grace": ("30", "0", "7"),
    "bulk_high_risk": ("false", "true"),
    "overdue": ("warn", "withhold"),
}


def settings_text(people: dict[str, int], policy: dict[str, int], ledger: str) -> str:
    rows = [f"  - {{id: {n}, name: {n.title()}, {PEOPLE[n][v]}}}" for n, v in people.items()]
    rules = [f"  {name}: {POLICY[name][v]}" for name, v in policy.items()]
    head = ["source: en", "locales: [es, ar]", f"ledger: {ledger}", "people:"]
    return (
        "\n".join([*head, *rows, "policy:", "  doors: [cli]", "  checks: {all: off}", *rules])
        + "\n"
    )


# --- pages as a reader has them -------------------------------------------------------------------


class Reader(html.parser.HTMLParser):
    """The words of a page: title, description, and the blocks inside `<article>`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.title, self.description, self.notices = "", "", []
        self.blocks: list[str] = []
        self._inside, self._open, self._notice = False, "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("name") == "description":
            self.description = given["content"] or ""
        if tag == "article":
            self._inside = True
        if given.get("class") == "notice":
            self._notice = True
            self._open = tag
            self.notices.append("")
        elif (tag == "h1" and not self._inside) or (self._inside and tag in ("h2", "p", "li")):
            self._open = tag
            if self._inside:
                self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._inside = False
        if tag == self._open:
            self._open, self._notice = "", False

    def handle_data(self, data: str) -> None:
        if self._notice:
            self.notices[-1] += data
        elif self._open and self._inside:
            self.blocks[-1] += data
        elif self._open == "h1":
            self.title += data


def plain(text: str) -> str:
    """Words as a reader sees them."""
    return re.sub("[*\u2068\u2069]", "", text)


NOTICES = {
    "withdrawn": "This page has been withdrawn.",
    "correcting": "This page is being corrected. Please come back later.",
}

# --- the machine ----------------------------------------------------------------------------------


def skeleton(text: str) -> tuple[list[str], list[str]]:
    """What a wording must share with its source."""
    return oracle.marks(text), sorted(re.findall(r"\{\w+\}", text))


@dataclass
class View:
    """A message on somebody's screen."""

    message: str
    section: str
    context: str
    pair: Pair
    shown: Shown


def tree(folder: Path) -> dict[str, tuple[int, int, int]]:
    """What would show that a file was written: inode, size, time."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            stat = path.stat()
            found[str(path)] = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
    return found


@functools.cache
def standalone() -> types.ModuleType:
    """tools/verify_site.py."""
    path = Path(__file__).parents[1] / "tools/verify_site.py"
    spec = importlib.util.spec_from_file_location("standalone_verifier", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@functools.cache
def template(home: str) -> tuple[Path, list[Said], dt.datetime]:
    """A project in which all is translated and approved: made once, copied for every run."""
    machine = World(Path(home) / "template")
    machine.begin()
    machine.do_sync()
    for slug in ("fever", "cough"):
        for locale in LOCALES:
            texts = {m.id: m.text for m in machine.sources().articles[slug].messages}
            for view in machine.screen(slug, locale):
                machine.put(slug, locale, view, wording(locale, texts[view.message], 0))
    machine.policy["bulk_high_risk"] = 1
    machine.write_settings()
    for person in ("editor", "doctor", "linguist", "writer"):
        machine.request(Kind.APPROVE, person)
    machine.policy["bulk_high_risk"] = 0
    machine.write_settings()
    return machine.root, machine.said, machine.now


class World:
    """A content project, and what was said about it; the steps that people can do."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.now = START
        self.said: list[Said] = []
        self.articles: dict[str, Article] = {}
        self.people = dict.fromkeys(PEOPLE, 0)
        self.policy = dict.fromkeys(POLICY, 0)
        self.ledger = "sqlite:///ledger.sqlite"
        self.ledgers = 0
        self.kept: dict[object, Any] = {}

    def begin(self) -> None:
        (self.root / "source_content").mkdir(parents=True)
        self.articles = {"fever": fever(), "cough": cough()}
        self.write_settings()
        for article in self.articles.values():
            self.write(article)

    # files

    def write_settings(self) -> None:
        text = settings_text(self.people, self.policy, self.ledger)
        (self.root / "medloc.yaml").write_text(text, "utf-8")

    def write(self, article: Article) -> None:
        path = self.root / f"source_content/{article.file}.md"
        path.write_text(article.text(), "utf-8")

    def once(self, key: object, make: Callable[[], Any]) -> Any:
        """What was made from the same files before, or made now: reading is most of the time."""
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]

    def project(self) -> Project:
        settings = (self.root / "medloc.yaml").read_bytes()
        return self.once(settings, lambda: open_project(self.root))

    def inputs(self) -> tuple[object, ...]:
        content = sorted((self.root / "source_content").glob("*.md"))
        files = [(self.root / "medloc.yaml"), *content]
        return tuple((path.name, path.read_bytes()) for path in files)

    def sources(self) -> Sources:
        sources = self.once(self.inputs(), lambda: read_sources(self.project()))
        assert not sources.refused, sources.refused
        return sources

    def catalog(self, slug: str, locale: str) -> Path:
        return self.root / f"locales/{locale}/LC_MESSAGES/{slug}.po"

    # what is on the screen

    def seen(self, translation: Translation) -> Shown:
        message, pair = translation.message, translation.pair
        words = translation.wording
        whole = message.is_field or skeleton(words) == skeleton(message.text)
        line = Line(message.context, pair.source, message.high_risk, message.is_field)
        return Shown(line, words, pair.target, translation.fuzzy, whole)

    def screen(self, slug: str, locale: str) -> list[View]:
        path = self.catalog(slug, locale)
        words = path.read_bytes() if path.is_file() else b""
        return self.once((self.inputs(), slug, locale, words), lambda: self._screen(slug, locale))

    def _screen(self, slug: str, locale: str) -> list[View]:
        project, article = self.project(), self.sources().articles[slug]
        catalog = None if locale == "en" else load_catalog(project, slug, locale)
        return [
            View(t.message.id, t.message.section, t.message.context, t.pair, self.seen(t))
            for t in translations(project, article, locale, catalog)
        ]

    def reading(self, slug: str, locale: str) -> Callable[[str], Text | None]:
        project = self.project()

        def read(file: str) -> Text | None:
            return self.once((slug, file), lambda: _read(file))

        def _read(file: str) -> Text:
            article = read_article(f"source_content/{slug}.md", file.encode(), slug=slug)
            written = written_sources(project, article)
            lines = (
                Line(m.context, text, m.high_risk, m.is_field)
                for m, text in zip(article.messages, written, strict=True)
            )
            return Text(file, tuple(lines))

        return read

    def rules(self) -> Rules:
        policy = self.project().settings.policy
        return Rules(
            policy.normal, policy.high_risk, policy.source, policy.incomplete, policy.grace
        )

    # the ledger

    def lines(self) -> list[bytes]:
        ledger = open_ledger(self.project().settings.ledger, base=self.root)
        return export_lines(ledger).splitlines()

    def hear(self) -> list[Said]:
        """What the ledger got since it was last listened to."""
        lines = self.lines()
        fresh = [oracle.hear(line) for line in lines[len(self.said) :]]
        self.said += fresh
        assert [one.number for one in self.said] == list(range(1, len(lines) + 1))
        return fresh

    # steps

    def do_sync(self, author: str = "") -> None:
        at = self.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        done = sync(self.project(), self.sources(), author=author, at=at)
        assert not done.troubles, done.troubles
        for one in self.hear():
            assert (one.kind, one.person) == ("propose", author)
            views = self.screen(one.spot[0], one.locale)
            pair = next(v for v in views if (v.context, v.pair.source) == one.spot[1:])
            assert pair.shown.target == one.target
            assert not pair.shown.fuzzy

    def put(
        self,
        slug: str,
        locale: str,
        view: View,
        text: str,
        *,
        fuzzy: bool = False,
        by_writer: bool = False,
    ) -> None:
        """Write into a catalog as a foreign tool would."""
        path = self.catalog(slug, locale)
        if not path.is_file():
            return
        catalog = read_catalog(path, name=path.name)
        found = self.sources().articles[slug]
        message = next(m for m in found.messages if m.id == view.message)
        entries = tuple(
            dataclasses.replace(e, msgstr=text, fuzzy=fuzzy and bool(text))
            if e.key == (message.context, message.text) and not e.obsolete
            else e
            for e in catalog.entries
        )
        headers = catalog.headers
        if by_writer:
            kept = tuple(h for h in headers if h[0] != "Last-Translator")
            headers = (*kept, ("Last-Translator", "Writer <writer@example.org>"))
        path.write_bytes(
            write_catalog(dataclasses.replace(catalog, entries=entries, headers=headers))
        )

    def author_in(self, slug: str, locale: str) -> str:
        path = self.catalog(slug, locale)
        known = path.is_file() and "writer@example.org" in path.read_text("utf-8")
        return "writer" if known else "file"

    def request(self, kind: Kind, person: str, **options: object) -> Outcome | None:
        """Ask; and hold what the ledger got against what was asked for."""
        given = {"articles": (), "locales": (), "reason": "because", **options}
        request = Request(kind=kind, actor=person, door=DOOR, **given)
        before = len(self.said)
        try:
            outcome = decide(self.project(), self.sources(), request, now=self.now)
        except UsageError as error:
            note(f"  usage: {error}")
            assert not self.hear()
            return None
        assert not outcome.troubles
        fresh = self.hear()
        note(f"  done {len(outcome.done)}, refused {[r.reason for r in outcome.refused]}")
        files = {slug: article.text() for slug, article in self.by_slug().items()}
        for one in fresh:
            if one.kind == "source":
                assert one.text == files[one.spot[0]]
            elif one.kind == "propose":
                follows = self.said[one.number]
                assert (follows.spot, follows.target) == (one.spot, one.target)
                assert one.person == ("file" if one.locale == "en" else self.author_in(
                    one.spot[0], one.locale))  # fmt: skip
                earlier = self.heard(one.locale, one.spot, one.target, self.said[: one.number - 1])
                assert not oracle.authors(earlier)
            else:
                assert (one.kind, one.person) == (kind.value, person)
                assert one.number in {done.number for done in outcome.done}
        assert {done.number for done in outcome.done} <= {one.number for one in self.said[before:]}
        return outcome

    def by_slug(self) -> dict[str, Article]:
        return {article.slug or article.file: article for article in self.articles.values()}

    def heard(
        self, locale: str, spot: oracle.Spot, target: str, said: list[Said] | None = None
    ) -> list[Said]:
        risky = any(
            view.shown.line.risky
            for view in (self.screen(spot[0], locale) if spot[0] in self.by_slug() else ())
            if (view.context, view.pair.source) == spot[1:]
        )
        known = self.said if said is None else said
        return oracle.about(known, locale, spot, target, risky=risky)

    def is_approved(self, slug: str, locale: str, view: View) -> bool:
        """Whether a message may be shown as it is."""
        line = view.shown.line
        spot = (slug, line.context, line.source)
        heard = oracle.about(self.said, locale, spot, view.shown.target, risky=line.risky)
        roles = self.rules().roles(line, is_source=locale == "en")
        down = oracle.taken_down(self.said, locale, spot, view.shown.target)
        return bool(view.shown.target) and oracle.approved(heard, roles) and not down

    # building and looking

    def build(self, publisher: str = "") -> Built:
        return build(self.root, today=self.now.date(), now=self.now, publisher=publisher)

    def expected(self) -> dict[tuple[str, str], Address]:
        found = {}
        today, rules = self.now.date(), self.rules()
        for slug, article in self.by_slug().items():
            for locale in EVERYWHERE:
                views = self.screen(slug, locale)
                file = article.text()
                address = oracle.address(
                    self.said,
                    slug,
                    locale,
                    Text(file, tuple(view.shown.line for view in views)),
                    [view.shown for view in views],
                    read=self.reading(slug, locale),
                    hash_of=lambda text: hashlib.sha256(text.encode()).hexdigest(),
                    rules=rules,
                    today=today,
                    is_source=locale == "en",
                )
                late = article.review_by and dt.date.fromisoformat(article.review_by) < today
                if late and POLICY["overdue"][self.policy["overdue"]] == "withhold":
                    address = Address("nothing")
                found[slug, locale] = address
        return found

    def check_site(self, built: Built | None) -> Iterable[Address]:
        """The site is what the oracle says, both ways; what it says."""
        expected = self.expected()
        site = self.root / "site"
        there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
        pages = {name for name in there if re.fullmatch(r"[^/]+/.+/index\.html", name)}
        up = [key for key, address in expected.items() if address.what != "nothing"]
        wanted = {f"{locale}/{slug}/index.html" for slug, locale in up}
        assert pages == wanted, f"too many {pages - wanted}, missing {wanted - pages}"
        allowed: dict[str, set[str]] = {}
        for (slug, locale), address in expected.items():
            if address.what != "nothing":
                self.check_page(slug, locale, address)
            allowed[f"{locale}/{slug}"] = set(WORD.findall(" ".join(address.words)))
            titles = [
                text for line, text in zip(address.lines, address.words, strict=True) if line.field
            ]
            allowed.setdefault(locale, set()).update(WORD.findall(" ".join(titles)))
        for name in there:
            data = (site / name).read_bytes().decode("utf-8", "replace")
            found = set(WORD.findall(data))
            may = allowed.get(name.rpartition("/")[0], set())
            assert found <= may, f"{name} holds words nobody may read: {found - may}"
            if name.count("/") == 1 and name.endswith("/index.html"):
                assert found == may, f"{name} lacks {may - found}"
        self.check_recalls(site)
        if built is not None:
            held = {(one.article, one.locale): one for one in built.withheld}
            assert held.keys() == {key for key, a in expected.items() if a.what != "current"}
            for key, one in held.items():
                assert one.reason
                assert one.shown.value == expected[key].what, (one, expected[key])
            words = [a for a in expected.values() if a.what in ("current", "last_good")]
            assert built.pages == len(words)
            assert not built.troubles
        return expected.values()

    def check_page(self, slug: str, locale: str, address: Address) -> None:
        folder = self.root / f"site/{locale}/{slug}"
        page = Reader((folder / "index.html").read_text("utf-8"))
        where = f"{locale}/{slug} ({address.what})"
        if address.what in NOTICES:
            assert not (folder / "proof.json").exists(), where
            assert (page.title, page.description, page.blocks) == ("", "", []), where
            assert page.notices == [theme.words(locale)(NOTICES[address.what])], where
            return
        pairs = list(zip(address.lines, address.words, strict=True))
        fields = {line.context: words for line, words in pairs if line.field}  # no Markdown
        blocks = [plain(words) for line, words in pairs if not line.field]
        assert page.title == fields["meta:title"], where
        assert page.description == fields["meta:description"], where
        assert page.blocks == blocks, where
        proof = json.loads((folder / "proof.json").read_bytes())
        assert proof.get("edition", "current") == address.what, where

    def check_recalls(self, site: Path) -> None:
        """`recalls.json` names exactly what stands recalled."""
        standing: dict[object, Said] = {}
        for one in self.said:
            if one.kind in oracle.LIFTING:
                standing[one.spot, one.locale, one.target] = one
        numbers = sorted(one.number for one in standing.values() if one.kind == "recall")
        rows = json.loads((site / "recalls.json").read_bytes())["recalls"]
        assert [row["event"] for row in rows] == numbers

    def check_proofs(self) -> None:
        """Both verifiers accept the site, unless editions are recorded and this one is not."""
        manifest = (self.root / "site/manifest.json").read_bytes()
        editions = [one.text for one in self.said if one.kind == "publish"]
        wanted = not editions or editions[-1] == hashlib.sha256(manifest).hexdigest()
        found = verify(self.root / "site", project=self.project())
        assert found.ok == wanted, found.failure
        export = self.root / "export.jsonl"
        export.write_bytes(b"".join(line + b"\n" for line in self.lines()))
        outcome = standalone().verify(self.root / "site", export)
        export.unlink()
        assert outcome["ok"] == wanted, outcome


# --- what may be decided --------------------------------------------------------------------------


def may(machine: World, kind: Kind, person: str, slug: str, locale: str, view: View) -> str:
    """The role in which somebody may say so of a message, empty when they may not."""
    project = machine.project()
    who, today, rules = project.settings.people[person], machine.now.date(), machine.rules()
    ended = who.until is not None and today > who.until
    held = [] if ended else [r for r in who.roles if not who.locales or locale in who.locales]
    line, target = view.shown.line, view.shown.target
    spot = (slug, line.context, line.source)
    heard = oracle.about(machine.said, locale, spot, target, risky=line.risky)
    roles = rules.roles(line, is_source=locale == "en")
    last = oracle.last_words(heard)
    anybody = held[0] if held and target.strip() else ""
    if kind is Kind.WITHDRAW:
        mine = last.get(person)
        return mine.role if mine is not None and mine.kind != "withdraw" else ""
    if kind in (Kind.REQUEST_CHANGES, Kind.RECALL):
        gone = kind is Kind.RECALL and oracle.recalled(machine.said, locale, spot, target)
        return "" if gone else anybody
    if kind is Kind.RESTORE:
        able = [r for r in (*roles, "editor", "publisher") if r in held]
        gone = oracle.recalled_here(machine.said, locale, spot, target)
        return able[0] if able and gone and anybody else ""
    if kind is Kind.WAIVE:
        able = [r for r in (*roles, "editor") if r in held]
        return able[0] if able and anybody and person not in oracle.authors(heard) else ""
    assert kind is Kind.APPROVE
    wrote = oracle.authors(heard)
    if not wrote and locale != "en":
        wrote = {machine.author_in(slug, locale)} | {
            one.person
            for one in machine.said
            if (one.kind, one.locale, one.spot[0], one.target) == ("propose", locale, slug, target)
        }
    proposals = [
        one
        for one in machine.said
        if one.kind == "propose" and one.locale == locale and one.spot == spot
    ]
    newest = proposals[-1].target if proposals else target
    older = newest != target and any(one.target == target for one in proposals)
    if (
        not anybody
        or person in wrote
        or oracle.recalled(machine.said, locale, spot, target)
        or view.shown.fuzzy
        or not view.shown.whole
        or older
    ):
        return ""
    free = list(roles)
    for one in heard:
        counts = last.get(one.person) == one and one.kind == "approve" and one.person != person
        if counts and one.person not in oracle.authors(heard) and one.role in free:
            free.remove(one.role)
    chosen = next((role for role in (*free, *roles) if role in held), "")
    mine = last.get(person)
    again = mine is not None and (mine.kind, mine.role) == ("approve", chosen)
    return "" if again else chosen

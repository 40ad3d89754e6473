"""`medloc export --format markdown`: approved words only, the source's bytes around them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from tests.content import ARTICLE, WORDS, Content, approved_project, small_project

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return approved_project(tmp_path_factory.mktemp("export"))


@pytest.fixture
def own(content: Content, tmp_path: Path) -> Content:
    """A copy that a test may change."""
    shutil.copytree(content.root, tmp_path / "own")
    return Content(tmp_path / "own")


def export(content: Content, locale: str, output: str = "out.md") -> tuple[int, str]:
    return content.say("export", "--format", "markdown", "fever", locale, "--output", output)


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def test_source_is_its_own_bytes_but_for_quantities_and_addresses(content: Content) -> None:
    assert export(content, "en")[0] == 0
    assert content.read("out.md") == ARTICLE.replace("{limit} or", "38°C or").replace(
        "[Call for help][help] at once. Take {dose}.",
        "[Call for help](<tel:112>) at once. Take 5\u00a0mg.",
    )


def test_translation_keeps_markup_ids_directives_and_front_matter(content: Content) -> None:
    assert export(content, "es")[0] == 0
    changed = [
        (old.strip(), new.strip())
        for old, new in zip(lines(ARTICLE), lines(content.read("out.md")), strict=True)
        if old != new
    ]
    assert changed == [
        ("title: Fever", "title: Fiebre"),
        ("description: What fever is.", "description: Qué es la fiebre."),
        ("Read this *first*.", "Lea esto *primero*."),
        ("## What fever is {#what}", "## Qué es la fiebre {#what}"),
        ("Fever is {limit} or more. See [the leaflet][leaflet].",
         "Hay fiebre con 38\u00a0°C o más. Vea [el folleto][leaflet]."),
        ("- Rest", "- Descanse"),
        ("- Drink **water**", "- Beba **agua**"),
        ("## When to get help {#help}", "## Cuándo pedir ayuda {#help}"),
        ("[Call for help][help] at once. Take {dose}.",
         "[Pida ayuda](<tel:112>) de inmediato. Tome 5\u00a0mg."),
    ]  # fmt: skip


def test_quantities_stay_isolated_in_right_to_left_text(content: Content) -> None:
    assert export(content, "ar")[0] == 0
    assert "(<tel:997>) فورًا. تناول <bdi>5\u00a0مغم</bdi>." in content.read("out.md")


def test_line_ends_and_mark_of_the_source_stay(own: Content) -> None:
    path = own.root / "source_content/fever.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert export(own, "en")[0] == 0
    written = (own.root / "out.md").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf---\r\n")
    assert written.count(b"\n") == written.count(b"\r\n") == ARTICLE.count("\n")


def test_nothing_leaves_that_is_not_approved_and_what_left_before_is_named(own: Content) -> None:
    assert export(own, "*", "out")[0] == 0
    before = own.read("out/es/fever.md")
    for person in ("doctor", "writer"):
        own("decide", "withdraw", "fever", "es", "--section", "what", "--as", person)
    own.translate("ar", {**WORDS["ar"], "Rest": "الراحة"})
    code, said = export(own, "*", "out")
    assert code == 1
    assert "refused: fever (es): 4 of its messages: 4 waiting for review" in said
    assert "refused: fever (ar): 1 of its messages: 1 waiting for review" in said
    assert "out/es/fever.md is from an earlier export: remove it" in said
    assert (own.read("out/es/fever.md"), own.read("out/en/fever.md")[:3]) == (before, "---")
    (own.root / "out/es/fever.md").unlink()
    [row] = own.json("export", "--format", "markdown", "fever", "es", "--output", "out/x.md")
    assert (row["path"], row["stale"]) == ("out/x.md", False)
    assert not (own.root / "out/x.md").exists()


def test_recalled_page_and_overdue_review_are_refused(own: Content) -> None:
    own("decide", "recall", "fever", "es", "--reason", "wrong dose", "--as", "doctor")
    assert "9 recalled" in export(own, "es")[1]
    overdue = ARTICLE.replace("title: Fever\n", "title: Fever\nreview_by: 2020-01-01\n")
    own.write("source_content/fever.md", overdue)
    assert export(own, "ar")[0] == 0
    own.write(
        "medloc.yaml", own.read("medloc.yaml").replace("policy: {", "policy: {overdue: withhold, ")
    )
    assert "the medical review was due on 2020-01-01" in export(own, "ar")[1]  # fmt: skip


@pytest.mark.parametrize(
    "output", ["out.txt", "source_content/out.md", "locales/es/out.md", "x/../source_content"]
)
def test_output_that_would_do_harm_is_refused(content: Content, output: str) -> None:
    before = sorted(content.root.rglob("*"))
    assert export(content, "es", output)[0] == 2
    assert sorted(content.root.rglob("*")) == before  # fmt: skip


def test_wording_that_would_be_another_block_is_refused_not_written(tmp_path: Path) -> None:
    article = "---\ntitle: A\n---\n\nTake <div>one</div> now.\n"
    content = small_project(tmp_path, article=article)
    content.translate("es", {"A": "A", "Take <div>one</div> now.": "<div>Uno</div> tome."})
    content.approve_all("es", "doctor")
    code, said = export(content, "es")
    assert code == 1
    assert "cannot be written as Markdown" in said
    assert not (tmp_path / "out.md").exists()


def test_sample_keeps_front_matter_and_directives_in_every_language(tmp_path: Path) -> None:
    for name in ("source_content", "locales", "medloc.yaml"):
        source, target = REPOSITORY / name, tmp_path / name
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    sample = Content(tmp_path)
    assert sample("ledger", "import", "locales/decisions.jsonl") == 0
    rows = sample.json("export", "--format", "markdown", "*", "*", "--output", "out")
    assert sorted({row["locale"] for row in rows if row["reason"]}) == ["ja", "sw"]
    written = [row for row in rows if not row["reason"]]
    assert len(written) == 18
    for row in written:
        text = sample.read(row["path"])
        source = sample.read(f"source_content/{row['article']}.md")
        front, kept = (yaml.safe_load(one.split("---\n")[1]) for one in (text, source))
        assert {key for key in kept if front[key] != kept[key]} <= {"title", "description"}
        assert front.keys() == kept.keys()
        assert "{beat_rate}" not in text
        comments = [line for line in source.splitlines() if line.startswith("<!--")]
        assert [line for line in text.splitlines() if line.startswith("<!--")] == comments

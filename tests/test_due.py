"""The list of pages to be read again: `medloc status --due`, and `decide reconfirm`."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from tests.content import ARTICLE, Content, approved_project

TODAY = dt.datetime.now(dt.UTC).date()


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("approved")
    approved_project(root)
    return root


@pytest.fixture
def content(approved: Path, tmp_path: Path) -> Content:
    shutil.copytree(approved, tmp_path / "project")
    return Content(tmp_path / "project")


def due(content: Content, days: int) -> list[tuple[str, int]]:
    """Locale and days left of what is listed that many days from now."""
    found = content.json("status", "--due", "--date", str(TODAY + dt.timedelta(days=days)))
    return [(row["locale"], row["days"]) for row in found]


def test_a_page_is_listed_90_days_before_a_year_is_over(content: Content) -> None:
    assert due(content, 365 - 91) == []
    assert due(content, 365 - 90) == [("ar", 90), ("en", 90), ("es", 90)]
    assert due(content, 366) == [("ar", -1), ("en", -1), ("es", -1)]


def test_the_list_says_what_is_urgent_and_what_to_do(
    content: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    content("status", "--due", "--date", str(TODAY + dt.timedelta(days=365 - 30)))
    said = capsys.readouterr()
    assert said.out.count("soon") == 3
    assert "medloc decide reconfirm" in said.err


def test_a_page_that_waits_for_a_decision_is_not_due(content: Content) -> None:
    content.translate("es", {"Rest": "Duerma"})
    assert due(content, 400) == [("ar", -35), ("en", -35)]


def test_a_page_read_again_is_due_a_year_later(content: Content) -> None:
    later = TODAY + dt.timedelta(days=1)
    lines = content.root / "lines.jsonl"
    assert content("decide", "reconfirm", "fever", "es", "--as", "linguist") == 0
    content("ledger", "export", "lines.jsonl")
    (content.root / "ledger.sqlite").unlink()
    text = lines.read_text("utf-8").splitlines()
    text[-1] = text[-1].replace(f'"at":"{TODAY}', f'"at":"{later}')
    lines.write_text("\n".join(text) + "\n", "utf-8")
    assert content("ledger", "import", "lines.jsonl") == 0
    assert due(content, 366) == [("ar", -1), ("en", -1), ("es", 0)]


def test_who_wrote_a_wording_cannot_reconfirm_the_page(content: Content) -> None:
    content.translate("es", {"Rest": "Duerma"})
    content("sync", "es", "--as", "writer")
    content("decide", "approve", "fever", "es", "--as", "doctor")
    refused = content.json("decide", "reconfirm", "fever", "es", "--as", "writer")["refused"]
    assert [row["reason"] for row in refused] == [
        "Writer wrote wordings of it: another person must read it."
    ]
    assert content("decide", "reconfirm", "fever", "es", "--as", "doctor") == 0


def test_an_unapproved_page_cannot_be_reconfirmed(content: Content) -> None:
    content.translate("es", {"Rest": "Duerma"})
    refused = content.json("decide", "reconfirm", "fever", "es", "--as", "doctor")["refused"]
    assert "1 waiting for review" in refused[0]["reason"]


def test_the_date_in_the_source_counts_too(content: Content) -> None:
    soon = TODAY + dt.timedelta(days=20)
    content.write(
        "source_content/fever.md", ARTICLE.replace("quantities:", f"review_by: {soon}\nquantities:")
    )
    assert due(content, 0) == [("en", 20)]


def test_no_yearly_review_where_none_is_wanted(content: Content) -> None:
    settings = content.read("medloc.yaml").replace("policy: {", "policy: {review_every: 0, ")
    content.write("medloc.yaml", settings)
    assert due(content, 5000) == []

"""A recall takes words off the site at once, whatever else fails; the command line all the way."""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from medloc import files
from medloc.workflow.memory import Memory
from tests.content import ARTICLE
from tests.governed import APPROVED, Governed, governed

BAD = ("--reason", "wrong dose")
PAGE, DATA = "es/fever/index.html", "es/fever/index.json"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Governed:
    return governed(tmp_path / "project", monkeypatch).on("2026-02-01")


def recall(content: Governed, *more: str, locale: str = "es") -> tuple[int, str]:
    return content.say("decide", "recall", "fever", locale, "--as", "writer", *BAD, *more)


def message(content: Governed, text: str) -> tuple[str, str]:
    return "--message", content.id(text)


def recalls(content: Governed) -> list[dict[str, Any]]:
    value = json.loads(content.read("site/recalls.json"))
    assert value.keys() == {"format", "recalls"}
    assert value["format"] == 1
    rows: list[dict[str, Any]] = value["recalls"]
    return rows


def after_publish(content: Governed, command: str) -> None:
    content.edit("medloc.yaml", "policy:", f"site: {{after_publish: '{command}'}}\npolicy:")


def is_withdrawn(content: Governed, tag: str = "es") -> bool:
    page = content.page(tag)
    return page is not None and 'class="notice"' in page and "<article>" not in page


# --- at once ------------------------------------------------------------------------------------


def test_a_recalled_message_is_in_no_file_of_the_site(content: Governed) -> None:
    assert content.holding("Descanse") == {PAGE, DATA}
    code, said = recall(content, *message(content, "Descanse"))
    assert code == 0
    assert "taken down at 09:00:00 UTC: es/fever/index.html" in said
    assert "the site stands again since 09:00:00 UTC" in said
    assert content.holding("Descanse") == set()
    assert is_withdrawn(content)
    assert not (content.root / "site/es/fever/proof.json").exists()
    assert not is_withdrawn(content, "ar")


def test_a_recalled_page_keeps_its_address_and_no_word_of_it_is_left(content: Governed) -> None:
    before = {words: content.holding(words) for words in ("Fiebre", "Descanse")}
    assert all(before.values())
    assert recall(content)[0] == 0
    assert {words: content.holding(words) for words in before} == {words: set() for words in before}
    assert is_withdrawn(content)
    assert "retirado" in str(content.page("es"))


def test_a_page_in_every_language(content: Governed) -> None:
    for locale in ("es", "ar"):
        assert recall(content, locale=locale)[0] == 0
    code, said = content.say("decide", "recall", "fever", "en", "--as", "editor", *BAD)
    assert (code, "taken down" in said) == (0, True)
    assert all(is_withdrawn(content, tag) for tag in ("en", "es", "ar"))


def test_old_addresses_and_the_list_do_not_show_a_recalled_title(content: Governed) -> None:
    content.source("title: Fever", "title: Fever\naliases: [heat]")
    assert content.build()["withheld"] == []
    assert {"es/heat/index.html", "es/index.html"} < content.holding("Fiebre")
    code, said = recall(content, *message(content, "Fiebre"))
    assert code == 0
    assert "taken down at 09:00:00 UTC: es/heat/index.html" in said
    assert content.holding("Fiebre") == set()
    assert content.page("es", "heat") is None


def test_recalls_json_names_pages_and_messages_and_no_words(content: Governed) -> None:
    def digest(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    assert recalls(content) == []
    recall(content, *message(content, "Descanse"))
    recall(content, locale="ar")
    first, second = [e for e in content.events() if e["kind"] == "recall"]
    assert recalls(content) == [
        {
            "article": "fever",
            "locale": "es",
            "event": first["number"],
            "at": "2026-02-01T09:00:00Z",
            "context": "what",
            "source": digest("Rest"),
            "target": digest("Descanse"),
        },
        {
            "article": "fever",
            "locale": "ar",
            "event": second["number"],
            "at": "2026-02-01T09:00:00Z",
        },
    ]
    manifest = json.loads(content.read("site/manifest.json"))
    wanted = hashlib.sha256((content.root / "site/recalls.json").read_bytes()).hexdigest()
    assert manifest["files"]["recalls.json"] == wanted


def test_a_page_goes_with_its_data_when_nothing_can_be_built_any_more(content: Governed) -> None:
    assert content.holding("Descanse") == {PAGE, DATA}
    content.write("site/manifest.json", "{")
    recall(content)
    assert content.holding("Descanse") == set()
    assert content.page("ar")


def test_a_restored_recall_is_no_longer_listed_and_the_page_is_back(content: Governed) -> None:
    page = content.page("es")
    recall(content)
    code, said = content.say(
        "decide", "restore", "fever", "es", "--as", "doctor", "--reason", "it was right"
    )
    assert (code, "after: medloc build" in said) == (0, True)
    assert is_withdrawn(content)
    content.build(APPROVED)
    assert recalls(content) == []
    assert content.page("es") == page


# --- what is shown is what is recalled ----------------------------------------------------------


@pytest.mark.parametrize("words", ["Duerma", ""])
def test_a_message_whose_older_words_are_still_up_loses_those_too(
    content: Governed, words: str
) -> None:
    content.translate("es", {"Rest": words})
    assert content.shown() == {"es": "last_good"}
    code, _ = recall(content, "--message", content.id("Rest"))
    assert code == 0
    assert content.holding("Descanse") == set()
    assert is_withdrawn(content)
    recalled = {e["target"] for e in content.events() if e["kind"] == "recall"}
    assert recalled == {"Descanse", words} - {""}


def test_words_still_up_for_an_earlier_source_text_go_too(content: Governed) -> None:
    content.source("- Rest", "- Rest.")
    content("sync")
    assert content.shown()["es"] == "last_good"
    assert recall(content, *message(content, "Rest."))[0] == 0
    assert content.holding("Descanse") == set()
    assert content.shown()["es"] == "withdrawn"


def test_a_message_recalled_twice_under_one_id_is_recalled_once(content: Governed) -> None:
    content.translate("es", {"Rest": "Duerma"})
    event = "7f1c0d94-63c2-4a57-9d7b-0a3b9e3e8f11"
    answers = [
        content.decide("recall", "es", "writer", *BAD, "--event", event, of="Rest") for _ in "12"
    ]
    assert answers[0] == answers[1]
    assert len(answers[0]["done"]) == 2
    assert len([e for e in content.events() if e["kind"] == "recall"]) == 2


def test_only_the_expected_pair_is_recalled_when_one_is_named(content: Governed) -> None:
    content.translate("es", {"Rest": "Duerma"})
    row = content.row("Duerma")
    code, said = recall(content, "--message", row["id"], "--expect", row["pair"])
    assert code == 0
    assert content.holding("Descanse") == {PAGE, DATA}
    assert "no page in site/ showed it" in said
    assert "--words" in said


def test_what_is_on_no_page_is_said_to_be_on_no_page(content: Governed) -> None:
    shutil.rmtree(content.root / "site")
    code, said = recall(content)
    assert (code, "there is no site in site/" in said) == (0, True)
    assert not (content.root / "site").exists()


# --- when something fails -----------------------------------------------------------------------


def break_folder(content: Governed) -> None:
    """Put a file where the build needs a folder."""
    (content.root / "site/assets").rename(content.root / "assets-aside")
    content.write("site/assets", "in the way")


def break_manifest(content: Governed) -> None:
    """Half a manifest."""
    content.write("site/manifest.json", "{")


@pytest.mark.parametrize("damage", [break_folder, break_manifest])
@pytest.mark.parametrize("whole", [True, False])
def test_a_page_is_gone_although_the_build_fails(
    content: Governed, damage: Any, *, whole: bool
) -> None:
    named = () if whole else message(content, "Descanse")
    damage(content)
    code, said = recall(content, *named)
    assert code == 2
    assert "1 done" in said
    assert "taken down at 09:00:00 UTC: es/fever/index.html" in said
    assert "stands again" not in said
    assert content.page("es") is None
    assert not (content.root / "site/es/fever/proof.json").exists()
    assert content.holding("Descanse") == set()
    assert content.page("ar")


def test_the_web_server_hears_of_it_although_the_build_fails(content: Governed) -> None:
    after_publish(content, "ls $MEDLOC_SITE/es/fever > seen.txt 2>&1; exit 0")
    break_folder(content)
    assert recall(content)[0] == 2
    assert "index.html" not in content.read("seen.txt")
    (content.root / "seen.txt").unlink()
    (content.root / "site/assets").unlink()
    assert content.say("build")[0] == 0
    assert "index.html" in content.read("seen.txt")


def test_a_recall_of_what_can_be_read_succeeds_beside_what_cannot(content: Governed) -> None:
    content.write("locales/ar/LC_MESSAGES/fever.po", "not a catalog")
    code, said = recall(content)
    assert code == 2
    assert "the site stands again" in said
    assert "locales/ar/LC_MESSAGES/fever.po:1:" in said
    assert is_withdrawn(content)


def test_one_page_that_cannot_be_deleted_keeps_no_other_up(
    content: Governed, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def refuse(self: Path, *, missing_ok: bool = False) -> None:
        if self.as_posix().endswith("site/ar/fever/index.html"):
            raise PermissionError(13, "Permission denied", str(self))
        unlink(self, missing_ok=missing_ok)

    break_folder(content)
    monkeypatch.setattr(Path, "unlink", refuse)
    code, said = content.say("decide", "recall", "fever", "*", "--as", "publisher", *BAD)
    assert code == 2
    assert "site/ar/fever/index.html: recalled, and still there" in said
    assert [content.page(tag) for tag in ("en", "es")] == [None, None]


def test_a_message_in_a_file_that_cannot_be_read_is_recalled_otherwise(content: Governed) -> None:
    identity = content.id("Descanse")
    content.write("locales/es/LC_MESSAGES/fever.po", "not a catalog")
    code, said = recall(content, "--message", identity)
    assert (code, "recall its words by --words, or its page" in said) == (2, True)
    assert content.holding("Descanse") == {PAGE, DATA}
    code, said = recall(content, "--words", "descanse")
    assert (code, "1 done" in said) == (2, True)
    assert content.holding("Descanse") == set()


@pytest.mark.parametrize("gone", [True, False])
def test_a_page_is_recalled_without_its_source(content: Governed, *, gone: bool) -> None:
    source = content.root / "source_content/fever.md"
    if gone:
        source.unlink()
    else:
        source.write_text("---\ntitle: [\n---\n", "utf-8")
        code, said = recall(content, "--message", "95477720247d")
        assert (code, "as a whole page, or by --words" in said) == (2, True)
        assert content.page("es")
    code, said = recall(content)
    assert "taken down at 09:00:00 UTC: es/fever/index.html" in said
    assert code == (0 if gone else 2)
    assert content.holding("Descanse") == set()
    source.write_text(ARTICLE, "utf-8")
    content.build()
    assert is_withdrawn(content)


# --- after_publish ------------------------------------------------------------------------------


def test_after_publish_runs_once_for_what_changed_and_not_for_nothing(content: Governed) -> None:
    after_publish(content, "echo ran >> ran.txt")
    recall(content)
    assert content.read("ran.txt") == "ran\n"
    assert content.say("build")[0] == 0
    assert content.read("ran.txt") == "ran\n"


def test_after_publish_runs_for_a_recall_whose_process_died(
    content: Governed, monkeypatch: pytest.MonkeyPatch
) -> None:
    after_publish(content, "ls $MEDLOC_SITE/es/fever > seen.txt 2>&1; exit 0")
    assert content.say("build")[0] == 0
    (content.root / "seen.txt").unlink(missing_ok=True)

    class DiedError(BaseException):
        pass

    def die(*_: object) -> None:
        raise DiedError

    with monkeypatch.context() as dying:
        dying.setattr(Memory, "commit", die)
        dying.setattr("medloc.workflow.takedown.hand_over", die)  # nothing runs after a kill
        with pytest.raises(DiedError):
            recall(content)
    assert not (content.root / "seen.txt").exists()
    assert content.say("build")[0] == 0
    assert (content.root / "seen.txt").exists()


def test_a_failing_after_publish_is_said_and_run_again_until_it_works(content: Governed) -> None:
    after_publish(content, "echo no route to host >&2; test -e network && echo ran >> ran.txt")
    code, said = recall(content)
    assert code == 2
    assert "exit code 1: no route to host" in said
    assert "Mend the command, then: medloc build" in said
    assert is_withdrawn(content)
    assert content.say("build")[0] == 2
    content.write("network", "")
    assert content.say("build")[0] == 0
    (content.root / ".medloc/build.json").unlink()  # what lets the next build do nothing
    assert content.say("build")[0] == 0
    assert content.read("ran.txt") == "ran\n"


# --- a build under way --------------------------------------------------------------------------


def test_a_build_under_way_cannot_put_the_page_back(
    content: Governed, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = content.root / "site"
    page = site / PAGE
    old = page.read_bytes()
    lock, waiting = files.lock, threading.Event()

    def tell(path: Path, **how: Any) -> Any:
        if path == site:
            waiting.set()
        return lock(path, **how)

    answers: list[tuple[int, str]] = []
    other = threading.Thread(target=lambda: answers.append(recall(content)))
    with lock(site, folder=content.root / ".medloc/locks", name="site"):
        monkeypatch.setattr(files, "lock", tell)
        other.start()
        assert waiting.wait(60)
        assert not page.exists(), "the page waits for somebody else's build"
        page.write_bytes(old)  # the build that does not know of the recall
        other.join(0.5)
        assert other.is_alive(), "the recall did not wait for the end of the build"
    other.join(60)
    [(code, said)] = answers
    assert code == 0
    assert "stands again" in said
    assert is_withdrawn(content)
    assert content.holding("Descanse") == set()

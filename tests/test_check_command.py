"""`medloc check` on projects and lone files, its formats, and what errors do to approvals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from medloc.cli import run
from tests.content import SETTINGS, WORDS, Content, approved_project, small_project

CHECKED = SETTINGS.replace(", checks: {all: off}", "")
WRONG = "Descanse 3 días"  # for "Rest"
WHY = ("--reason", "the source says so elsewhere")


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """A project with checks on and Spanish translated."""
    made = small_project(tmp_path, settings=CHECKED)
    made.translate("es", WORDS["es"])
    return made


@pytest.fixture
def wrong(content: Content) -> Content:
    """The same with a number that the source does not have."""
    content.translate("es", {"Rest": WRONG})
    return content


def printed(*arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command without a project."""
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = run(list(arguments))
    return code, out.getvalue(), err.getvalue()


def check(content: Content, *arguments: str) -> tuple[int, str, str]:
    return printed("--project", str(content.root), "check", *arguments)


def lines(output: str) -> Iterator[Any]:
    return (json.loads(line) for line in output.splitlines())


def po(*entries: str, header: str = "Language: es") -> str:
    head = f'msgid ""\nmsgstr ""\n"{header}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    return head + "".join(f"\n{entry}\n" for entry in entries)


def entry(source: str, target: str) -> str:
    return f'msgctxt "c"\nmsgid "{source}"\nmsgstr "{target}"'


def test_clean_project_is_silent_and_says_how_much_it_read(content: Content) -> None:
    code, out, err = check(content, "--locale", "es")
    assert (code, out) == (0, "")
    assert "9 translations checked" in err
    assert "nothing found" in err


def test_finding_shows_place_and_both_texts(wrong: Content) -> None:
    code, out, err = check(wrong)
    assert code == 1
    first, source, target, *more = out.splitlines()
    assert not more
    line = wrong.read("locales/es/LC_MESSAGES/fever.po").split('msgid "Rest"')[0].count("\n")
    assert first.startswith(f"locales/es/LC_MESSAGES/fever.po:{line}: error: numbers: ")
    assert source == "    source:      Rest"
    assert target == f"    translation: {WRONG}"
    assert "1 error" in err


def test_jsonl_has_the_fields_others_read(wrong: Content) -> None:
    _, out, _ = check(wrong, "--format", "jsonl")
    (line,) = lines(out)
    assert line["file"] == "locales/es/LC_MESSAGES/fever.po"
    assert line["msgid"] == "Rest"
    assert line["check"] == "numbers"
    assert line["severity"] == "error"
    (start, end), = line["target_spans"]  # fmt: skip
    assert WRONG[start:end].startswith("3")
    row = next(r for r in wrong.json("messages", "fever", "es") if r["id"] == line["id"])
    assert row["target"] == WRONG


def test_sarif_names_rules_and_places(wrong: Content) -> None:
    _, out, _ = check(wrong, "--format", "sarif")
    log = json.loads(out)
    assert log["version"] == "2.1.0"
    (result,) = log["runs"][0]["results"]
    rules = {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert result["ruleId"] == "numbers"
    assert rules >= {"numbers", "laterality"}
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "locales/es/LC_MESSAGES/fever.po"
    assert place["region"]["startLine"] > 1
    assert "suppressions" not in result


def test_github_annotations_escape_what_would_end_them(tmp_path: Path) -> None:
    path = tmp_path / "a,b:c.po"
    path.write_text(po(entry("Take 5 % now.", "Tome 5 ahora.")), encoding="utf-8")
    code, out, _ = printed("check", str(path), "--format", "github")
    assert code == 1
    assert out.startswith("::error file=")
    assert "a%2Cb%3Ac.po,line=" in out
    message = out.splitlines()[0].split("::", 2)[2]
    assert "%" in message
    assert not message.replace("%25", "").count("%")


def test_lone_file_needs_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("es.po").write_text(po(entry("Take 5 mg.", "Tome 50 mg.")), encoding="utf-8")
    code, out, _ = printed("check", "es.po", "--format", "jsonl")
    (line,) = lines(out)
    assert code == 1
    assert (line["file"], line["msgctxt"], line["locale"]) == ("es.po", "c", "es")


def test_without_project_and_file_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = printed("check")
    assert code == 2
    assert "Name PO files" in err


def test_locale_option_stands_for_a_missing_language(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_text(po(entry("1,500 people", "1.500 Menschen"), header="Language: "), "utf-8")
    code, _, err = printed("check", str(path))
    assert code == 2
    assert "names no language" in err
    assert printed("check", str(path), "--locale", "de")[0] == 0


def test_header_of_foreign_tools_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_text(po(entry("1.5 mg", "1,5 mg"), header="Language: pt-br"), "utf-8")
    assert printed("check", str(path))[0] == 0


def test_unknown_language_is_checked_without_words_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    text = po(entry("Take 5 mg.", "Ta 5 mg."), entry("Put 3 in.", "Ta 4."), header="Language: nb")
    path.write_text(text.replace('msgctxt "c"\nmsgid "Put', 'msgctxt "d"\nmsgid "Put'), "utf-8")
    code, out, err = printed("check", str(path), "--format", "jsonl")
    assert code == 1
    assert {line["check"] for line in lines(out)} == {"numbers"}
    assert "nb: no words of this language" in err
    assert "laterality" in err


def test_source_language_comes_from_the_header(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    header = 'Language: en\\\\n"\n"X-Source-Language: de'.replace("\\\\n", "\\n")
    path.write_text(po(entry("1.500 Menschen", "1,500 people"), header=header), "utf-8")
    assert printed("check", str(path))[0] == 0


def test_bad_file_is_named_and_the_others_are_checked(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(po('msgid "open\nmsgstr ""'), encoding="utf-8")
    (tmp_path / "b.po").write_text(po(entry("Take 5 mg.", "Tome 50 mg.")), encoding="utf-8")
    code, out, err = printed("check", str(tmp_path), "--format", "jsonl")
    assert code == 2
    assert [Path(line["file"]).name for line in lines(out)] == ["b.po"]
    assert "a.po:" in err


def test_plural_forms_are_compared_with_their_own_source(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    forms = 'msgid "one tablet"\nmsgid_plural "%d tablets"\nmsgstr[0] "un comprimido"\n'
    good = po(forms + 'msgstr[1] "%d comprimidos"')
    path.write_text(
        good.replace('es\\n"', 'es\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"')
    )
    assert printed("check", str(path))[0] == 0
    path.write_text(path.read_text("utf-8").replace("%d comprimidos", "%s comprimidos"))
    assert printed("check", str(path))[0] == 1


def test_glossary_file_is_used_and_a_bad_one_refused(tmp_path: Path) -> None:
    path, terms = tmp_path / "es.po", tmp_path / "terms.csv"
    path.write_text(po(entry("The vaccine works.", "El remedio funciona.")), encoding="utf-8")
    assert printed("check", str(path))[0] == 0
    terms.write_text("term,translation\nvaccine,vacuna\n", encoding="utf-8")
    code, out, _ = printed("check", str(path), "--glossary", str(terms))
    assert code == 1
    assert ": glossary: " in out
    assert printed("check", str(path), "--glossary", str(tmp_path / "no.csv"))[0] == 2


def test_project_uses_the_glossary_of_the_locale(content: Content) -> None:
    content.write("locales/es/glossary.yaml", "terms:\n  - {term: fever, accepted: [pirexia]}\n")
    code, out, _ = check(content, "--format", "jsonl")
    assert code == 1
    assert {line["check"] for line in lines(out)} == {"glossary"}
    content.write("locales/es/glossary.yaml", "terms: [oops\n")
    code, _, err = check(content)
    assert code == 2
    assert "locales/es/glossary.yaml" in err


def test_levels_of_the_policy_count(wrong: Content) -> None:
    def with_levels(levels: str) -> tuple[int, str, str]:
        wrong.write("medloc.yaml", CHECKED.replace("[cli]", f"[cli], checks: {{{levels}}}"))
        return check(wrong, "--format", "jsonl")

    assert next(lines(with_levels("numbers: warning")[1]))["severity"] == "warning"
    code, out, _ = with_levels("numbers: info")
    assert (code, next(lines(out))["severity"]) == (0, "info")
    assert with_levels("numbers: off")[:2] == (0, "")
    assert with_levels("all: off")[:2] == (0, "")
    code, _, err = with_levels("nubmers: off")
    assert code == 2
    assert "`numbers`" in err


def test_catalog_named_by_path_is_checked_as_the_projects(wrong: Content) -> None:
    path = wrong.catalog("es")
    code, out, _ = printed("--project", str(wrong.root), "check", str(path), "--format", "jsonl")
    assert code == 1
    assert [line["file"] for line in lines(out)] == ["locales/es/LC_MESSAGES/fever.po"]


# --- approvals -----------------------------------------------------------------------------------


def approve(content: Content, *arguments: str) -> Any:
    more = ("fever", "es", "--as", "doctor", *arguments)
    return content.json("decide", "approve", *more)


def id_of(content: Content, text: str) -> str:
    rows = content.json("messages", "fever", "es")
    return next(str(row["id"]) for row in rows if row["target"] == text)


def test_error_keeps_a_wording_from_being_approved(wrong: Content) -> None:
    refused = approve(wrong)["refused"]
    (one,) = [row for row in refused if "high risk" not in row["reason"]]
    assert one["message"] == id_of(wrong, WRONG)
    assert "[numbers]" in one["reason"]
    assert "medloc decide waive" in one["reason"]


def test_waived_error_blocks_no_more_and_only_for_these_words(wrong: Content) -> None:
    this = ("--message", id_of(wrong, WRONG))
    waive = ("decide", "waive", "fever", "es", "--as", "doctor", "--check", "numbers", *WHY)
    assert wrong(*waive, *this) == 0
    assert len(approve(wrong, *this)["done"]) == 1
    code, out, _ = check(wrong, "--format", "jsonl")
    (line,) = lines(out)
    assert (code, line["severity"], line["waived"]) == (0, "info", True)
    log = json.loads(check(wrong, "--format", "sarif")[1])
    assert log["runs"][0]["results"][0]["suppressions"]
    wrong.translate("es", {"Rest": "Descanse 4 días"})
    assert check(wrong)[0] == 1
    assert approve(wrong, "--message", id_of(wrong, "Descanse 4 días"))["refused"]


def test_warning_blocks_nothing(wrong: Content) -> None:
    wrong.write("medloc.yaml", CHECKED.replace("[cli]", "[cli], checks: {numbers: warning}"))
    assert len(approve(wrong, "--message", id_of(wrong, WRONG))["done"]) == 1


def test_waiving_a_check_nobody_knows_is_refused(wrong: Content) -> None:
    code, said = wrong.say(
        "decide", "waive", "fever", "es", "--as", "doctor", "--check", "nubmers", *WHY
    )
    assert code == 2
    assert "Did you mean `numbers`" in said


def test_glossary_that_cannot_be_read_refuses_approvals_of_its_locale(content: Content) -> None:
    content.write("locales/es/glossary.yaml", "terms: [oops\n")
    answer = approve(content)
    assert not answer["done"]
    assert all("cannot be checked" in r["reason"] or "high risk" in r["reason"]
               for r in answer["refused"])  # fmt: skip


def test_new_finding_on_an_approved_page_is_reported_and_takes_nothing_down(
    tmp_path: Path,
) -> None:
    content = approved_project(tmp_path)
    assert content("build") == 0
    before = content.page("es")
    assert before is not None
    content.write("medloc.yaml", CHECKED)
    content.write("locales/es/glossary.yaml", "terms:\n  - {term: fever, accepted: [pirexia]}\n")
    assert check(content, "--locale", "es")[0] == 1
    assert content("build") == 0
    assert content.page("es") == before


# --- what an attacker tried ----------------------------------------------------------------------


def waive(content: Content, *arguments: str, person: str = "doctor") -> Any:
    more = ("fever", "es", "--as", person, "--check", "numbers", *WHY, *arguments)
    return content.json("decide", "waive", *more)


def test_author_named_by_the_catalog_waives_nothing(wrong: Content) -> None:
    path = wrong.catalog("es")
    text = path.read_text("utf-8")
    path.write_text(
        text.replace('"Language: es', '"Last-Translator: W <writer@example.org>\\n"\n"Language: es')
    )
    this = ("--message", id_of(wrong, WRONG))
    assert "wrote this wording" in waive(wrong, *this, person="writer")["refused"][0]["reason"]
    assert waive(wrong, *this)["done"]


def test_waiver_is_about_one_sentence_and_something_found(wrong: Content) -> None:
    code, said = wrong.say(
        "decide", "waive", "*", "*", "--as", "doctor", "--check", "numbers", *WHY
    )
    assert (code, "one sentence" in said) == (2, True)
    other = ("--message", id_of(wrong, "Fiebre"))
    assert "finds nothing" in waive(wrong, *other)["refused"][0]["reason"]


def test_waiver_can_be_taken_back(wrong: Content) -> None:
    this = ("--message", id_of(wrong, WRONG))
    assert waive(wrong, *this)["done"]
    assert "already" in waive(wrong, *this)["refused"][0]["reason"]
    withdraw = ("decide", "withdraw", "fever", "es", "--as", "doctor", *this)
    assert wrong.json(*withdraw)["done"]
    assert wrong.json(*withdraw)["refused"]
    assert check(wrong)[0] == 1
    assert approve(wrong, *this)["refused"]


def test_policy_can_lower_what_a_check_grades_higher_itself(tmp_path: Path) -> None:
    settings = CHECKED.replace("[cli]", "[cli], checks: {negation-removed: warning}")
    article = "---\ntitle: Fever\ndescription: Rest.\n---\n\nDo not eat.\n"
    content = small_project(tmp_path, settings=settings, article=article)
    content.translate("es", {"Fever": "Fiebre", "Rest.": "Descanse.", "Do not eat.": "Coma."})
    found = lines(check(content, "--format", "jsonl")[1])
    graded = {(line["check"], line["severity"]) for line in found}
    assert ("negation-removed", "warning") in graded
    assert ("negation-removed", "error") not in graded


def test_language_header_opens_no_file(tmp_path: Path) -> None:
    (tmp_path / "evil.yaml").write_text("signals:\n  side: [x]\n", encoding="utf-8")
    path = tmp_path / "x.po"
    for language in (f"{tmp_path}/evil", "../evil", "es/../../evil", "Spanish"):
        path.write_text(po(entry("Take 5 mg.", "Tome 5 mg."), header=f"Language: {language}"))
        assert printed("check", str(path))[0] in (0, 2)


def test_terminals_and_build_servers_are_given_no_orders(tmp_path: Path) -> None:
    path, terms = tmp_path / "es.po", tmp_path / "t.csv"
    path.write_text(po(entry("The fever `a\\n::add-mask::x` is 5.", "La fiebre es 6.")), "utf-8")
    terms.write_text('term,translation\nfever,"\x1b[31mcalor\x1b]0;pwn\x07|ardor"\n', "utf-8")
    for form in ("text", "github"):
        _, out, err = printed("check", str(path), "--format", form, "--glossary", str(terms))
        assert "\x1b" not in out + err
        assert not [li for li in out.splitlines() if li.startswith("::add-mask")]


def test_glossary_that_is_a_link_out_of_the_project_is_not_read(
    content: Content, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("outside") / "secret.txt"
    secret.write_text("canary", encoding="utf-8")
    (content.root / "locales/es/glossary.csv").symlink_to(secret)
    code, _, err = check(content)
    assert (code, "link out of the project" in err, "canary" in err) == (2, True, False)


def test_file_that_cannot_be_read_is_in_every_report(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(po('msgid "open\nmsgstr ""'), encoding="utf-8")
    _, out, _ = printed("check", str(tmp_path), "--format", "github")
    assert out.startswith("::error file=")
    _, out, _ = printed("check", str(tmp_path), "--format", "sarif")
    assert json.loads(out)["runs"][0]["invocations"][0]["executionSuccessful"] is False


def test_folder_without_catalogs_is_no_success(tmp_path: Path) -> None:
    assert printed("check", str(tmp_path))[0] == 2


def test_decisions_are_not_carried_over_an_error(wrong: Content) -> None:
    this = ("--message", id_of(wrong, WRONG))
    assert waive(wrong, *this)["done"]
    assert approve(wrong, *this)["done"]
    article = wrong.read("source_content/fever.md")
    wrong.write("source_content/fever.md", article.replace("- Rest\n", "- Rest well\n"))
    wrong("sync")
    wrong.translate("es", {"Rest well": WRONG})
    moved = ("--message", id_of(wrong, WRONG))
    carry = ("decide", "carry-forward", "fever", "*", "--as", "editor", *moved, *WHY)
    (refused,) = wrong.json(*carry)["refused"]
    assert "[numbers]" in refused["reason"]

"""Every sentence of `sentences/<language>.yaml`: the clean translation raises no warning, and each
wrong one is caught by the check that it names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from medloc.checks import CHECKS, Context, run_checks
from medloc.model import Pair, Severity
from medloc.yaml_text import YamlList, YamlMapping, read_mapping

_FOLDER = Path(__file__).parent / "sentences"
_SHOWN = (Severity.ERROR, Severity.WARNING)


def _pairs() -> Iterator[tuple[str, YamlMapping]]:
    for file in sorted(_FOLDER.glob("*.yaml")):
        pairs = read_mapping(file.read_text("utf-8"), path=file.name)["pairs"]
        assert isinstance(pairs, YamlList)
        for pair in pairs:
            assert isinstance(pair, YamlMapping)
            yield file.stem, pair


def _clean() -> Iterator[object]:
    for language, pair in _pairs():
        source, clean = str(pair["source"]), str(pair["clean"])
        yield pytest.param(language, source, clean, id=f"{language}-{pair.line}")


def _wrong() -> Iterator[object]:
    for language, pair in _pairs():
        wrong = pair.get("wrong", YamlMapping())
        assert isinstance(wrong, YamlMapping)
        for check, target in wrong.items():
            yield pytest.param(
                language, str(pair["source"]), check, str(target),
                id=f"{language}-{pair.line}-{check}",
            )  # fmt: skip


def _findings(language: str, source: str, target: str) -> dict[str, str]:
    """Check -> message of what is shown for one pair."""
    pair = Pair("sentences.po", language, "", source, target)
    [findings] = run_checks([pair], Context(target=language))
    return {one.check: one.message for one in findings if one.severity in _SHOWN}


@pytest.mark.parametrize(("language", "source", "clean"), list(_clean()))
def test_a_careful_translation_raises_nothing(language: str, source: str, clean: str) -> None:
    assert _findings(language, source, clean) == {}


@pytest.mark.parametrize(("language", "source", "check", "wrong"), list(_wrong()))
def test_the_error_is_caught(language: str, source: str, check: str, wrong: str) -> None:
    assert check in {one.name for one in CHECKS}, f"no such check: {check}"
    assert check in _findings(language, source, wrong)

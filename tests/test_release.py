"""The gate: what Babel compiled is read back and compared; nothing falls back."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from medloc.model import Message
from medloc.release import GateError, compile_words, read_words, released


def message(text: str, context: str = "start") -> Message:
    return Message("clonus", context, text, "start", "paragraph", 1)


WORDS = [
    (message("Do not drive."), "No conduzca."),
    (message("Do not drive.", "safety"), "No conduzca nunca."),
    (message("100% {dose} %(x)s \\\nnew"), "100\u00a0% 5\u00a0mg %(x)s \\\nnueva"),
]


def test_what_was_approved_is_what_is_read_back() -> None:
    found = released(compile_words("es", WORDS), WORDS)
    assert found == {(m.context, m.text): wording for m, wording in WORDS}


def test_the_same_words_give_the_same_bytes_in_any_order() -> None:
    assert compile_words("es", WORDS) == compile_words("es", WORDS[::-1])


def test_a_lookup_fails_rather_than_falls_back() -> None:
    compiled = compile_words("es", WORDS)
    with pytest.raises(GateError, match="not in the compiled catalog"):
        read_words(compiled, [message("Do not drive.", "elsewhere")])


def test_a_wording_that_is_not_the_approved_one_is_refused() -> None:
    compiled = compile_words("es", [(WORDS[0][0], "Conduzca.")])
    with pytest.raises(GateError, match="another wording"):
        released(compiled, [WORDS[0]])


def test_an_empty_wording_is_never_compiled() -> None:
    with pytest.raises(GateError, match="no approved wording"):
        compile_words("es", [(message("Rest."), "")])


@pytest.mark.tools
@pytest.mark.skipif(not shutil.which("msgunfmt"), reason="gettext is not installed")
def test_gettext_reads_the_file_and_finds_no_date(tmp_path: Path) -> None:
    path = tmp_path / "es.mo"
    path.write_bytes(compile_words("es", WORDS))
    text = subprocess.run(["msgunfmt", path], capture_output=True, check=True).stdout.decode()
    assert 'msgstr "No conduzca."' in text
    assert "Date" not in text

"""Tags."""

from __future__ import annotations

import pytest

from medloc.checks.tags import tags
from tests.checks.pairing import alarms


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "A <b>red</b> eye.<br>", "Un ojo <b>rojo</b>.<br>", id="tags kept"),
        pytest.param(
            "es",
            "<a href='x' title='Help'>h</a>",
            "<a href='x' title='Ayuda'>a</a>",
            id="attribute translated",
        ),
        pytest.param("es", "p < 0.05 and a <b", "p < 0,05 y a < b", id="less than"),
        pytest.param("es", "<i>a</i> <b>c</b>", "<b>c</b> <i>a</i>", id="order free"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert not alarms(tags, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "A <b>red</b> eye.<br>", "Un ojo <b>rojo<b>.<br>", id="not closed"),
        pytest.param(
            "es", "A <b>red</b> eye.<br>", "Un ojo < b >rojo</b>.<br>", id="blanks inside"
        ),
        pytest.param("es", "A <b>red</b> eye.<br>", "Un ojo <b>rojo.<br>", id="end gone"),
        pytest.param("es", "A <b>red</b> eye.<br>", "Un ojo rojo.<br>", id="tags gone"),
        pytest.param("es", "A <b>red</b> eye.<br>", "Un ojo </b>rojo<b>.<br>", id="wrong order"),
        pytest.param("zh_Hans", "A <b>red</b> eye.<br>", "＜b＞红＜/b＞眼<br>", id="full-width"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    found = alarms(tags, locale, source, target)
    assert found
    assert all(0 <= start < end <= len(target) for one in found for start, end in one.target)

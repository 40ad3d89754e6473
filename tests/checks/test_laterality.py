"""Left and right exchanged."""

from __future__ import annotations

import pytest

from medloc.checks.laterality import laterality
from medloc.checks.reading import Context, Reading, Side
from medloc.model import Pair


def messages(locale: str, source: str, target: str) -> list[str]:
    """What the check says of a pair."""
    pair = Pair("a.md", locale, "", source, target)
    reading = Reading(pair, Side(source, "en"), Side(target, locale), Context(locale))
    return [issue.message for issue in laterality(reading)]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param(
            "es",
            "Put one drop in the left eye.",
            "Ponga una gota en el ojo izquierdo.",
            id="same side",
        ),
        pytest.param("es", "Look at the right knee.", "Mire la rodilla.", id="side left out"),
        pytest.param(
            "fr",
            "The left lung, then the right one.",
            "Le poumon gauche, puis le droit.",
            id="both sides",
        ),
        pytest.param(
            "es",
            "You have the right to refuse.",
            "Usted tiene derecho a negarse.",
            id="right as a claim",
        ),
        pytest.param("xx", "The left eye.", "right right", id="language without a list"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target) == []


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param(
            "es", "Put one drop in the left eye.", "Ponga una gota en el ojo derecho.", id="es"
        ),
        pytest.param(
            "fr",
            "Put one drop in the right ear.",
            "Mettez une goutte dans l’oreille gauche.",
            id="fr",
        ),
        pytest.param("ar", "The left hand hurts.", "اليد اليمنى تؤلم.", id="ar"),
        pytest.param("ru", "Lie on the left side.", "Лягте на правый бок.", id="ru"),
        pytest.param("zh", "Put one drop in the left eye.", "右眼滴一滴。", id="zh"),
        pytest.param(
            "es",
            "Left arm first. Then the left leg.",
            "Primero el brazo izquierdo. Luego la pierna derecha.",
            id="one of two",
        ),
        pytest.param(
            "es",
            "Cut the left nail. Keep the right nail.",
            "Corte la uña derecha. Conserve la uña izquierda.",
            id="two sentences crossed",
        ),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target)


EYES = [
    ("es", "el ojo izquierdo", "el ojo derecho"),
    ("fr", "l’œil gauche", "l’œil droit"),
    ("de", "das linke Auge", "das rechte Auge"),
    ("it", "l'occhio sinistro", "l'occhio destro"),
    ("pt", "o olho esquerdo", "o olho direito"),
    ("ru", "в левый глаз", "в правый глаз"),
    ("uk", "у ліве око", "у праве око"),
    ("pl", "do lewego oka", "do prawego oka"),
    ("tr", "sol göze", "sağ göze"),
    ("ar", "العين اليسرى", "العين اليمنى"),
    ("fa", "چشم چپ", "چشم راست"),
    ("he", "בעין שמאל", "בעין ימין"),
    ("hi", "बाईं आंख में", "दाईं आंख में"),
    ("bn", "বাম চোখে", "ডান চোখে"),
    ("id", "mata kiri", "mata kanan"),
    ("sw", "jicho la kushoto", "jicho la kulia"),
    ("zh", "左眼", "右眼"),
    ("ja", "左目", "右目"),
    ("ko", "왼쪽 눈", "오른쪽 눈"),
    ("vi", "mắt trái", "mắt phải"),
]


@pytest.mark.parametrize(("locale", "left", "right"), EYES)
def test_every_language_tells_left_from_right(locale: str, left: str, right: str) -> None:
    assert messages(locale, "in the left eye", left) == []
    assert messages(locale, "in the right eye", right) == []
    assert messages(locale, "in the left eye", right)
    assert messages(locale, "in the right eye", left)

"""A negation that the source does not have."""

from __future__ import annotations

import pytest

from medloc.checks.negation_added import negation_added
from medloc.checks.reading import Context, Reading, Side
from medloc.model import Pair


def messages(locale: str, source: str, target: str) -> list[str]:
    """What the check says of a pair."""
    pair = Pair("a.md", locale, "", source, target)
    reading = Reading(pair, Side(source, "en"), Side(target, locale), Context(locale))
    return [issue.message for issue in negation_added(reading)]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "It is safe.", "Es segura.", id="es"),
        pytest.param("es", "Avoid alcohol.", "No beba alcohol.", id="avoid"),
        pytest.param("fr", "Take it only at night.", "Ne le prenez pas le jour.", id="only"),
        pytest.param("es", "The cause is unknown.", "No se conoce la causa.", id="unknown"),
        pytest.param("es", "Take up to 4 tablets.", "No tome más de 4 comprimidos.", id="at most"),
        pytest.param("es", "Wear non-latex gloves.", "Use guantes que no sean de látex.", id="non"),
        pytest.param("xx", "It is safe.", "not safe", id="language without a list"),
        pytest.param("pl", "If you are under 18.", "Jeśli nie masz 18 lat.", id="under an age"),
        pytest.param("vi", "Check if it works.", "Kiểm tra xem có hoạt động không.", id="whether"),
        pytest.param("tr", "Check if it works.", "Çalışıp çalışmadığını denetleyin.", id="both"),
        pytest.param("tr", "Take up to 4 g.", "4 g'dan fazla alınmaz.", id="at most, behind"),
        pytest.param("de", "Remember to eat.", "Vergessen Sie nicht zu essen.", id="remember"),
        pytest.param("zh", "Don‘t go.", "不要去。", id="another apostrophe"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target) == []


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "It is safe.", "No es segura.", id="es"),
        pytest.param(
            "fr",
            "The drug may cause fever.",
            "Le médicament ne peut pas causer de fièvre.",
            id="fr",
        ),
        pytest.param("ru", "You may drive.", "Вы не можете водить машину.", id="ru"),
        pytest.param("ar", "The vaccine can be given.", "لا يمكن إعطاء اللقاح.", id="ar"),
        pytest.param("zh", "You can drive.", "您不可以开车。", id="zh"),
        pytest.param("tr", "You can drive.", "Araba kullanamazsınız.", id="tr"),
        pytest.param(
            "es",
            "Do not eat. You can drink.",
            "No coma. No puede beber.",
            id="in the sentence without one",
        ),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target)


def test_one_negation_more_than_the_source_is_caught() -> None:
    source = "If you do not smoke, you can exercise."
    assert messages("de", source, "Wenn Sie nicht rauchen, können Sie nicht trainieren.")
    assert messages("vi", source, "Nếu không hút thuốc, bạn không thể tập.")
    assert not messages("de", source, "Wenn Sie nicht rauchen, können Sie trainieren.")


def test_negations_that_go_along_or_are_shared_out_pass() -> None:
    assert not messages("es", "There is no vaccine.", "No existe ninguna vacuna.")
    assert not messages("ru", "Do not eat or drink.", "Не ешьте и не пейте.")
    assert not messages("de", "There is no soap or water.", "Keine Seife, kein Wasser.")

"""Words of the source inside a translation."""

import pytest

from medloc.checks.partly_untranslated import partly_untranslated
from medloc.model import Severity
from tests.checks.pairing import issues

SOURCE = "Stop the medicine and call your doctor if the rash spreads to your face."


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("es", "Deje el medicamento y llame a your doctor if the rash spreads to your face."),
        ("de", "Setzen Sie das Mittel ab und rufen Sie if the rash spreads to your face."),
        ("ru", "Прекратите приём и вызовите your doctor if the rash spreads to your face."),
        ("ar", "أوقف الدواء واتصل your doctor if the rash spreads to your face."),
        ("hi", "दवा बंद करें और your doctor if the rash spreads to your face."),
        ("zh_Hans", "请停药并 call your doctor if the rash spreads to your face."),
        ("th", "หยุดยาและ call your doctor if the rash spreads to your face."),
    ],
)
def test_a_half_left_in_english_is_an_error(locale: str, target: str) -> None:
    assert [i.severity for i in issues(partly_untranslated, locale, SOURCE, target)] == [
        Severity.ERROR
    ]


def test_two_small_english_words_in_another_script_are_a_warning() -> None:
    (issue,) = issues(
        partly_untranslated,
        "ru",
        "The receptor allows virus entry.",
        "Рецептор обеспечивает virus entry.",
    )
    assert issue.severity is Severity.WARNING
    assert issue.target == ((22, 33),)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("es", "The Centers for Disease Control and Prevention advise masks.",
         "Los Centers for Disease Control and Prevention recomiendan mascarillas."),
        ("ru", "It grows in vitro and in vivo.", "Растёт in vitro и in vivo."),
        ("fr", "Drugs such as remdesivir, ribavirin, favipiravir help.",
         "Des médicaments (remdesivir, ribavirin, favipiravir) aident."),
        ("ar", "See the “real-time panel” of the lab.", "انظر “real-time panel” في المختبر."),
        ("ja", "See the [fact sheet][who-ms] of WHO.", "WHOの[資料][who-ms]を参照。"),
        ("sw", "Read about [multiple sclerosis][who-ms].", "Soma: [multiple sclerosis][who-ms]."),
        ("es", "Candida albicans causes thrush.", "Candida albicans causa candidiasis."),
    ],
)  # fmt: skip
def test_names_terms_in_quotes_and_latin_may_stay(locale: str, source: str, target: str) -> None:
    assert not [
        i for i in issues(partly_untranslated, locale, source, target)
        if i.severity is Severity.ERROR
    ]  # fmt: skip
    if locale != "sw":
        assert not issues(partly_untranslated, locale, source, target)


def test_an_untranslated_text_is_left_to_its_own_check() -> None:
    assert not issues(partly_untranslated, "es", SOURCE, SOURCE)

"""Glossaries: three formats read as the same terms, and everything else refused with its line."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medloc.glossary import (
    GlossaryError,
    read_glossary,
    read_glossary_csv,
    read_glossary_tbx,
    read_glossary_yaml,
)
from medloc.model import Term

TBX_2 = b"""<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body>
<termEntry id="c1">
 <langSet xml:lang="en"><tig><term>fever</term></tig></langSet>
 <langSet xml:lang="es">
  <tig><term>temperatura</term></tig>
  <tig><term>calentura</term>
   <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
  <ntig><termGrp><term>fiebre</term>
   <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig>
 </langSet>
</termEntry></body></text></martif>"""

TBX_3 = """<tbx style="dct" type="TBX-Min" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min"><text><body>
<conceptEntry id="c1"><note>of the ankle</note>
 <langSec xml:lang="en-US"><termSec><term>clonus &amp; <hi>spasm</hi></term></termSec></langSec>
 <langSec xml:lang="es-ES"><termSec><term>clonus y espasmo</term></termSec></langSec>
 <langSec xml:lang="ru"><termSec><term>клонус</term>
  <min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>""".encode()


def test_csv_of_two_columns() -> None:
    terms = read_glossary_csv(b"term,translation\ncough,tos\n", name="es.csv")
    assert terms == (Term("cough", ("tos",)),)


def test_csv_as_a_spreadsheet_saves_it() -> None:
    data = (
        "\ufeffTerm,Translation,Forbidden,Note,Keep\r\n\r\n fever ,fiebre|alza* ,calentura,x,\r\n"
    )
    terms = read_glossary_csv((data + "ACE2,,,,yes\r\n").encode(), name="es.csv")
    assert terms == (
        Term("fever", ("fiebre", "alza*"), ("calentura",), note="x"),
        Term("ACE2", keep=True),
    )


def test_equal_terms_of_a_csv_are_joined() -> None:
    data = "term,translation\nflu,грипп\nflu,инфлюэнца\n".encode()
    assert read_glossary_csv(data, name="ru.csv") == (Term("flu", ("грипп", "инфлюэнца")),)


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"", 0, "empty"),
        (b"term;translation\na;b\n", 1, "semicolons"),
        (b"term\ttranslation\na\tb\n", 1, "tabs"),
        (b"word,translation\n", 1, "first line"),
        (b"term,translation,term\n", 1, "first line"),
        (b"term,translation\nfever\n", 2, "no translation"),
        (b"term,translation\n,tos\n", 2, "a term is missing"),
        (b"term,translation\na,b,c\n", 2, "3 cells"),
        (b'term,translation\nok,ok\n"a,b\n', 3, "not CSV"),
        (b"term,translation\n\xe9,a\n", 2, "not UTF-8"),
        (b"\xff\xfet\0", 0, "UTF-16"),
        (b"term,translation\na,b\0\n", 2, "zero byte"),
        (b"term,translation\na,b*c\n", 2, "holds `*`"),
        (b"term,translation\na,*\n", 2, "holds `*`"),
        (b"term,translation,forbidden\na,b,b\n", 2, "accepted and forbidden"),
        (b"term,translation,keep\na,b,maybe\n", 2, "`keep` is `maybe`"),
        (b"term,translation\na," + b"x" * 1001, 2, "longer than"),
        (b"x" * (8 * 1024 * 1024 + 1), 0, "larger than"),
        (b"term,translation\n" + b"a,b\n" * 50_001, 50_002, "more than"),
    ],
)
def test_csv_refused(data: bytes, line: int, said: str) -> None:
    with pytest.raises(GlossaryError, match=said) as refused:
        read_glossary_csv(data, name="es.csv")
    assert (refused.value.path, refused.value.line) == ("es.csv", line)
    assert refused.value.advice


def test_yaml_of_a_locale() -> None:
    text = """terms:
  - {term: clonus, accepted: [clonus, clono*], forbidden: temblor, note: "of the ankle"}
  - term: ACE2
    keep: "true"
"""
    assert read_glossary_yaml(text.encode(), name="glossary.yaml") == (
        Term("clonus", ("clonus", "clono*"), ("temblor",), note="of the ankle"),
        Term("ACE2", keep=True),
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("words: []", 1, "`words`"),
        ("", 1, "nothing"),
        ("terms:\n  - clonus", 2, "mapping"),
        ("terms:\n  - term: a\n    acepted: b", 3, "`acepted` is no part"),
        ("terms:\n  - term: [a]\n    accepted: b", 2, "one text"),
        ("terms:\n  - term: a", 2, "no translation"),
        ("terms: &a []", 1, "anchors"),
    ],
)
def test_yaml_refused(text: str, line: int, said: str) -> None:
    with pytest.raises(GlossaryError, match=said) as refused:
        read_glossary_yaml(text.encode(), name="glossary.yaml")
    assert refused.value.line == line


def test_tbx_2_with_preferred_and_deprecated_terms() -> None:
    assert read_glossary_tbx(TBX_2, name="es.tbx") == (
        Term("fever", ("fiebre", "temperatura"), ("calentura",)),
    )


def test_tbx_3_of_three_languages_read_for_a_locale() -> None:
    wanted = (Term("clonus & spasm", ("clonus y espasmo",), note="of the ankle"),)
    assert read_glossary_tbx(TBX_3, name="x.tbx", locale="es_MX") == wanted
    russian = Term("clonus & spasm", forbidden=("клонус",), note="of the ankle")
    assert read_glossary_tbx(TBX_3, name="x.tbx", locale="ru") == (russian,)


def test_tbx_of_three_languages_wants_a_locale() -> None:
    with pytest.raises(GlossaryError, match="es-es, ru"):
        read_glossary_tbx(TBX_3, name="x.tbx")
    with pytest.raises(GlossaryError, match="wanted: `fr`"):
        read_glossary_tbx(TBX_3, name="x.tbx", locale="fr")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'<!DOCTYPE martif [<!ENTITY a "b">]><martif>&a;</martif>', "document type"),
        (b'<!DOCTYPE martif [<!ENTITY a SYSTEM "file:///etc/passwd">]><martif/>', "document type"),
        (b'<!DOCTYPE martif SYSTEM "http://example.org/x.dtd"><martif>&a;</martif>', "uses `&a;`"),
        (b"<html/>", "begins with <html>"),
        (b"<tbx>" * 65, "nested"),
        (b"<tbx><text>", "not XML"),
        (b"", "not XML"),
        (b'<?xml version="1.0" encoding="rubbish"?><tbx/>', "encoding"),
        (b"<tbx/>", "none"),
        (b"<tbx>" + b"<conceptEntry/>" * 50_001 + b"</tbx>", "more than"),
    ],
)
def test_tbx_refused(data: bytes, said: str) -> None:
    with pytest.raises(GlossaryError, match=said):
        read_glossary_tbx(data, name="x.tbx")


def test_the_ending_chooses_the_format() -> None:
    assert read_glossary(TBX_2, name="a/ES.TBX") == read_glossary_tbx(TBX_2, name="x")
    assert read_glossary(b"term,translation\na,b", name="x.csv") == (Term("a", ("b",)),)
    assert read_glossary(b"terms: [{term: a, accepted: b}]", name="x.yml") == (Term("a", ("b",)),)
    with pytest.raises(GlossaryError, match=r"not in `\.xlsx`"):
        read_glossary(b"", name="x.xlsx")


@given(st.binary(max_size=200), st.sampled_from(["x.csv", "x.tbx", "x.yaml"]))
def test_any_bytes_give_terms_or_a_glossary_error(data: bytes, name: str) -> None:
    start = b"term,translation\n" if name == "x.csv" else b""
    terms: tuple[Term, ...] = ()
    with contextlib.suppress(GlossaryError):
        terms = read_glossary(start + data, name=name)
    assert all(term.term for term in terms)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.csv", "term,translation\n" + "".join(f"fever,form{n}\n" for n in range(300))),
        (
            "t.tbx",
            '<martif type="TBX"><text><body><termEntry>'
            + '<langSet xml:lang="en">'
            + "<tig><term>a</term></tig>" * 300
            + "</langSet></termEntry></body></text></martif>",
        ),
    ],
)
def test_term_with_hundreds_of_forms_is_refused(name: str, data: str) -> None:
    with pytest.raises(GlossaryError, match="more than 200"):
        read_glossary(data.encode(), name=name, locale="es")

"""Which script a letter belongs to, and which scripts a locale is written in.

Ranges follow Unicode's Scripts.txt (https://www.unicode.org/reports/tr24/), shortened to letters;
scripts of languages follow CLDR's likely subtags. Names are ISO 15924 codes.
"""

from __future__ import annotations

import re
from functools import lru_cache

from medloc.phrases import phrase

# Nothing beyond U+FFFF: such ranges would make the patterns ten times slower.
LETTERS: dict[str, str] = {
    "Latn": "A-Za-zªº\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff\u2c60-\u2c7f\ua720-"
    "\ua7ff",
    "Grek": "\u0370-\u0373\u0376\u0377\u037b-\u037d\u0386-\u03e1\u03f0-\u03ff\u1f00-\u1fff",
    "Cyrl": "\u0400-\u0481\u048a-\u052f\u1c80-\u1c88\ua640-\ua66e",
    "Armn": "\u0531-\u0556\u0561-\u0587",
    "Hebr": "\u05d0-\u05ea\u05ef-\u05f2\ufb1d-\ufb4f",
    "Arab": "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9"
    "\ufb50-\ufdff\ufe70-\ufefc",
    "Syrc": "\u0710-\u072f\u074d-\u074f",
    "Thaa": "\u0780-\u07a5",
    "Nkoo": "\u07ca-\u07ea",
    "Deva": "\u0904-\u0939\u0958-\u0961\u0971-\u097f",
    "Beng": "\u0985-\u09b9\u09ce\u09dc-\u09e1\u09f0\u09f1",
    "Guru": "\u0a05-\u0a39\u0a59-\u0a5e\u0a72-\u0a74",
    "Gujr": "\u0a85-\u0ab9\u0ae0\u0ae1",
    "Orya": "\u0b05-\u0b39\u0b5c-\u0b61",
    "Taml": "\u0b83-\u0bb9",
    "Telu": "\u0c05-\u0c39\u0c58-\u0c61",
    "Knda": "\u0c85-\u0cb9\u0cde-\u0ce1",
    "Mlym": "\u0d05-\u0d3a\u0d54-\u0d61\u0d7a-\u0d7f",
    "Sinh": "\u0d85-\u0dc6",
    "Thai": "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46",
    "Laoo": "\u0e81-\u0eb0\u0eb2\u0eb3\u0ec0-\u0ec6\u0edc-\u0edf",
    "Tibt": "\u0f40-\u0f6c",
    "Mymr": "\u1000-\u102a\u103f\u1050-\u1055",
    "Geor": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Hang": "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3",
    "Ethi": "\u1200-\u135a\u1380-\u138f",
    "Khmr": "\u1780-\u17b3",
    "Mong": "\u1820-\u1878",
    "Kana": "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\uff66-\uff9d",
    "Hani": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",
}

NAMES = {
    "Latn": phrase("Latin"),
    "Grek": phrase("Greek"),
    "Cyrl": phrase("Cyrillic"),
    "Armn": phrase("Armenian"),
    "Hebr": phrase("Hebrew"),
    "Arab": phrase("Arabic"),
    "Deva": phrase("Devanagari"),
    "Beng": phrase("Bengali"),
    "Guru": phrase("Gurmukhi"),
    "Gujr": phrase("Gujarati"),
    "Taml": phrase("Tamil"),
    "Telu": phrase("Telugu"),
    "Knda": phrase("Kannada"),
    "Mlym": phrase("Malayalam"),
    "Sinh": phrase("Sinhala"),
    "Thai": phrase("Thai"),
    "Laoo": phrase("Lao"),
    "Tibt": phrase("Tibetan"),
    "Mymr": phrase("Burmese"),
    "Geor": phrase("Georgian"),
    "Hang": phrase("Korean"),
    "Ethi": phrase("Ethiopic"),
    "Khmr": phrase("Khmer"),
    "Kana": phrase("Japanese"),
    "Hani": phrase("Chinese"),
    "Orya": phrase("Odia"),
    "Mong": phrase("Mongolian"),
    "Syrc": phrase("Syriac"),
    "Thaa": phrase("Thaana"),
    "Nkoo": phrase("N'Ko"),
}

RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo"})
JOINING = frozenset({"Arab", "Syrc", "Mong", "Nkoo"})
INDIC = frozenset(
    {"Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Khmr"}
) | {"Mymr", "Tibt"}
SPACELESS = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Tibt", "Hani", "Kana"})

# Languages not written in Latin letters, by script; two scripts where both are in daily use.
_LANGUAGES = {
    "Grek": "el grc",
    "Cyrl": "ru uk be bg mk sr kk ky tg mn tt ba cv ce os ab av lez sah udm kv mhr mrj myv mdf rue"
    " cu tyv bua xal kbd ady inh krc kum nog uz bs cnr",
    "Armn": "hy hyw",
    "Hebr": "he yi iw lad",
    "Arab": "ar fa ur ps ckb sd ug prs bal lki mzn glk arz apc ary ajp azb khw skr pnb lrc ks ku ha"
    " tly bgn haz sdh",
    "Syrc": "syr aii",
    "Thaa": "dv",
    "Nkoo": "nqo",
    "Deva": "hi mr ne sa mai bho kok doi brx awa new mag raj bgc sd ks gom hne xnr",
    "Beng": "bn as mni syl bpy ctg",
    "Guru": "pa",
    "Gujr": "gu kfr",
    "Orya": "or",
    "Taml": "ta",
    "Telu": "te",
    "Knda": "kn tcy",
    "Mlym": "ml",
    "Sinh": "si pi",
    "Thai": "th",
    "Laoo": "lo",
    "Tibt": "bo dz",
    "Mymr": "my shn mnw ksw rki",
    "Geor": "ka xmf",
    "Hang": "ko",
    "Ethi": "am ti gez tig sid wal",
    "Khmr": "km",
    "Kana": "ja ryu ain",
    "Hani": "zh ja yue wuu nan hak gan hsn lzh cmn cdo",
}
_ALSO_LATIN = frozenset(["sr", "uz", "bs", "cnr", "ku", "ha", "ks", "nan", "cdo", "hak", "tly"])
_SUBTAG = re.compile(r"[_-]([A-Z][a-z]{3})(?![A-Za-z])")
_OF_TAG = {"Hans": ("Hani",), "Hant": ("Hani",), "Jpan": ("Hani", "Kana"), "Kore": ("Hang",)}


@lru_cache(maxsize=256)
def scripts_of(locale: str) -> frozenset[str]:
    """The scripts a locale's words are written in; Latin for a language that is in no list.

    >>> sorted(scripts_of("ja")), sorted(scripts_of("sr_Latn")), sorted(scripts_of("pt_BR"))
    (['Hani', 'Kana'], ['Latn'], ['Latn'])
    """
    tagged = _SUBTAG.search(locale)
    if tagged:
        return frozenset(_OF_TAG.get(tagged[1], (tagged[1],)))
    language = re.split("[_-]", locale, maxsplit=1)[0]
    found = {script for script, names in _LANGUAGES.items() if language in names.split()}
    if not found or language in _ALSO_LATIN:
        found.add("Latn")
    return frozenset(found)


def script_of(letter: str) -> str:
    """The script of a letter, or an empty string."""
    found = _SCRIPT.match(letter)
    return (found.lastgroup or "") if found else ""


_SCRIPT = re.compile("|".join(f"(?P<{name}>[{letters}])" for name, letters in LETTERS.items()))

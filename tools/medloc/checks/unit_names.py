"""Names of units that every language uses, and which of CLDR's units the checks tell apart."""

from __future__ import annotations

# CLDR's unit -> the key of the data files (data/README.md).
CLDR = {
    "mass-microgram": "mcg", "mass-milligram": "mg", "mass-gram": "g", "mass-kilogram": "kg",
    "mass-tonne": "t", "mass-pound": "lb", "mass-ounce": "oz",
    "volume-milliliter": "ml", "volume-centiliter": "cl", "volume-deciliter": "dl",
    "volume-liter": "l", "volume-cubic-centimeter": "ml", "volume-drop": "drop",
    "volume-teaspoon": "teaspoon", "volume-tablespoon": "tablespoon", "volume-cup": "cup",
    "volume-cubic-meter": "m³", "volume-fluid-ounce": "fl oz", "volume-gallon": "gallon",
    "concentr-millimole-per-liter": "mmol/l", "concentr-mole": "mol",
    "concentr-milligram-ofglucose-per-deciliter": "mg/dl",
    "pressure-millimeter-ofhg": "mmHg", "pressure-kilopascal": "kPa", "pressure-bar": "bar",
    "pressure-hectopascal": "hPa", "temperature-celsius": "°C", "temperature-fahrenheit": "°F",
    "temperature-generic": "°", "angle-degree": "°",
    "length-kilometer": "km", "length-meter": "m", "length-centimeter": "cm",
    "length-millimeter": "mm", "length-micrometer": "µm", "length-nanometer": "nm",
    "length-foot": "ft", "length-inch": "in", "length-mile": "mi", "length-yard": "yd",
    "area-square-meter": "m²", "area-square-kilometer": "km²", "area-square-centimeter": "cm²",
    "frequency-hertz": "Hz", "frequency-kilohertz": "kHz", "frequency-megahertz": "MHz",
    "energy-kilocalorie": "kcal", "energy-kilojoule": "kJ", "energy-joule": "J",
    "power-watt": "W", "electric-volt": "V", "electric-milliampere": "mA",
    "duration-millisecond": "ms", "duration-second": "second", "duration-minute": "minute",
    "duration-hour": "hour", "duration-day": "day", "duration-week": "week",
    "duration-month": "month", "duration-year": "year", "duration-decade": "decade",
    "duration-century": "century",
}  # fmt: skip

_SYMBOLS = {
    "ng": "ng", "mcg": "mcg µg μg ug ㎍ mkg", "mg": "mg ㎎", "g": "g", "kg": "kg ㎏",
    "µl": "µl μl", "ml": "ml cc ccm ㎖ cm³ cm3", "cl": "cl", "dl": "dl ㎗", "l": "l L ℓ",
    "mmol": "mmol", "mol": "mol", "µmol": "µmol μmol umol", "nmol": "nmol", "mEq": "meq",
    "IU": "iu ui", "U": "U", "mmHg": "mmhg", "kPa": "kpa", "hPa": "hpa", "cmH2O": "cmh2o cmh₂o",
    "bar": "bar", "°C": "°c ℃ ºc ˚c", "°F": "°f ℉ ºf ˚f", "°": "° º",
    "nm": "nm", "µm": "µm μm", "mm": "mm ㎜", "cm": "cm ㎝", "m": "m", "km": "km ㎞",
    "m²": "㎡", "m³": "㎥", "Hz": "hz", "kHz": "khz", "MHz": "mhz", "bpm": "bpm",
    "kcal": "kcal", "kJ": "kj", "mA": "ma", "mV": "mv", "V": "V", "W": "W",
    "Gy": "gy", "mGy": "mgy", "Sv": "sv", "mSv": "msv", "%": "% ％ ٪ ﹪",
    "ms": "ms", "second": "s sec", "minute": "min", "hour": "h",
}  # fmt: skip

INTERNATIONAL = {name: key for key, names in _SYMBOLS.items() for name in names.split()} | {
    "mm hg": "mmHg", "cm h2o": "cmH2O", "° c": "°C", "° f": "°F", "º c": "°C", "º f": "°F",
}  # fmt: skip

# The single letters that are units behind a number; others ("5 a 10", "5 y 6") are words.
LETTERS = frozenset("gGlLmhsUVW°º%％٪﹪ℓ℃℉㎎㎏㎍㎖㎗㎜㎝㎞㎡㎥гмлчмغم")

# A letter that means "year" behind 2020 and something else behind 5 (Russian 5 г, 2020 г.).
YEAR_LETTERS = {
    "ru": "гГ", "uk": "рРг", "be": "гГ", "bg": "гГ", "mk": "гГ", "sr": "гГ", "ar": "مه",
    "fa": "مه", "pl": "r",
}  # fmt: skip

# Languages whose long names may carry an ending that CLDR does not list.
_INFLECTING = (
    "ru uk be bg pl cs sk sl hr sr lt lv et fi hu tr az kk ky uz tk hi bn mr ne gu pa ta te kn ml "
    "ka hy eu de nl sv da nb is"
)
INFLECTING = frozenset(_INFLECTING.split())

# Of these, the ones that string endings together, even behind short names (Turkish günlük).
AGGLUTINATING = frozenset({"tr", "az", "kk", "ky", "uz", "tk", "fi", "et", "hu", "ka"})

# Languages that write the unit in front: Swahili "siku 3", "miligramu 5".
BEFORE = frozenset({"sw"})

# Adjectives and counters made of units: 14-day is 14-дневный, 14-tägig, 14日間. * is any ending.
MADE_OF_UNITS = {
    "ru": {"hour": "часов*", "day": "дневн* суточн*", "week": "недельн*", "month": "месячн*",
           "year": "летн* годичн*", "minute": "минутн*", "m": "метров*"},
    "uk": {"hour": "годинн*", "day": "денн* добов*", "week": "тижнев*", "month": "місячн*",
           "year": "річн*", "minute": "хвилинн*", "m": "метров*"},
    "be": {"day": "дзённ*", "hour": "гадзінн*", "year": "гадов*"},
    "pl": {"hour": "godzinn*", "day": "dniow* dobow*", "week": "tygodniow*", "month": "miesięczn*",
           "year": "letni* roczn*", "minute": "minutow*", "m": "metrow*"},
    "cs": {"hour": "hodinov*", "day": "denní*", "week": "týdenní*", "month": "měsíční*",
           "year": "let* roční*"},
    "de": {"hour": "stündig* Std. Stdn.", "day": "tägig*", "week": "wöchig*", "month": "monatig*",
           "year": "jährig*", "minute": "minütig*", "second": "sekündig*"},
    "nl": {"hour": "uur uurs*", "day": "daags*", "week": "weeks*", "month": "maands*",
           "year": "jarig* jaar"},
    "tr": {"year": "yaş yaş* yıllık*", "month": "ay aylık* aydan ayda aya", "day": "günlük*",
           "m": "metrelik*"},
    "hi": {"day": "दिवसीय", "year": "वर्षीय साल सालों", "week": "हफ्ते हफ़्ते हफ्तों हफ़्तों",
           "hour": "घण्टे घंटों घण्टों", "month": "महीनों माह"},
    "bn": {"°C": "°সে", "year": "বছর বছরের বছরে"},
    "ja": {"day": "日間", "month": "か月 ヶ月 カ月 ヵ月 ケ月 箇月 ヶ月間",
           "year": "歳 才 年間", "week": "週 週間", "cm": "センチ", "kg": "キロ キログラム"},
    "zh": {"year": "岁 歲 周岁 周歲", "month": "个月 個月", "week": "星期 礼拜 禮拜"},
    "ko": {"year": "세 살", "month": "달 개월", "week": "주 주간"},
}  # fmt: skip

# Scales that stand before the number: 摂氏37度.
SCALES = {
    "摂氏": "°C", "摄氏": "°C", "攝氏": "°C", "섭씨": "°C", "華氏": "°F", "华氏": "°F", "화씨": "°F"
}  # fmt: skip

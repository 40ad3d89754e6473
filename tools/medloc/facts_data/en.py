"""English. Careful rather than short: this is the language most articles are written in."""

from medloc.facts_data import Words

_UNITS = ("day", "hour", "week", "month", "year", "night", "morning", "evening", "minute", "dose")
# "Every second day" must not be read as "every second" and "a second" not as a rate.
_EVERY = {
    f"every {key} {unit}": f"every {word} {unit}, each {word} {unit}"
    for key, word in (("3rd", "third"), ("4th", "fourth"), ("5th", "fifth"), ("6th", "sixth"))
    for unit in _UNITS
} | {
    f"every 2nd {unit}": f"every other {unit}, every second {unit}, each second {unit}, "
    f"alternate {unit}s, alternate {unit}, alternating {unit}s"
    for unit in _UNITS
}

WORDS = Words(
    signals=_EVERY
    | {
        "not": "not, no, nor, neither, none, nobody, no one, nothing, nowhere, cannot, no longer, "
        "dont, doesnt, didnt, cant, wont, shouldnt, mustnt, isnt, arent, non",
        "not only": "not only",
        "": "hypothe*, hypotha*, hypochon*, hypoder*, hyperlink*, right away, right now, all "
        "right, in no way related, one another, one of, this one,"
        "that one, the one, each one, any one, every one, no matter, more or less, or so, above "
        "all,"
        "after all, at first, first of all, left over, second opinion, over the counter, "
        "over-the-counter, at the very least, once again, rather than, as soon as",
        "never": "never, at no time, under no circumstances",
        "always": "always, at all times",
        "rarely": "rarely, seldom, hardly, hardly ever, scarcely, barely, infrequently",
        "without": "without, lack, lacks, lacking, absence, absent, free of, free from",
        "unless": "unless",
        "until": "until, till",
        "except": "except, except for, excepting, excluding, exclude, excludes, other than, "
        "apart from, aside from, but not",
        "only": "only, solely, exclusively, nothing but",
        "avoid": "avoid, avoids, avoided, avoiding, avoidance, refrain, refrains, abstain, "
        "prevent, prevents, prevented, preventing, prevention",
        "stop": "stop, stops, stopped, stopping, discontinue, discontinues, discontinued, "
        "discontinuing, cease, ceases, quit, withhold, withheld, withdraw, withdrawn, halt",
        "forbid": "forbid, forbidden, prohibit, prohibited, contraindicated, contraindication, "
        "contraindications, contra-indicated, banned, ban",
        "instead": "instead, instead of",
        "deny": "deny, denies, refuse, refuses, fail, fails, failed, failure to, rule out, "
        "rules out, ruled out",
        "un": "unable, uncommon, unusual, unusually, unlikely, unsafe, untreated, uncontrolled, "
        "unresponsive, unconscious, unknown, unstable, unnecessary, unaffected, unrelated, "
        "undiagnosed, unproven, unsuitable, unhelpful, unharmed, unchanged, uncertain, unclear, "
        "involuntary, incomplete, inactive, ineffective, insufficient, incorrect, inappropriate, "
        "incapable, inadequate, infrequent, intolerant, invisible, independent, irregular, "
        "irreversible, irrelevant, impossible, improbable, immobile, abnormal, abnormally, "
        "nonfatal, non-fatal, harmless, painless, useless, asymptomatic, disable, disabled, "
        "illegal, noncontagious, non-contagious, incurable, untreatable",
        "less": "less, less than, fewer, fewer than, under, below, beneath, lower, lower than, "
        "smaller, smaller than, shorter, shorter than, younger, younger than, lesser, weaker, "
        "slower, inferior",
        "more": "more, more than, over, above, greater, greater than, higher, higher than, larger, "
        "larger than, longer, longer than, older, older than, beyond, exceed, exceeds, exceeded, "
        "exceeding, stronger, faster, in excess of, superior",
        "at most": "at most, no more than, not more than, no greater than, not exceed, up to, "
        "maximum, maximum of, maximal, max, or less, or fewer, or under, or below, or younger, "
        "not exceeding, does not exceed, do not exceed, no longer than, no higher than, "
        "less than or equal to",
        "at least": "at least, no less than, not less than, no fewer than, minimum, minimum of, "
        "minimal, or more, or over, or above, or older, or greater, or higher, no lower than, "
        "not below, more than or equal to, greater than or equal to",
        "most": "most, mostly, majority",
        "least": "least, minority",
        "equal": "equal, equals, same as",
        "increase": "increase, increases, increased, increasing, raise, raises, raised, rise, "
        "rises, rising",
        "decrease": "decrease, decreases, decreased, decreasing, reduce, reduces, reduced, "
        "reducing, reduction, lowers, lowered, lowering, decline, declines, declined, declining",
        "worse": "worse, worsen, worsens, worsened, worsening, aggravate, aggravates, aggravated",
        "better": "better, improve, improves, improved, improving, improvement, relieve, relieves, "
        "relieved",
        "low": "hypo*, low, lowest",
        "high": "hyper*, high, highest",
        "too little": "too little, too few, too low, too small, not enough",
        "too much": "too much, too many, too high, too large, too big",
        "or": "or",
        "and or": "and/or",
        "before": "before, prior, prior to, ahead of, earlier than, a.c",
        "after": "after, afterwards, later than, p.c",
        "during": "during",
        "within": "within",
        "since": "since",
        "left": "left, left-sided, left-hand",
        "right": "right, right-sided, right-hand",
        "both": "both, bilateral, bilaterally, either side",
        "one side": "unilateral, unilaterally, one side, one-sided",
        "upper": "upper",
        "1 times": "once, one time",
        "2 times": "twice, double, doubles, doubled, doubling, twofold, two-fold",
        "3 times": "thrice, triple, triples, tripled, tripling, treble, threefold, three-fold",
        "4 times": "quadruple, quadruples, quadrupled, fourfold, four-fold",
        "halve": "halve, halves, halved, halving",
        "at once": "at once, immediately, straight away, urgently",
        "per day": "daily, everyday, every day, each day, a day, od, o.d, qd, q.d",
        "2 per day": "bid, bd, b.i.d, b.d",
        "3 per day": "tid, tds, t.i.d, t.d.s",
        "4 per day": "qid, qds, q.i.d, q.d.s",
        "per hour": "hourly, every hour, each hour, an hour, qh, q.h",
        "per minute": "every minute, each minute, a minute",
        "per second": "every second, a second, each second",
        "per week": "weekly, every week, each week, a week",
        "2 week": "fortnight, fortnightly, biweekly",
        "per month": "monthly, every month, each month, a month",
        "per year": "yearly, annually, annual, every year, each year, a year",
        "per night": "nightly, every night, each night, a night, qhs, q.h.s, h.s",
        "every other": "every other, alternate, alternating, qod, q.o.d",
        "every": "every, each",
        "as needed": "as needed, when needed, if needed, prn, p.r.n, as required, when required",
        "morning": "morning, mornings",
        "noon": "noon, midday, lunchtime",
        "evening": "evening, evenings",
        "night": "night, nights, bedtime, at night",
        "month 1": "january",
        "month 2": "february",
        "month 3": "in march, of march, since march, until march, by march",
        "month 4": "april",
        "month 5": "in may, of may, since may, until may, by may",
        "month 6": "june",
        "month 7": "july",
        "month 8": "august",
        "month 9": "september",
        "month 10": "october",
        "month 11": "november",
        "month 12": "december",
        "monday": "monday, mondays",
        "tuesday": "tuesday, tuesdays",
        "wednesday": "wednesday, wednesdays",
        "thursday": "thursday, thursdays",
        "friday": "friday, fridays",
        "saturday": "saturday, saturdays",
        "sunday": "sunday, sundays",
    },
    units={
        "mg": "milligram, milligrams, milligramme, milligrammes",
        "g": "gram, grams, gramme, grammes",
        "kg": "kilogram, kilograms, kilo, kilos",
        "ug": "microgram, micrograms, microgramme, microgrammes",
        "ng": "nanogram, nanograms",
        "ml": "milliliter, milliliters, millilitre, millilitres",
        "l": "liter, liters, litre, litres",
        "iu": "international unit, international units",
        "unit": "unit, units",
        "mmol": "millimole, millimoles",
        "hz": "hertz, cycles per second, beats per second",
        "bpm": "beats per minute",
        "mm": "millimeter, millimeters, millimetre, millimetres",
        "cm": "centimeter, centimeters, centimetre, centimetres",
        "m": "meter, meters, metre, metres",
        "km": "kilometer, kilometers, kilometre, kilometres",
        "inch": "inch, inches",
        "foot": "foot, feet, ft",
        "pound": "pound, pounds, lb, lbs",
        "ounce": "ounce, ounces, oz",
        "kcal": "kilocalorie, kilocalories, calorie, calories",
        "ms": "millisecond, milliseconds",
        "s": "second, seconds",
        "min": "minute, minutes",
        "h": "hour, hours, hourly",
        "day": "day, days, d",
        "night": "night, nights",
        "week": "week, weeks, wk, wks, weekly",
        "month": "month, months",
        "year": "year, years, yr, yrs, year-old, years old, year old",
        "decade": "decade, decades",
        "am": "am, a.m",
        "pm": "pm, p.m",
        "times": "time, times, fold, x",
        "dose": "dose, doses",
        "tablet": "tablet, tablets, pill, pills",
        "capsule": "capsule, capsules",
        "drop": "drop, drops",
        "puff": "puff, puffs, spray, sprays",
        "teaspoon": "teaspoon, teaspoons, teaspoonful, teaspoonfuls, tsp",
        "tablespoon": "tablespoon, tablespoons, tablespoonful, tablespoonfuls, tbsp",
        "cup": "cup, cups",
        "glass": "glass, glasses",
        "beat": "beat, beats",
        "%": "percent, per cent, percentage point, percentage points",
        "°c": "degrees celsius, degree celsius, celsius, degrees c",
        "°f": "degrees fahrenheit, degree fahrenheit, fahrenheit, degrees f",
        "°": "degree, degrees",
    },
    numbers={
        "0": "zero, nil",
        "0.25": "a quarter of",
        "0.5": "half, one-half, a half",
        "1": "one",
        "2": "two, a couple of, couple of, a pair of, pair of",
        "3": "three",
        "4": "four",
        "5": "five",
        "6": "six",
        "7": "seven",
        "8": "eight",
        "9": "nine",
        "10": "ten",
        "11": "eleven",
        "12": "twelve, a dozen, dozen",
        "13": "thirteen",
        "14": "fourteen",
        "15": "fifteen",
        "16": "sixteen",
        "17": "seventeen",
        "18": "eighteen",
        "19": "nineteen",
        "20": "twenty",
        "30": "thirty",
        "40": "forty",
        "50": "fifty",
        "60": "sixty",
        "70": "seventy",
        "80": "eighty",
        "90": "ninety",
        "100": "hundred, a hundred, hundreds",
        "1000": "thousand, a thousand, thousands",
        "1000000": "million, a million, millions",
        "1000000000": "billion, a billion, billions",
    },
    ordinals={
        "1": "first",
        "2": "second",
        "3": "third",
        "4": "fourth",
        "5": "fifth",
        "6": "sixth",
        "7": "seventh",
        "8": "eighth",
        "9": "ninth",
        "10": "tenth",
    },
    between="to, through, till",
    per="per",
    negative_endings=("n't",),
    ordinal_endings=("st", "nd", "rd", "th"),
    small="a, an, the, of, and, in, on, at, from, by, with, as, for, is, are, was, were, be, been, "
    "being, has, have, had, do, does, did, will, would, can, could, may, might, must, should, "
    "shall, that, which, who, whom, whose, this, these, those, it, its, they, them, their, he, "
    "she, you, your, we, our, his, her, if, when, while, where, then, than, so, because, but, yet, "
    "also, about, around, all, any, some, there, here, how, what, out, into, onto, off, among, "
    "against, via, ago, later, again, already, now, please",
)

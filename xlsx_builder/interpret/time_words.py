"""The words of time: months, numbers written out, ordinals."""

from __future__ import annotations

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
WORDS = {word: number for number, word in enumerate(ONES, start=1)} | {
    f"{tens}{part}{ONES[ones - 1] if ones else ''}": value + ones
    for tens, value in TENS.items()
    for ones in range(10)
    for part in (("-", " ", "") if ones else ("",))
}
COUNT = (
    rf"(?:(?:{'|'.join(TENS)})(?:[- ]?(?:{'|'.join(ONES[:9])}))?"
    rf"|{'|'.join(sorted(ONES, key=len, reverse=True))}|\d{{1,2}})"
)
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
ORDINAL = "(?:" + "|".join(ORDINALS) + ")"
YEAR = r"(?:19|20)\d\d"

"""The conventions that a built workbook keeps, as its sheet About states them."""

from __future__ import annotations

from xlsx_builder.model.workbook import Role

RULES: tuple[tuple[str, str], ...] = (
    ("Signs", "Figures keep the sign that is printed; sums and links say with + and - how each one counts."),
    ("Per cents", "A cell holds 0.123 where 12.3% is printed."),
    ("Empty places", "What is not printed stays empty and counts as zero in a sum; a printed dash is zero."),
    (
        "Sums of columns",
        (
            "Formulas where a line adds up across in one way only; where it does in several, or is a sum of lines, its "
            "figures stay as they are and Checks compares them."
        ),
    ),
    ("Change", "New less old."),
    (
        "% change",
        (
            "New / old - 1 where the old figure is positive; 'n.m.' where it is zero or negative, but 0% where a table "
            "prints that for nothing after nothing."
        ),
    ),
    (
        "Change of margins",
        (
            "In basis points; 'n.m.' where a margin or tax rate is beyond 100% either way, for then there is next to "
            "nothing that it is a share of."
        ),
    ),
    (
        "Comparable periods",
        (
            "The same length, basis and segment, ending 350 to 380 days apart; the latest period also with the one "
            "just before it, and the latest date with the date before it, where the release prints them in one table."
        ),
    ),
    (
        "Tolerance",
        (
            "Half a unit of the last printed digit for each figure taking part; where a computed subtotal stands "
            "between, for each figure behind it."
        ),
    ),
    (
        "In the print",
        (
            "A difference between figures that the release itself prints; it stands on Checks and does not fail the "
            "master check."
        ),
    ),
    ("Switches", "1 counts an amount, 0 leaves it out of the line 'as switched' below it."),
)

OF_ROLE = {
    **dict.fromkeys(("Change", "% change", "Change of margins", "Comparable periods"), Role.CHANGE),
    "Switches": Role.SWITCH,
}
"""What is stated only of workbooks that have cells of the role."""

LEGEND = (
    (Role.INPUT, "A figure of the release; change it to see what depends on it"),
    (Role.SUBTOTAL, "A sum that other sums use"),
    (Role.TOTAL, "A sum at the end of a block"),
    (Role.CALCULATION, "Another formula"),
    (Role.LINK, "Repeats another cell"),
    (Role.CHANGE, "A change between two columns"),
    (Role.RATIO, "A part of a whole"),
    (Role.REPORTED, "What was printed where the model has a formula"),
    (Role.PARAMETER, "A constant that formulas read"),
    (Role.SWITCH, "1 or 0"),
    (Role.CLAIM, "A figure of the text"),
    (Role.CHECK, "The result of a check"),
    (Role.SOURCE, "A citation; a click leads to the line of the release"),
)

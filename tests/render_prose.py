"""What stands around the statements of an invented release: sentences with figures that are no rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import render_words as words
from render_plan import Plan


def long_date(day: date) -> str:
    return f"{words.MONTHS[day.month - 1]} {day.day}, {day.year}"


def before(company: str, end: date, released: date, plan: Plan, earned: Decimal) -> tuple[str, ...]:
    """The opening paragraphs."""
    quarter = words.ORDINALS[plan.quarter - 1]
    opening = (
        f"ELMSFORD, Ohio, {long_date(released)} -- {company} today announced results for the {quarter} quarter of"
        f" fiscal {plan.year}, which ended on {long_date(end)}. Income from operations came to ${earned:,.0f}."
    )
    board = (
        "The board of directors declared a dividend of $0.12 per share, payable to holders of record at the close of"
        " business on the 15th of next month. About 1,250 people work in the company's 14 plants."
    )
    return f"{company} Announces Results for the {quarter.title()} Quarter of Fiscal {plan.year}", opening, board


def after(company: str) -> tuple[str, ...]:
    """The closing paragraphs."""
    about = (
        f"About {company}: the company was founded in 1921 and sells its products in more than 40 countries. It will"
        " hold a conference call at 10:00 a.m.; the number to dial is 555-0142."
    )
    caution = (
        "This release contains forward-looking statements. Actual results may differ from what is expected for many"
        " reasons, among them demand, prices and exchange rates."
    )
    return about, caution

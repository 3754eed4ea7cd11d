"""Styles of renderings, chosen by hypothesis; the simplest come first, so that failures shrink to them."""

from __future__ import annotations

from hypothesis import strategies as st

from render_ascii import AsciiStyle
from render_figures import FigureStyle
from render_headers import DATES, LAYOUTS, PHRASES, HeaderStyle
from render_html import TAGS, HtmlStyle


def header_styles() -> st.SearchStrategy[HeaderStyle]:
    return st.builds(
        HeaderStyle,
        layout=st.sampled_from(LAYOUTS),
        dates=st.sampled_from(DATES),
        phrases=st.sampled_from(PHRASES),
        capitals=st.booleans(),
        unaudited=st.booleans(),
    )


def figure_styles(*, zeros: tuple[str, ...], minuses: tuple[str, ...]) -> st.SearchStrategy[FigureStyle]:
    return st.builds(
        FigureStyle,
        minus=st.sampled_from(minuses),
        zero=st.sampled_from(zeros),
        dollars=st.sampled_from(("first", "all", "none")),
        percent_sign=st.booleans(),
        bare_cents=st.booleans(),
        not_meaningful=st.sampled_from(("n/m", "NM", "*", "")),
    )


def ascii_styles() -> st.SearchStrategy[AsciiStyle]:
    return st.builds(
        AsciiStyle,
        figures=figure_styles(zeros=("-", "--", "---", "0"), minuses=("(", "-")),
        header=header_styles(),
        stub=st.integers(26, 56),
        gap=st.integers(1, 8),
        margin=st.integers(0, 8),
        indent=st.sampled_from((2, 3, 4, 1, 0)),
        hang=st.sampled_from((1, 2, 4)),
        rules=st.sampled_from(("columns", "page", "none")),
        header_rule=st.booleans(),
        near_dollar=st.booleans(),
        leaders=st.booleans(),
        headings=st.sampled_from(("colon", "capitals", "plain")),
        titles=st.sampled_from(("centred", "left")),
        title_capitals=st.booleans(),
        total_indent=st.sampled_from((0, 2, 5)),
        blank_lines=st.booleans(),
        tabs=st.booleans(),
        sgml=st.booleans(),
        page=st.sampled_from(("", "feed", "tag", "number")),
        repeat_header=st.booleans(),
        footnotes=st.sampled_from(("", "label", "figure")),
        newline=st.sampled_from(("\n", "\r\n")),
    ).filter(readable)


def readable(style: AsciiStyle) -> bool:
    """A person can tell headings from wrapped labels."""
    return style.headings != "plain" or (style.indent >= 2 and style.hang < style.indent)


def html_styles() -> st.SearchStrategy[HtmlStyle]:
    return st.builds(
        HtmlStyle,
        figures=figure_styles(zeros=("-", "\u2014", "\u2013", "--"), minuses=("(", "-", "\u2212")),
        header=header_styles(),
        cells=st.sampled_from(("joined", "dollar", "split")),
        spacers=st.booleans(),
        titles=st.sampled_from(("paragraphs", "rows")),
        one_table=st.booleans(),
        indent=st.sampled_from(("padding", "nbsp", "margin", "none")),
        rules=st.sampled_from(("border", "row", "hr", "none")),
        bold=st.booleans(),
        colon=st.booleans(),
        wrapped=st.booleans(),
        header_again=st.booleans(),
        footnotes=st.booleans(),
        wrapper=st.sampled_from(tuple(TAGS)),
        filler=st.sampled_from(("&nbsp;", "", "&#160;")),
        curly=st.booleans(),
        encoding=st.sampled_from(("ascii", "utf-8", "cp1252")),
    ).filter(told_apart)


def told_apart(style: HtmlStyle) -> bool:
    """A person can tell headings from the first row of a split label, and from lines of no indentation."""
    return style.colon or not (style.wrapped or (style.indent == "none" and not style.bold))


# --- styles that hold without exception -------------------------------------------------------------------------------


def held_text(style: AsciiStyle) -> bool:
    """Left out: fiscal quarters without a date, which now and then are taken for years."""
    return style.header.layout != "fiscal"


def held_html(style: HtmlStyle) -> bool:
    """Left out besides: labels split over rows, headings that nothing but their place tells, periods in title rows."""
    inside = style.header.layout == "caption" and (style.one_table or style.titles == "rows")
    return style.header.layout != "fiscal" and not style.wrapped and (style.colon or style.bold) and not inside

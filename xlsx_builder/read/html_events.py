"""One pass over the tags of a page: lines of text and tables of cells, in a flat list, nested tables inside cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from xlsx_builder.model.document import Rule
from xlsx_builder.read.flow import Item, PageBreak, Preformatted
from xlsx_builder.read.html_style import Style, class_rules, style_of
from xlsx_builder.read.html_text import Line, Run, line_of

SKIPPED = frozenset(
    "script noscript template svg select button textarea nav iframe object title ix:header".split()  # noqa: SIM905
)
"""Elements whose text is no part of the page."""
BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dir div dl dt fieldset figure figcaption footer
    form h1 h2 h3 h4 h5 h6 header html legend li main menu ol p section summary ul""".split()  # noqa: SIM905
)
TABLE_TAGS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
VERBATIM_TAGS = {"br": "\n", "table": "<TABLE>", "caption": "<CAPTION>", "s": "<S>", "c": "<C>", "page": "<PAGE>"}
"""Marks that filings of plain text have inside <PRE>, which the reader of text knows."""
BLANK = " \t\r\n\f\u00a0\u2003\u2002\u2009\u3000\u200b\ufeff"
MAX_SPAN = 1000
"""Browsers do not let a cell span more columns than this."""
MAX_TABLES_DEEP = 20
"""Tables nested deeper than this are read as if the inner ones were not there: no release needs them."""
BODY_SIZE = 10.0
"""Points, where the page does not say."""


@dataclass(slots=True)
class RawCell:
    """A cell while it is read."""

    columns: int
    rows: int
    rule_above: Rule = Rule.NONE
    rule_below: Rule = Rule.NONE
    items: list[Line | Item] = field(default_factory=list)


@dataclass(slots=True)
class RawTable:
    """A table while it is read."""

    rows: list[list[RawCell]] = field(default_factory=list)
    cell: RawCell | None = None
    """The one that is open."""


@dataclass(slots=True)
class _Open:
    """An element that has begun: what its text looks like."""

    tag: str
    bold: bool = False
    centred: bool = False
    raised: bool = False
    size: float = BODY_SIZE
    margin: float = 0.0
    first_line: float = 0.0
    block: int = 0


class PageReader:
    """Target of lxml's parser; `finish` turns each table, when it ends, into what it really is."""

    def __init__(self, finish: Callable[[RawTable], list[Line | Item]]) -> None:
        """`finish` says what a table is: a grid of figures, or only lay-out around its text."""
        self._finish = finish
        self.items: list[Line | Item] = []
        self._tables: list[RawTable] = []
        self._open = [_Open("")]
        self._runs: list[Run] = []
        self._sheet: dict[str, str] = {}
        self._skipping = 0
        self._verbatim: list[str] | None = None
        self._css: list[str] | None = None
        self._blocks = 0
        self._first = True

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._skipping:
            self._skipping += 1
        elif self._verbatim is not None:
            self._verbatim.append(VERBATIM_TAGS.get(tag, ""))
        elif tag in SKIPPED:
            self._skipping = 1
        elif tag == "style":
            self._css = []
        else:
            style = style_of(tag, attributes, self._sheet)
            if style.hidden:
                self._skipping = 1
            else:
                self._begin(tag, attributes, style)

    def comment(self, text: str) -> None:
        """A comment, which is no part of the page."""

    def data(self, data: str) -> None:
        """Characters between tags."""
        if self._skipping:
            return
        if self._css is not None:
            self._css.append(data)
        elif self._verbatim is not None:
            self._verbatim.append(data)
        else:
            around = self._open[-1]
            self._runs.append(Run(data, around.bold, around.raised, around.size))

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._skipping:
            self._skipping -= 1
        elif self._css is not None:
            self._sheet.update(class_rules("".join(self._css)))
            self._css = None
        elif self._verbatim is not None:
            if tag == "pre":
                self._place([Preformatted("".join(self._verbatim))])
                self._verbatim = None
                self._leave(tag)
        else:
            self._finish_element(tag)

    def close(self) -> None:
        """The page has ended."""
        self._flush()
        while self._tables:
            self._end_table()

    def _begin(self, tag: str, attributes: Mapping[str, str], style: Style) -> None:
        if tag == "br":
            self._flush()
            return
        if tag == "hr":
            self._flush()
            self._rule_or_page()
            return
        around = self._open[-1]
        if tag in BLOCKS or tag in TABLE_TAGS or tag == "pre":
            self._flush()
            if style.page_break:
                self._place([PageBreak()])
            around = self._enter_block(tag, attributes, style, around)
        self._open.append(_inside(around, tag, style, self._blocks))

    def _enter_block(self, tag: str, attributes: Mapping[str, str], style: Style, around: _Open) -> _Open:
        """Begin a paragraph or a part of a table; the look that its text starts from."""
        self._blocks += 1
        self._first = True
        if tag == "pre":
            self._verbatim = []
        elif tag == "table":
            return self._begin_table(around)
        elif self._tables and tag == "tr":
            self._tables[-1].cell = None
            self._tables[-1].rows.append([])
        elif self._tables and tag in ("td", "th"):
            self._begin_cell(attributes, style)
            return _Open(tag, around.bold, around.centred, size=around.size)
        elif self._tables and self._tables[-1].cell:
            _add_rules(self._tables[-1].cell, style)
        return around

    def _begin_table(self, around: _Open) -> _Open:
        if len(self._tables) < MAX_TABLES_DEEP:
            self._tables.append(RawTable())
        return _Open("table", around.bold, size=around.size)

    def _begin_cell(self, attributes: Mapping[str, str], style: Style) -> None:
        table = self._tables[-1]
        if not table.rows:
            table.rows.append([])
        table.cell = RawCell(_span(attributes.get("colspan")), _span(attributes.get("rowspan")))
        _add_rules(table.cell, style)
        table.rows[-1].append(table.cell)

    def _finish_element(self, tag: str) -> None:
        if tag in BLOCKS or tag in TABLE_TAGS:
            self._flush()
            self._first = True
        if self._leave(tag) and self._tables:
            if tag == "table":
                self._end_table()
            elif tag in ("td", "th", "tr"):
                self._tables[-1].cell = None

    def _leave(self, tag: str) -> bool:
        """Forget the innermost open element of that name and all inside of it."""
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return True
            if self._open[depth].tag == "table":
                return False
        return False

    def _end_table(self) -> None:
        table = self._tables.pop()
        self._place(self._finish(table))

    def _rule_or_page(self) -> None:
        cell = self._tables[-1].cell if self._tables else None
        if cell is None:
            self._place([PageBreak()])
        else:
            cell.rule_below = Rule.SINGLE if cell.rule_below is Rule.NONE else Rule.DOUBLE

    def _flush(self) -> None:
        """End the line that is being read."""
        runs = self._runs
        if not runs:
            return
        self._runs = []
        if not any(run.text.strip(BLANK) for run in runs):
            return
        around = self._open[-1]
        line = line_of(runs, around.block, self._indent(around), centred=around.centred)
        if line is not None:
            self._first = False
            self._place([line])

    def _indent(self, around: _Open) -> float:
        return around.margin + (around.first_line if self._first else 0.0)

    def _place(self, items: list[Line | Item]) -> None:
        inner = next((table.cell for table in reversed(self._tables) if table.cell), None)
        (inner.items if inner else self.items).extend(items)


def _inside(around: _Open, tag: str, style: Style, block: int) -> _Open:
    """The look of text inside an element of that style."""
    centred = around.centred if style.centred is None else style.centred
    return _Open(
        tag,
        bold=around.bold if style.bold is None else style.bold,
        centred=centred,
        raised=around.raised if style.raised is None else style.raised,
        size=style.size or around.size * style.zoom,
        margin=around.margin + style.margin,
        first_line=around.first_line if style.first_line is None else style.first_line,
        block=block if tag in BLOCKS or tag in TABLE_TAGS else around.block,
    )


def _add_rules(cell: RawCell, style: Style) -> None:
    if style.rule_above is not Rule.NONE:
        cell.rule_above = style.rule_above
    if style.rule_below is not Rule.NONE:
        cell.rule_below = style.rule_below


def _span(text: str | None) -> int:
    """Value of colspan or rowspan."""
    return min(int(text), MAX_SPAN) if text and text.strip().isdecimal() and int(text) else 1

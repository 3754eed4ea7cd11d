"""One pass over the tags of a page: lines of text and tables of cells, in a flat list, nested tables inside cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from msgspec import Struct, field

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
PARTS = BLOCKS | TABLE_TAGS | {"pre"}
"""Elements that begin a line of their own."""
VERBATIM_TAGS = {"br": "\n", "table": "<TABLE>", "caption": "<CAPTION>", "s": "<S>", "c": "<C>", "page": "<PAGE>"}
"""Marks that filings of plain text have inside <PRE>, which the reader of text knows."""
BLANK = " \t\r\n\f\u00a0\u2003\u2002\u2009\u3000\u200b\ufeff"
MAX_SPAN = 1000
"""Browsers do not let a cell span more columns than this."""
MAX_DIGITS = 9
MAX_TABLES_DEEP = 20
"""Tables nested deeper than this are read as if the inner ones were not there: no release needs them."""
BODY_SIZE = 10.0
"""Points, where the page does not say."""


class RawCell(Struct):
    """A cell while it is read."""

    columns: int
    rows: int
    rule_above: Rule = Rule.NONE
    rule_below: Rule = Rule.NONE
    items: list[Line | Item] = field(default_factory=list)


class RawTable(Struct):
    """A table while it is read."""

    rows: list[list[RawCell]] = field(default_factory=list)
    cell: RawCell | None = None
    """The one that is open."""


class _Look(Struct, frozen=True):
    """What text inside an element looks like."""

    bold: bool = False
    centred: bool = False
    raised: bool = False
    size: float = BODY_SIZE
    margin: float = 0.0
    first_line: float = 0.0


_Open = tuple[str, _Look, int, str]
"""An element that has begun: tag, look, number of its block, and the tag it is read as."""


class PageReader:
    """Target of lxml's parser; `finish` turns each table, when it ends, into what it really is."""

    def __init__(self, finish: Callable[[RawTable], list[Line | Item]]) -> None:
        """`finish` says what a table is: a grid of figures, or only lay-out around its text."""
        self._finish = finish
        self.items: list[Line | Item] = []
        self._tables: list[RawTable] = []
        self._open: list[_Open] = [("", _Look(), 0, "")]
        self._looks: dict[tuple[int, int], tuple[_Look, _Look, Style]] = {}
        self._plain: dict[_Look, _Look] = {}
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
            look = self._open[-1][1]
            self._runs.append(Run(data, look.bold, look.raised, look.size))

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
        _, look, block, _ = self._open[-1]
        part = style.shown_as or tag
        if part in PARTS:
            if self._runs:
                self._flush()
            if style.page_break:
                self._place([PageBreak()])
            self._blocks = block = self._blocks + 1
            self._first = True
            look = self._enter_block(part, attributes, style, look)
        self._open.append((tag, self._inside(look, style), block, part))

    def _enter_block(self, tag: str, attributes: Mapping[str, str], style: Style, look: _Look) -> _Look:
        """Begin a paragraph or a part of a table; the look that its text starts from."""
        if tag == "pre":
            self._verbatim = []
        elif tag == "table":
            return self._begin_table(look)
        elif self._tables and tag == "tr":
            self._tables[-1].cell = None
            self._tables[-1].rows.append([])
        elif self._tables and tag in ("td", "th"):
            self._begin_cell(attributes, style)
            return self._fresh(look, centred=look.centred)
        elif self._tables and self._tables[-1].cell:
            _add_rules(self._tables[-1].cell, style)
        return look

    def _fresh(self, look: _Look, *, centred: bool) -> _Look:
        """The look without what a cell does not take over from the text around its table."""
        if look.centred is centred and not (look.margin or look.first_line or look.raised):
            return look
        plain = _Look(look.bold, centred, size=look.size)
        return self._plain.setdefault(plain, plain)

    def _inside(self, look: _Look, style: Style) -> _Look:
        """The look of text inside an element of that style; equal ones are one object."""
        key = (id(look), id(style))
        known = self._looks.get(key)
        if known is None:
            made = _inside(look, style)
            known = self._looks[key] = (look if made == look else made, look, style)
        return known[0]

    def _begin_table(self, look: _Look) -> _Look:
        if len(self._tables) < MAX_TABLES_DEEP:
            self._tables.append(RawTable())
        return self._fresh(look, centred=False)

    def _begin_cell(self, attributes: Mapping[str, str], style: Style) -> None:
        table = self._tables[-1]
        if not table.rows:
            table.rows.append([])
        columns, rows = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        table.cell = RawCell(columns, rows, style.rule_above, style.rule_below)
        table.rows[-1].append(table.cell)

    def _finish_element(self, tag: str) -> None:
        part = self._open[-1][3] if self._open[-1][0] == tag else tag
        if part not in PARTS:
            self._leave(tag)
            return
        if self._runs:
            self._flush()
        self._first = True
        if self._leave(tag) and self._tables:
            if part == "table":
                self._end_table()
            elif part in ("td", "th", "tr"):
                self._tables[-1].cell = None

    def _leave(self, tag: str) -> bool:
        """Forget the innermost open element of that name and all inside of it."""
        if self._open[-1][0] == tag:
            self._open.pop()
            return True
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth][0] == tag:
                del self._open[depth:]
                return True
            if self._open[depth][3] == "table":
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
        self._runs = []
        if not any(run.text.strip(BLANK) for run in runs):
            return
        _, look, block, _ = self._open[-1]
        indent = look.margin + (look.first_line if self._first else 0.0)
        line = line_of(runs, block, indent, centred=look.centred)
        if line is not None:
            self._first = False
            self._place([line])

    def _place(self, items: list[Line | Item]) -> None:
        inner = next((table.cell for table in reversed(self._tables) if table.cell), None)
        (inner.items if inner else self.items).extend(items)


def _inside(around: _Look, style: Style) -> _Look:
    return _Look(
        bold=around.bold if style.bold is None else style.bold,
        centred=around.centred if style.centred is None else style.centred,
        raised=around.raised if style.raised is None else style.raised,
        size=style.size or around.size * style.zoom,
        margin=around.margin + style.margin,
        first_line=around.first_line if style.first_line is None else style.first_line,
    )


def _add_rules(cell: RawCell, style: Style) -> None:
    if style.rule_above is not Rule.NONE:
        cell.rule_above = style.rule_above
    if style.rule_below is not Rule.NONE:
        cell.rule_below = style.rule_below


@lru_cache(maxsize=1 << 10)
def _span(text: str | None) -> int:
    """Value of colspan or rowspan."""
    if not text:
        return 1
    text = text.strip()[:MAX_DIGITS]
    return min(int(text), MAX_SPAN) or 1 if text.isdecimal() else 1

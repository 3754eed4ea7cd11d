"""Formula values -> the text of Excel formulas; the only place where formulas are spelled."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from xlsx_builder.model.formula import column_letters
from xlsx_builder.model.workbook import (
    Bar,
    CellRange,
    CellRef,
    Change,
    Difference,
    Formula,
    Link,
    Lookup,
    Mean,
    Moved,
    Others,
    Product,
    Ratio,
    RoundedDifference,
    ScaledDifference,
    SignedSum,
    Step,
    SwitchedSum,
    Tally,
    Verdict,
    Within,
)

NO_MEANING = '"n.m."'
"""What a change or ratio says where its base gives it no meaning."""

SHORTEST_RANGE = 3
"""Neighbouring cells that are worth a SUM; two are clearer side by side."""


def formula_text(formula: Formula, sheet: str) -> str:
    """The formula as the cell of a sheet shows it.

    Args:
        formula: What is to be computed.
        sheet: The sheet that the formula stands on; references to it do not name it.

    Returns:
        `=B5-B6`, `=SUM(B5:B7)`, `='Income Statement'!B5`.
    """
    return "=" + _body(formula, sheet)


def _body(formula: Formula, sheet: str) -> str:
    match formula:
        case SignedSum(terms):
            return _signed_sum(terms, sheet)
        case Link(source, weight):
            return f"{'-' if weight < 0 else ''}{_cell(source, sheet)}"
        case Lookup(_, key, keys, values, weight):
            row = _range(values, sheet, columns="$")
            column = f"MATCH({_cell(key, sheet, row='$')},{_range(keys, sheet, columns='$', rows='$')},0)"
            return f"{'-' if weight < 0 else ''}INDEX({row},{column})"
        case SwitchedSum(base, switches, values):
            switched = f"{_range(switches, sheet, columns='$', rows='$')},{_range(values, sheet)}"
            return f"{_cell(base, sheet)}+SUMPRODUCT({switched})"
        case Tally(cells, text):
            return f'COUNTIF({_range(cells, sheet)},"{text}")'
        case Others(cells, text):
            block = _range(cells, sheet)
            return f'ROWS({block})-COUNTIF({block},"{text}")'
        case Mean(blocks):
            return f"AVERAGE({','.join(_range(block, sheet) for block in blocks)})"
        case Verdict(counts):
            return f'IF({_sum([_cell(cell, sheet) for cell in counts])}=0,"OK","CHECK")'
        case Step(start, end, bar):
            return _step(_cell(start, sheet), _cell(end, sheet), bar)
        case _:
            return _of_two(formula, sheet)


def _of_two(formula: Formula, sheet: str) -> str:
    match formula:
        case Difference(new, old):
            return f"{_cell(new, sheet)}-{_cell(old, sheet)}"
        case RoundedDifference(left, right, digits):
            return f"ROUND({_cell(left, sheet)}-{_cell(right, sheet)},{_fixed(digits, sheet)})"
        case ScaledDifference(new, old, factor, bounded):
            rates = _cell(new, sheet), _cell(old, sheet)
            difference, both = "-".join(rates), ",".join(rates)
            sound = f"ISNUMBER({difference})"
            sound = f"AND({sound},MAX({both})<=1,MIN({both})>=-1)" if bounded else sound
            return f"IF({sound},({difference})*{_fixed(factor, sheet)},{NO_MEANING})"
        case Change(new, old, still, weight):
            value, base = _cell(new, sheet), _cell(old, sheet)
            rate = f"{value}/{base}-1" if weight > 0 else f"1-{value}/{base}"
            if still:
                return f"IF(AND({base}<=0,{value}<>{base}),{NO_MEANING},IFERROR({rate},0))"
            return f"IF({base}>0,{rate},{NO_MEANING})"
        case Ratio(part, whole, weight):
            base = _cell(whole, sheet)
            return f"IF({base}=0,{NO_MEANING},{'-' if weight < 0 else ''}{_cell(part, sheet)}/{base})"
        case Product(left, right):
            return f"{_cell(left, sheet)}*{_fixed(right, sheet)}"
        case Within():
            return f'IF({_within(formula, sheet)},"OK","differs")'
        case Moved(within, new, old, told):
            went = f"SIGN({_cell(new, sheet)}-{_cell(old, sheet)})={_cell(told, sheet)}"
            return f'IF(AND({_within(within, sheet)},{went}),"OK","differs")'
    raise TypeError(f"{type(formula).__name__} is no formula.")


def _within(formula: Within, sheet: str) -> str:
    return f"ABS({_cell(formula.difference, sheet)})<={_cell(formula.tolerance, sheet)}"


def _step(start: str, end: str, bar: Bar) -> str:
    lift, sink = f"MAX(0,MIN({start},{end}))", f"MIN(0,MAX({start},{end}))"
    parts = {
        Bar.LIFT: lift,
        Bar.SINK: sink,
        Bar.ABOVE: f"MAX(0,{start},{end})-{lift}",
        Bar.BELOW: f"MIN(0,{start},{end})-{sink}",
    }
    return parts[bar]


def _signed_sum(terms: tuple[tuple[int, CellRef], ...], sheet: str) -> str:
    pieces = [(weight, _run_text(run, sheet)) for weight, run in _runs(terms)]
    if not pieces:
        return "0"
    text = "".join(f"{'-' if weight < 0 else '+'}{piece}" for weight, piece in pieces)
    return text.removeprefix("+")


def _runs(terms: tuple[tuple[int, CellRef], ...]) -> Iterator[tuple[int, list[CellRef]]]:
    """Neighbouring cells of one weight taken together, where they are enough for a SUM."""
    run: list[CellRef] = []
    sign = 0
    for weight, cell in (*terms, (0, None)):
        if cell is not None and weight == sign and _continues([*run, cell]):
            run.append(cell)
            continue
        if len(run) >= SHORTEST_RANGE:
            yield sign, run
        else:
            yield from ((sign, [single]) for single in run)
        run, sign = ([] if cell is None else [cell]), weight


def _continues(run: list[CellRef]) -> bool:
    steps = {(new.sheet, new.row - old.row, new.column - old.column) for old, new in pairwise(run)}
    return len(steps) == 1 and steps <= {(run[0].sheet, 1, 0), (run[0].sheet, 0, 1)}


def _run_text(run: list[CellRef], sheet: str) -> str:
    if len(run) == 1:
        return _cell(run[0], sheet)
    return f"SUM({_range(CellRange(run[0], run[-1]), sheet)})"


def _sum(parts: list[str]) -> str:
    return "+".join(parts) or "0"


def _cell(cell: CellRef, sheet: str, *, row: str = "") -> str:
    return f"{_prefix(cell.sheet, sheet)}{column_letters(cell.column)}{row}{cell.row}"


def _fixed(cell: CellRef, sheet: str) -> str:
    return f"{_prefix(cell.sheet, sheet)}${column_letters(cell.column)}${cell.row}"


def _range(cells: CellRange, sheet: str, *, columns: str = "", rows: str = "") -> str:
    first, last = (f"{columns}{column_letters(c.column)}{rows}{c.row}" for c in (cells.first, cells.last))
    return f"{_prefix(cells.first.sheet, sheet)}{first}{'' if first == last else f':{last}'}"


def _prefix(target: str, sheet: str) -> str:
    if target == sheet:
        return ""
    quoted = target.replace("'", "''")
    return f"'{quoted}'!"

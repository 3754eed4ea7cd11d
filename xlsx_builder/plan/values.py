"""What planned cells come to: formulas computed in Decimal, to see at once which printed figures they give back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from decimal import Decimal

from xlsx_builder.model.workbook import (
    Bar,
    CellRange,
    CellRef,
    Change,
    Content,
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

Value = Decimal | str | None
ZERO = Decimal(0)
NO_MEANING = "n.m."
OK, DIFFERS, CHECK = "OK", "differs", "CHECK"


def cells_of(block: CellRange) -> Iterator[CellRef]:
    """Every cell of a range, row by row."""
    for row in range(block.first.row, block.last.row + 1):
        for column in range(block.first.column, block.last.column + 1):
            yield CellRef(block.first.sheet, row, column)


def precedents(formula: Formula) -> tuple[CellRef, ...]:
    """The cells that a formula reads."""
    match formula:
        case SignedSum(terms):
            return tuple(cell for _, cell in terms)
        case Link(source) | Lookup(source):
            return (source,)
        case Difference(a, b) | Change(a, b) | Ratio(a, b) | Product(a, b) | Within(a, b) | Step(a, b):
            return (a, b)
        case RoundedDifference(a, b, c) | ScaledDifference(a, b, c):
            return (a, b, c)
        case Mean(blocks):
            return tuple(cell for block in blocks for cell in cells_of(block))
        case Moved(within, new, old, told):
            return (*precedents(within), new, old, told)
        case SwitchedSum(base, switches, values):
            return (base, *cells_of(switches), *cells_of(values))
        case Tally(cells) | Others(cells):
            return tuple(cells_of(cells))
        case Verdict(counts):
            return counts
    raise TypeError(f"{type(formula).__name__} is no formula.")


def value_of(cell: CellRef, contents: Mapping[CellRef, Content], known: MutableMapping[CellRef, Value]) -> Value:
    """What a cell shows; `known` keeps what was computed on the way.

    Its own stack instead of recursion: running balances make chains as long as a statement.
    """
    waiting = [cell]
    while waiting:
        current = waiting[-1]
        content = contents.get(current)
        if current in known:
            waiting.pop()
        elif content is None or isinstance(content, str | int | Decimal):
            known[current] = Decimal(content) if isinstance(content, int) else content
        elif missing := [read for read in precedents(content) if read not in known]:
            waiting.extend(missing)
        else:
            known[current] = _computed(content, known)
    return known[cell]


def computed(formula: Formula, contents: Mapping[CellRef, Content], known: MutableMapping[CellRef, Value]) -> Value:
    """What a formula shows that stands in no cell yet."""
    for cell in precedents(formula):
        value_of(cell, contents, known)
    return _computed(formula, known)


def _number(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else ZERO


def _computed(formula: Formula, known: Mapping[CellRef, Value]) -> Value:
    def figure(cell: CellRef) -> Decimal:
        return _number(known[cell])

    match formula:
        case Link(source, weight) | Lookup(source, weight=weight):
            value = known[source]
            return value * weight if isinstance(value, Decimal) else value
        case SignedSum(terms):
            return sum((weight * figure(cell) for weight, cell in terms), ZERO)
        case Change(new, old, still, weight):
            if still and figure(new) == figure(old):
                return ZERO
            return weight * (figure(new) / figure(old) - 1) if figure(old) > 0 else NO_MEANING
        case Ratio(part, whole, weight):
            return weight * figure(part) / figure(whole) if figure(whole) else NO_MEANING
        case Mean():
            return _mean([known[cell] for cell in precedents(formula)])
        case Product(left, right):
            return figure(left) * figure(right)
        case Difference(left, right) | RoundedDifference(left, right):
            return figure(left) - figure(right)
        case ScaledDifference():
            return _points(formula, known)
        case Step(start, end, bar):
            return _bar(figure(start), figure(end), bar)
        case Within(difference, tolerance):
            return OK if abs(figure(difference)) <= figure(tolerance) else DIFFERS
        case Moved(within, new, old, told):
            went = (figure(new) - figure(old)) * figure(told) > 0
            return _computed(within, known) if went else DIFFERS
        case SwitchedSum(base, switches, values):
            pairs = zip(cells_of(switches), cells_of(values), strict=True)
            return figure(base) + sum((figure(switch) * figure(value) for switch, value in pairs), ZERO)
        case Tally(cells, text):
            return Decimal(sum(known[cell] == text for cell in cells_of(cells)))
        case Others(cells, text):
            return Decimal(sum(known[cell] != text for cell in cells_of(cells)))
        case Verdict(counts):
            return CHECK if any(figure(cell) for cell in counts) else OK


def _points(formula: ScaledDifference, known: Mapping[CellRef, Value]) -> Value:
    new, old = known[formula.new], known[formula.old]
    if not (isinstance(new, Decimal) and isinstance(old, Decimal)) or (formula.bounded and max(abs(new), abs(old)) > 1):
        return NO_MEANING
    return (new - old) * _number(known[formula.factor])


def _mean(values: list[Value]) -> Decimal:
    figures = [value for value in values if isinstance(value, Decimal)]
    return sum(figures, ZERO) / len(figures)


def _bar(start: Decimal, end: Decimal, bar: Bar) -> Decimal:
    lift, sink = max(ZERO, min(start, end)), min(ZERO, max(start, end))
    match bar:
        case Bar.LIFT:
            return lift
        case Bar.SINK:
            return sink
        case Bar.ABOVE:
            return max(ZERO, start, end) - lift
    return min(ZERO, start, end) - sink

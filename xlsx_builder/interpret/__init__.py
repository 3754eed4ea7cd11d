"""Document -> Statements: titles, periods, numbers, lines, units, sections; what is unsure becomes a problem."""

from xlsx_builder.interpret.statements import interpret

__all__ = ["interpret"]

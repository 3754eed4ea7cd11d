"""Thousands of releases in one run: a workbook each, tables of all of them, resumed where it stopped."""

from xlsx_builder.batch.progress import ended
from xlsx_builder.batch.runs import Batch, run

__all__ = ["Batch", "ended", "run"]

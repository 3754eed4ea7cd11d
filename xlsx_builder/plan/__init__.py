"""Fourth stage: what was understood and inferred becomes a workbook, cell by cell, before any file is written."""

from xlsx_builder.plan.book import plan

__all__ = ["plan"]

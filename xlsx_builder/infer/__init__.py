"""Statements -> Structure: which line is which sum of others, and why that is believed."""

from xlsx_builder.infer.release import infer

__all__ = ["infer"]

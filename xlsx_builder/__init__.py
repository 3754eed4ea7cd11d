"""xlsx_builder: from an earnings release to a model workbook whose every total is a live formula."""

__version__ = "0.1.0"

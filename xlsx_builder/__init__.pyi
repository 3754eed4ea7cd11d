from xlsx_builder.model.problem import ReleaseError as ReleaseError
from xlsx_builder.pipeline import Build as Build
from xlsx_builder.pipeline import Model as Model
from xlsx_builder.pipeline import build as build
from xlsx_builder.pipeline import extract as extract
from xlsx_builder.verify.check import CheckReport as CheckReport
from xlsx_builder.verify.check import check as check

__version__: str

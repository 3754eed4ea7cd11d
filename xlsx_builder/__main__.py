"""`python -m xlsx_builder`."""

import sys

from xlsx_builder.cli import main

sys.exit(main())

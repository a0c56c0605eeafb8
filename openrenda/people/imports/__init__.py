"""Bringing registers in from spreadsheets and out again: one declared sheet a register.

``SHEETS[key]`` names them; :func:`run` reads rows, tries everything and keeps it only when no row is bad;
:func:`template` and :func:`export` make workbooks with the same columns, so that an export can be imported again.
"""

from openrenda.people.imports.books import SHEETS, export, run_file, template
from openrenda.people.imports.runner import Outcome, RowOutcome, run
from openrenda.people.imports.sheet import Column, Sheet

__all__ = ["SHEETS", "Column", "Outcome", "RowOutcome", "Sheet", "export", "run", "run_file", "template"]

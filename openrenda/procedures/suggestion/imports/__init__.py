"""Bringing past suggestions in from Excel, CSV or JSON Lines (docs/data-standard.md): published records, or whole histories.

:func:`run_file` reads, tries and keeps a file; :func:`template` makes the workbook to fill in.
"""

from ...bringing_in.sheets import Manner
from .files import TEMPLATES, run_file, run_shared_file, template

__all__ = ["TEMPLATES", "Manner", "run_file", "run_shared_file", "template"]

"""Bringing residents' messages with their answers in from Excel, CSV or JSON Lines (docs/data-standard.md)."""

from ...bringing_in.sheets import Manner
from .files import MESSAGES, TEMPLATES, run_file, template

__all__ = ["MESSAGES", "TEMPLATES", "Manner", "run_file", "template"]

"""What a server's process loads before its first request: nothing that only some papers need."""

from __future__ import annotations

import os
import subprocess
import sys

LATER = ("docx", "lxml", "pypdf", "fontTools", "PIL", "weasyprint", "openpyxl")
ASKED = """
import sys, django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(*sys.modules)
"""


def test_what_makes_word_files_and_pdfs_is_loaded_when_somebody_wants_one() -> None:
    """Together they take thirty megabytes of every process."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    answer = subprocess.run([sys.executable, "-c", ASKED], env=environment, capture_output=True, text=True, check=True)
    assert "openrenda.web.urls" in answer.stdout
    assert set(LATER).isdisjoint(answer.stdout.split())

"""What would leave the house, written to a file under ``var/outgoing``: one line of JSON each."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.utils import timezone


def append(name: str, line: dict[str, object]) -> None:
    """Add a line with the time."""
    folder = Path(settings.VAR) / "outgoing"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"at": timezone.now().isoformat(), **line}, ensure_ascii=False) + "\n")

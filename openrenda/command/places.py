"""The folders an installation writes to."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def make_folders() -> None:
    """Make the folders that are missing, closed to other users of the machine."""
    folders = [settings.VAR, settings.FILES_ROOT]
    if path := sqlite_file():
        folders.append(path.parent)
    for folder in folders:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def sqlite_file() -> Path | None:
    """The database file, or None when the database is PostgreSQL."""
    database = settings.DATABASES["default"]
    return Path(database["NAME"]) if database["ENGINE"].endswith("sqlite3") else None

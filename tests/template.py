"""A database with every table in it, made once for a run: each process copies it instead of migrating one of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DATABASE, TEMPLATE = "OPENRENDA_DATABASE", "OPENRENDA_TEMPLATE"


def migrated(database: str) -> None:
    """Make all tables in the database at this address.

    :raises subprocess.CalledProcessError: when a migration fails; what it said stands above.
    """
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", DATABASE: database}
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity=0"], env=environment, check=True)


def copied(database: Mapping[str, Any]) -> None:
    """Put the run's template in the place of a test database that is about to be set up; without one, nothing.

    :param database: Django's settings of the database, whose test name is this process's own already.
    """
    template = os.environ.get(TEMPLATE)
    if not template:
        return
    if database["ENGINE"] == "django.db.backends.sqlite3":
        shutil.copyfile(template, Path(database["TEST"]["NAME"]))
    else:
        database["TEST"]["TEMPLATE"] = template

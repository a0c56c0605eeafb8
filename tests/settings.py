"""The product's settings with what a test run needs: known keys, fresh folders, and a real database file.

SQLite's in-memory database locks differently from a file, so races would not be seen in it.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from openrenda.settings import *  # noqa: F403
from openrenda.settings import DATABASES

SCRATCH = Path(tempfile.mkdtemp(prefix="openrenda-test-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

VAR = SCRATCH
SECRET_KEY = "known-to-everyone-and-used-by-nothing-but-the-tests"
SEALED_KEY = "b25seS1mb3ItdGVzdHMtMzItYnl0ZXMtMDEyMzQ1Njc="
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
FILES_ROOT = SCRATCH / "files"
STATIC_ROOT = SCRATCH / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(FILES_ROOT)}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Argon2 takes a quarter of a second on purpose; the suite signs hundreds of people in.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "django.contrib.auth.hashers.Argon2PasswordHasher"]

DATABASE = DATABASES["default"]
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
else:
    # Race tests open fifty connections at once.
    DATABASE["OPTIONS"]["pool"]["max_size"] = 64

"""Settings: one module, read from the environment (docs/operations.md lists every variable)."""

from __future__ import annotations

from pathlib import Path

import environ

env = environ.Env()
ROOT = Path(__file__).resolve().parents[2]
VAR = Path(env("OPENRENDA_VAR", default=str(ROOT / "var")))

DEBUG = env.bool("OPENRENDA_DEBUG", default=False)
SECRET_KEY = env("OPENRENDA_SECRET_KEY", default="only-for-the-demo-and-for-tests-set-your-own-in-production-000000")
SEALED_KEY = env("OPENRENDA_SEALED_KEY", default="")
ALLOWED_HOSTS = env.list("OPENRENDA_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "openrenda.rulebook",
    "openrenda.people",
    "openrenda.docket",
    "openrenda.search",
]
ROOT_URLCONF = "openrenda.urls"
AUTH_USER_MODEL = "people.Account"

DATABASES = {"default": env.db("OPENRENDA_DATABASE", default=f"sqlite:///{VAR}/openrenda.sqlite3")}
_database = DATABASES["default"]
_database["CONN_MAX_AGE"] = None
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000;"
        ),
    }

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "openrenda" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
FILES_ROOT = VAR / "files"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

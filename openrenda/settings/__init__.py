"""Settings: one module, read from the environment (docs/operations.md lists every variable)."""

from __future__ import annotations

from datetime import timedelta

import environ

from openrenda.keys import ROOT, kept_key, var_folder
from openrenda.settings.database import database
from openrenda.settings.log import configure

env = environ.Env()
VAR = var_folder()

# Without a key of its own an installation does not start: an empty SECRET_KEY is refused by Django on first use.
DEBUG = env.bool("OPENRENDA_DEBUG", default=False)
SECRET_KEY = env("OPENRENDA_SECRET_KEY", default="") or kept_key(VAR, "secret")
SECRET_KEY_FALLBACKS = env.list("OPENRENDA_SECRET_KEY_FALLBACKS", default=[])
SEALED_KEY = env("OPENRENDA_SEALED_KEY", default="") or kept_key(VAR, "sealed")
ALLOWED_HOSTS = env.list("OPENRENDA_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "openrenda.rulebook",
    "openrenda.people",
    "openrenda.docket",
    "openrenda.ballots",
    "openrenda.search",
    "openrenda.procedures",
    "openrenda.activities",
    "openrenda.figures",
    "openrenda.channels",
    "openrenda.web",
    "openrenda.api",
    "openrenda.web.portal",
]
MIDDLEWARE = [
    "openrenda.middleware.RequestIdentity",
    "django.middleware.security.SecurityMiddleware",
    "openrenda.middleware.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "openrenda.middleware.UploadLimit",
    # Before anything that asks who it is: a secret ballot is cast by nobody in particular.
    "openrenda.web.hall.voting.booth.Booth",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "openrenda.people.middleware.SeatMiddleware",
    # Last, so that it sees the answer to a locked-out sign-in before anything else does.
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "openrenda.urls"
WSGI_APPLICATION = "openrenda.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "openrenda.web.jinja.Pages",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "openrenda.web.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "openrenda.people.context.seats",
                "openrenda.web.preferences.preferences",
                "openrenda.web.context.frame",
                "openrenda.web.context.bell",
            ],
        },
    },
]

# Database
DATABASES = {
    "default": database(
        env.db("OPENRENDA_DATABASE", default=f"sqlite:///{VAR}/openrenda.sqlite3"),
        pool_size=env.int("OPENRENDA_POOL_SIZE", default=8),
        wait_seconds=env.int("OPENRENDA_DATABASE_WAIT_SECONDS", default=10),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Who signs in, and how
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "openrenda.people.passwords.ThreeOfFourKinds"},
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["name", "login"]}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]
# Staff seats need a second factor; only a demonstration switches it off.
SECOND_FACTOR_REQUIRED = env.bool("OPENRENDA_SECOND_FACTOR_REQUIRED", default=True)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "openrenda.people.views.sign_in.refusal"
# The name is locked whatever address the guesses come from: a whole office shares one address.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False

# Sessions live in the database, so that ending one ends it everywhere at once.
HTTPS = env.bool("OPENRENDA_HTTPS", default=False)
SESSION_ENGINE = "openrenda.people.kept_sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "openrenda.web.views.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.list("OPENRENDA_ORIGINS", default=[])

# Browser security. Nothing comes from another host, and nothing runs from inside a page.
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("OPENRENDA_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Where the screens of a vote listen: empty, they ask every few seconds; "/", a proxy leads /events/ to `openrenda events`;
# otherwise the address of that process as browsers reach it, with a stroke at its end.
OPENRENDA_EVENTS = env("OPENRENDA_EVENTS", default="")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        # A recording is heard before it is sent: it lies in the page itself.
        "media-src": ["'self'", "blob:"],
        "connect-src": ["'self'", *([OPENRENDA_EVENTS.rstrip("/")] if len(OPENRENDA_EVENTS) > 1 else [])],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# Uploads: a request larger than the limit is refused before its body is read; large parts go to disk, not to memory.
MEGABYTE = 1024 * 1024
UPLOAD_LIMIT_BYTES = env.int("OPENRENDA_UPLOAD_LIMIT_MEGABYTES", default=50) * MEGABYTE
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * MEGABYTE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * MEGABYTE
FILE_UPLOAD_PERMISSIONS = 0o600
FILES_ROOT = VAR / "files"
# Boundaries a congress may lay down for its map of stations: one file, named by its division code, as GeoJSON.
BOUNDARIES_ROOT = VAR / "boundaries"

# Static files carry their content's hash in their name and are served by the application itself.
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(FILES_ROOT)}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

# Mail goes to a folder until an operator names a server, so that nothing is sent by accident.
_email = env.email_url("OPENRENDA_EMAIL", default=f"filemail:///{VAR}/outgoing/mail")
vars().update(_email)
DEFAULT_FROM_EMAIL = env("OPENRENDA_EMAIL_FROM", default="openrenda@localhost")

# Language and time: stored in UTC, legal days are the days of this time zone.
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "openrenda" / "locale"]

LOG_LEVEL = env("OPENRENDA_LOG_LEVEL", default="INFO")
LOGGING = configure(LOG_LEVEL)

# What leaves the house: dotted paths of channel adapters (openrenda/channels/adapters.py).
OPENRENDA_CHANNELS = env.list("OPENRENDA_CHANNELS", default=["openrenda.channels.adapters.Email"])
# How webhooks leave, and to which networks inside the house they may go (as 10.1.0.0/16).
OPENRENDA_WEBHOOK_SENDER = env("OPENRENDA_WEBHOOK_SENDER", default="openrenda.channels.webhooks.Post")
OPENRENDA_PRIVATE_NETWORKS = env.list("OPENRENDA_PRIVATE_NETWORKS", default=[])
OPENRENDA_ADDRESS = env("OPENRENDA_ADDRESS", default="http://127.0.0.1:8000")

# Text messages by a gateway (openrenda/channels/sms.py); uploads shown to a virus scanner (openrenda/documents/scanning.py).
OPENRENDA_SMS_ADDRESS = env("OPENRENDA_SMS_ADDRESS", default="")
OPENRENDA_SMS_TEMPLATE = env("OPENRENDA_SMS_TEMPLATE", default='{"phone": "{phone}", "text": "{text}", "id": "{id}"}')
OPENRENDA_SMS_FORMAT = env("OPENRENDA_SMS_FORMAT", default="json")
OPENRENDA_SMS_KEY = env("OPENRENDA_SMS_KEY", default="")
OPENRENDA_SMS_SECRET = env("OPENRENDA_SMS_SECRET", default="")
OPENRENDA_SMS_SIGNATURE_HEADER = env("OPENRENDA_SMS_SIGNATURE_HEADER", default="X-Signature")
OPENRENDA_SMS_ACCEPTED = env("OPENRENDA_SMS_ACCEPTED", default="")
OPENRENDA_CLAMD = env("OPENRENDA_CLAMD", default="")
OPENRENDA_CLAMD_UNREACHABLE = env("OPENRENDA_CLAMD_UNREACHABLE", default="refuse")

# How long things that are no part of the ledger are kept.
KEEP_AUTOSAVES_DAYS = env.int("OPENRENDA_KEEP_AUTOSAVES_DAYS", default=180)
KEEP_NOTICES_DAYS = env.int("OPENRENDA_KEEP_NOTICES_DAYS", default=730)
KEEP_CONTACTS_DAYS = env.int("OPENRENDA_KEEP_CONTACTS_DAYS", default=365)
KEEP_FEEDBACK_DAYS = env.int("OPENRENDA_KEEP_FEEDBACK_DAYS", default=730)

# The digest that chains the acts: sha256, or sm3 where national algorithms are asked for. Chosen once, before the first act.
OPENRENDA_DIGEST = env("OPENRENDA_DIGEST", default="sha256")

"""The application as web servers see it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from django.core.wsgi import get_wsgi_application

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PATIENCE_SECONDS = 0.05


def in_turn(application: Application) -> Application:
    """Requests of one process one after the other, unless the one before takes long.

    SQLite answers inside the process: two threads gain nothing from one another there, and hand the interpreter back and
    forth at every question, which costs a third of a request. Whoever has waited a twentieth of a second for a volume to
    be printed or a table to be brought in goes on beside it.
    """
    turn = Lock()

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        taken = turn.acquire(timeout=PATIENCE_SECONDS)
        try:
            return application(environ, start_response)
        finally:
            if taken:
                turn.release()

    return answer


def served() -> Application:
    """The application, with turns where the database is in the process."""
    from django.db import connection

    application: Application = get_wsgi_application()
    return in_turn(application) if connection.vendor == "sqlite" else application


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openrenda.settings")
application = served()

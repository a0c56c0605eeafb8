"""The application as web servers see it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from threading import Semaphore
from typing import Any

from django.core.wsgi import get_wsgi_application

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PATIENCE_SECONDS = 0.05
# SQLite answers inside the process, so a second thread never has anything to do; PostgreSQL leaves time for one more.
SIDE_BY_SIDE = {"sqlite": 1}
USUALLY = 2


def in_turn(application: Application, at_once: int) -> Application:
    """So many requests of one process at once, unless one of them takes long.

    More threads hand the interpreter to and fro at every question, which costs up to a third of a request. Whoever has
    waited a twentieth of a second for a volume to be printed or a table to be brought in goes on beside it.
    """
    turn = Semaphore(at_once)

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        taken = turn.acquire(timeout=PATIENCE_SECONDS)
        try:
            return application(environ, start_response)
        finally:
            if taken:
                turn.release()

    return answer


def served() -> Application:
    """The application, its requests in turn."""
    from django.db import connection

    return in_turn(get_wsgi_application(), SIDE_BY_SIDE.get(connection.vendor, USUALLY))


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openrenda.settings")
application = served()

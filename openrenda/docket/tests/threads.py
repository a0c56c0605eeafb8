"""Several people at the same instant, each with a database connection of her own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")


def at_once(count: int, work: Callable[[int], Result]) -> list[Result]:
    """Run the work so many times at once and give the results in order."""
    gate = Barrier(count)

    def one(number: int) -> Result:
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))

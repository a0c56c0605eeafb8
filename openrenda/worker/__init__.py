"""One background command: deliver the outbox, turn the clocks, seal the days, keep to the retention times.

At rest it asks the database one small question every two seconds. Killed at any moment, the next one goes on where it was.
"""

from __future__ import annotations

from .rounds import run

__all__ = ["run"]

"""What the steps of a consultation write."""

from __future__ import annotations

from datetime import date

from openrenda.docket.models import Act
from openrenda.docket.situation import Situation

from .. import consulting


def announce(situation: Situation, act: Act) -> None:
    """Everybody may read it from the day on which it opens."""
    _keep(situation, consulting.PUBLIC_COMMENT)


def call(situation: Situation, act: Act) -> None:
    """The same, for topics of supervision."""
    _keep(situation, consulting.TOPICS)


def _keep(situation: Situation, purpose: str) -> None:
    opens_on = date.fromisoformat(situation.data["opens_on"])
    situation.note(purpose=purpose, opens_on=opens_on)
    situation.matter.public_since = opens_on
    _dated(situation)


def change(situation: Situation, act: Act) -> None:
    """Another text or day; the clock runs to the new one. What came late and is in time now is late no longer."""
    _dated(situation)
    closes_on = situation.record.closes_on
    in_time = situation.matter.consultation_opinions.filter(late=True, heard_on__lte=closes_on)

    def mark() -> None:
        in_time.update(late=False)

    situation.after_write.append(mark)


def _dated(situation: Situation) -> None:
    data = situation.data
    situation.note(
        text=data["text"], closes_on=date.fromisoformat(data["closes_on"]), channels=data["channels"], reach=data.get("reach", "")
    )  # fmt: skip


def close(situation: Situation, act: Act) -> None:
    """What came of it, for everybody."""
    situation.note(summary=situation.data["summary"])


def cancel(situation: Situation, act: Act) -> None:
    """The page stays and says why."""
    situation.note(called_off=situation.data["reason"])

"""Reports for the tests: drafted by one, checked by another, issued by a third."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.figures.models import Report
from openrenda.people.models import Account, Membership, Seat
from openrenda.procedures.report import findings
from tests.cast import BEGAN, Cast


class Desk:
    """One report on its way."""

    def __init__(self, cast: Cast, text: str = "", **changes: Any) -> None:
        self.cast = cast
        checker_of(cast)
        today = timezone.localdate()
        data = {"title": "试验区人大常委会工作报告", "since": f"{today.year}-01-01", "until": f"{today.year}-12-31",
                "as_of": today.isoformat(), **changes}  # fmt: skip
        self.pk = docket.open_matter("report", "begin", by=cast["office"], data=data).matter_id
        if text:
            self.write(text)

    @property
    def matter(self) -> Matter:
        """As it is now."""
        return Matter.objects.get(pk=self.pk)

    @property
    def record(self) -> Report:
        """As it is now."""
        return Report.objects.get(matter=self.pk)

    def take(self, who: str, step: str, data: Any = None, **more: Any) -> Any:
        """Somebody takes a step."""
        return docket.act(self.matter, step, by=self.cast[who], data=data, **more)

    def write(self, text: str) -> Desk:
        """The drafter writes the text."""
        self.take("office", "write", {"text": text})
        return self

    def part(self, name: str, text: str) -> Desk:
        """The drafter writes a part."""
        self.take("office", "write_part", {"name": name, "text": text})
        return self

    def checked(self) -> Desk:
        """Sent, and found right by the second person."""
        self.take("office", "submit")
        self.take("checker", "pass")
        return self

    def issued(self, **data: Any) -> Desk:
        """All the way, by three people."""
        self.checked()
        self.take("leader", "issue", data)
        return self

    def found(self) -> list[tuple[str, str]]:
        """Grade and kind of what the checker finds now."""
        situation = Situation(self.matter, self.cast["office"])
        return [(one.grade, one.kind) for one in findings(situation)]

    def words(self) -> str:
        """All the checker says."""
        situation = Situation(self.matter, self.cast["office"])
        return "\n".join(f"{one.place}：{one.words}" for one in findings(situation))


def checker_of(cast: Cast) -> None:
    """A second clerk in the deputies' office."""
    if "checker" in cast.actors:
        return
    from dataclasses import replace

    account = Account.objects.create(
        login=f"{cast.congress.division_code}-checker", name="核对人", must_change_password=False
    )
    Membership.objects.create(account=account, congress=cast.congress)
    cast.seats["checker"] = Seat.objects.create(
        account=account, key="deputy_office", holder_kind="organ", holder=cast.organs["committee"].pk, since=BEGAN
    )
    cast.actors["checker"] = replace(cast["office"], account=account.pk, name="核对人")

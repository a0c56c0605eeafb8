"""Loads the invented congresses: registers, then every planned life step by step, then what a living office has around it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.channels.delivery import deliver
from openrenda.channels.models import Notice
from openrenda.docket.time import run_clocks
from openrenda.docket.verify import seal_days
from openrenda.people.models import Congress
from openrenda.people.refusals import Refused
from openrenda.people.remembering import remembering
from openrenda.search import together
from openrenda.tenancy import congress_scope

from .cast import DISTRICT, Cast, make_cast
from .lives import chosen, lives_of, order_lives
from .matters import make_suggestions
from .orders import make_orders
from .papers import keep_papers, proof_of
from .phrases import dice
from .plan import make_plans
from .registers import House, load_registers
from .storytime import StoryTime
from .telling import Teller

Progress = Callable[[str], None]
SEED = 20
TOLD_DAYS, UNREAD_DAYS = 60, 3
SECONDS_BETWEEN_LINES = 5.0


def load(progress: Progress, *, seed: int = SEED, suggestions: int | None = None) -> None:
    """Fill an empty database with the demo.

    :param suggestions: how many suggestions and bills; all nine hundred and more when left out.
    :raises Refused: when the database holds a congress already.
    """
    if Congress.objects.exists():
        raise Refused(_("数据库中已有人大，演示数据没有装入，原有数据没有改动。"))
    cast = make_cast(seed, timezone.localdate())
    houses = load_registers(cast)
    progress(_("登记簿：%(people)s 名代表，%(organs)s 个机构，%(accounts)s 个账号")
             % {"people": len(cast.mandates), "organs": len(cast.organs), "accounts": len(cast.accounts)})  # fmt: skip
    house = houses[DISTRICT]
    with congress_scope(house.congress), remembering():
        _tell(cast, house, progress, suggestions)
        keep_papers(house)
    for each in houses.values():
        _settle(each)


def _tell(cast: Cast, house: House, progress: Progress, number: int | None) -> None:
    """Every life, under the story's own clock, the texts indexed at the end."""
    working = house.book.calendar.is_working_day
    plans = chosen(make_plans(cast, make_suggestions(cast), working), number)
    story = StoryTime()
    teller = Teller(house, story, dice(cast.seed, "hours"), proof_of, cast.today - timedelta(days=TOLD_DAYS))
    teller.plan(lives_of(plans, house))
    teller.plan(order_lives(make_orders(cast), cast, house, working))
    with story.running(), together():
        done = teller.tell(_Counting(progress))
    progress(_("已办理 %(done)s 步，检索已建立") % {"done": done})


def _settle(house: House) -> None:
    """What the worker would have done by now: clocks, seals, and the notices of the last weeks."""
    run_clocks(house.congress.pk)
    seal_days(house.congress.pk)
    while deliver(house.congress):
        pass
    with congress_scope(house.congress):
        seen = timezone.now() - timedelta(days=UNREAD_DAYS)
        Notice.objects.filter(created_at__lt=seen).update(read_at=seen)


class _Counting:
    """Says now and then how far it is and how long it will take."""

    def __init__(self, progress: Progress) -> None:
        self.progress, self.began, self.said = progress, time.monotonic(), time.monotonic()

    def __call__(self, done: int, steps: int) -> None:
        now = time.monotonic()
        if now - self.said < SECONDS_BETWEEN_LINES:
            return
        self.said = now
        left = (now - self.began) / done * (steps - done)
        self.progress(
            _("办理经过 %(done)s/%(steps)s 步，约剩 %(left).0f 秒") % {"done": done, "steps": steps, "left": left}
        )


__all__ = ["load"]

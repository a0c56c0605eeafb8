"""Loads the invented congresses: registers, then every planned life step by step, then what a living office has around it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction
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

from .aftermath import promises_after_all
from .cast import DISTRICT, Cast, make_cast
from .elsewhere import ELSEWHERE, Elsewhere, plans_elsewhere
from .evaluations import tell_evaluations
from .lives import chosen, lives_of, order_lives
from .matters import make_suggestions
from .orders import make_orders
from .papers import keep_papers, proof_of
from .phrases import dice
from .plan import make_plans
from .registers import House, load_registers
from .reporting import tell_reports
from .storytime import StoryTime
from .supervising import supervise
from .telling import Life, Teller

Progress = Callable[[str], None]
SEED = 20
TOLD_DAYS, UNREAD_DAYS = 45, 3
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
    with remembering():
        _tell_district(cast, houses[DISTRICT], progress, suggestions)
    for where in ELSEWHERE:
        with remembering():
            _tell_elsewhere(cast, where, houses[where.congress])
    for house in houses.values():
        with remembering():
            _settle(house)
    progress(_("期限已核对，行为已封存，近期消息已送达"))


def _tell_district(cast: Cast, house: House, progress: Progress, number: int | None) -> None:
    working = house.book.calendar.is_working_day
    plans = chosen(make_plans(cast, make_suggestions(cast), working), number)
    lives = [*lives_of(plans, house), *order_lives(make_orders(cast), cast, house, working)]
    done = _tell(cast, house, lives, _Counting(progress))
    progress(_("已办理 %(done)s 步，检索已建立") % {"done": done})
    with congress_scope(house.congress):
        supervise(house, cast, cast.today - timedelta(days=TOLD_DAYS), few=number is not None)
        keep_papers(house)
        promises_after_all(house)
    progress(_("主任会议、接待日、督办和专项督查已登记"))
    if number is None:
        tell_evaluations(house, cast)
    with congress_scope(house.congress):
        tell_reports(house, cast.today)


def _tell_elsewhere(cast: Cast, where: Elsewhere, house: House) -> None:
    plans = plans_elsewhere(cast, where, house.book.calendar.is_working_day)
    _tell(cast, house, lives_of(plans, house), lambda done, steps: None)


def _tell(cast: Cast, house: House, lives: Iterable[Life], counting: Callable[[int, int], None]) -> int:
    """Lives of one congress, under the story's own clock; the texts are indexed at the end."""
    story = StoryTime()
    teller = Teller(house, story, dice(cast.seed, "hours", house.key), proof_of, cast.today - timedelta(days=TOLD_DAYS))
    teller.plan(lives)
    with congress_scope(house.congress), story.running(), together():
        return teller.tell(counting)


def _settle(house: House) -> None:
    """What the worker would have done by now: clocks, seals, and the notices of the last weeks."""
    while run_clocks(house.congress.pk):
        # What ran out long ago may have begun a limit that has run out since.
        pass
    with transaction.atomic():
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

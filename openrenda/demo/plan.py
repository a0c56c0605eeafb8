"""A planned life for every suggestion and bill: the steps the loader walks, each with its actor, its day and its data.

Every life is planned to its end and then cut at today, so the recent ones stand in many states; ``standing.py`` sees to the rest.
The step keys are those of the procedures; ``adapter.py`` turns the data into what their forms ask for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from . import handling, judging, raising
from .bills import bill_life
from .cast import Cast
from .diary import DEPUTY_OFFICE, Archive, Diary, PlannedStep, Working, is_weekday
from .handling import weighted
from .leading import led_from_the_start
from .matters import SAME_MATTER, Suggestion
from .phrases import dice, remarks
from .standing import leave_some_standing

# Suggestions that may still lie on a desk: older ones were answered at last.
DESK_DAYS = 220
RECENT_DAYS = 5
REFERENCE_REASONS = {"private": 0, "letter": 1, "tender": 2, "empty": 3}
DECLINED, DECLINE_REFUSED, SEPARATE, WITHDRAWN, WITHDRAWN_LATER = 0.045, 0.025, 0.03, 0.012, 0.015
UNMERGED_EVERY = 6
# Second handling is rare. A few more of late, so that the demo shows it going on and not only long ago.
DISPUTED_AGES, DISPUTED_SHARE = range(45, 150), 0.35
DISPUTED_FATES = ((judging.REFUSED, 60), (judging.REFUSED_TWICE, 40))


@dataclass(frozen=True)
class Plan:
    """The life of one suggestion or bill up to today."""

    suggestion: Suggestion
    procedure: str
    steps: tuple[PlannedStep, ...]

    @property
    def main(self) -> str:
        """The key of the suggestion this one was merged into, if it was."""
        return next((str(step.data["main"]) for step in self.steps if step.step == "merge"), "")


def make_plans(cast: Cast, suggestions: Iterable[Suggestion], working: Working = is_weekday) -> tuple[Plan, ...]:
    """A plan for each, in the order given. ``working`` tells working days; the loader gives the rulebook's calendar."""
    archive, lives = Archive(), dict[str, Diary]()
    for number, suggestion in enumerate(suggestions):
        diary = Diary(cast, suggestion, dice(cast.seed, "life", suggestion.key), archive, working)
        if suggestion.kind == "bill":
            bill_life(diary)
        else:
            _live(diary, lives, number)
        lives[suggestion.key] = diary
    recent = cast.today - timedelta(days=RECENT_DAYS)
    while not working(recent):
        recent -= timedelta(days=1)
    plans = leave_some_standing([_plan(diary, cast.today) for diary in lives.values()], recent)
    return led_from_the_start(plans, cast.district_sessions[-1].key)


def _plan(diary: Diary, today: date) -> Plan:
    steps = sorted((step for step in diary.steps if step.on <= today), key=lambda step: step.on)
    procedure = "bill" if diary.suggestion.kind == "bill" else "suggestion"
    return Plan(diary.suggestion, procedure, tuple(steps))


def _live(diary: Diary, lives: dict[str, Diary], number: int) -> None:
    suggestion = diary.suggestion
    main = _main_of(suggestion, lives)
    if not raising.raise_it(diary, _way(diary, number, merged=main is not None)):
        return
    if suggestion.oddity in REFERENCE_REASONS:
        diary.wait(1, 2)
        diary.take(
            "to_reference",
            DEPUTY_OFFICE,
            reason=remarks("office.reference_reason")[REFERENCE_REASONS[suggestion.oddity]],
        )
        return
    if main is not None and _merge(diary, main, number):
        return
    _hand_over_and_handle(diary)
    if suggestion.oddity == "two_matters":
        _live_of_the_split_one(diary)


def _way(diary: Diary, number: int, *, merged: bool) -> str:
    """How the draft goes on; what cannot be done for this one becomes the plain way."""
    way = weighted(diary, raising.WAYS)
    plain_only = merged or bool(diary.suggestion.oddity) or bool(diary.suggestion.delegation)
    if plain_only or (way == raising.SETTLED and diary.suggestion.in_session):
        return raising.PLAIN
    if way == raising.LEFT and diary.suggestion.in_session:
        return raising.CONSULTED
    return way


def _main_of(suggestion: Suggestion, lives: dict[str, Diary]) -> Diary | None:
    """The earlier suggestion of the same session that tells the same matter."""
    same = [row.key for row in suggestion.similar_to if row.kind == SAME_MATTER and row.key in lives]
    found = lives[same[0]] if same else None
    return found if found and found.suggestion.session == suggestion.session else None


def _merge(diary: Diary, main: Diary, number: int) -> bool:
    """Follow the main one to its reply, unless it cannot be followed. True when the life is told."""
    taken = {step.step: step.on for step in main.steps if not step.target}
    received = taken.get("district_pass") or taken.get("file_as_is")
    signed = taken.get("sign_reply")
    if received is None or signed is None or main.suggestion.oddity or {"decline", "split", "merge"} & set(taken):
        return False
    diary.day = max(diary.wait(0, 1), diary.worked(received + timedelta(days=1)))
    if diary.day >= signed:
        return False
    diary.take("merge", DEPUTY_OFFICE, main=main.suggestion.key, reason=diary.pen.say("office.merge_reason"))
    if number % UNMERGED_EVERY == 0:
        diary.wait(2, 4)
        diary.take("unmerge", DEPUTY_OFFICE, reason=diary.pen.say("office.unmerge_reason"))
        return False
    diary.day, diary.organ = signed, main.organ
    diary.engine("reply_with_main")
    judging.judge(diary, weighted(diary, ((judging.SATISFIED, 70), (judging.BASICALLY, 20), (judging.SILENT, 10))))
    return True


def _hand_over_and_handle(diary: Diary) -> None:
    fate = diary.chance.random()
    if fate < WITHDRAWN:
        _withdraw(diary)
    elif fate < WITHDRAWN + SEPARATE and len(_separate_organs(diary)) > 1:
        _handle_separately(diary)
    elif fate < WITHDRAWN + SEPARATE + DECLINED:
        diary.organ = handling.wrong_organ(diary)
        handling.refer(diary)
        handling.decline(diary, justified=True)
        _handle_and_judge(diary)
    else:
        handling.refer(diary)
        _sign_and_handle(diary)


def _sign_and_handle(diary: Diary) -> None:
    """The usual way, with organs that leave it lying or decline without reason now and then."""
    way = _handling(diary)
    if way == handling.UNSIGNED:
        return
    if diary.likely(DECLINE_REFUSED):
        handling.decline(diary, justified=False)
    else:
        handling.sign_for(diary)
    if diary.likely(WITHDRAWN_LATER):
        diary.wait(2, 8)
        _withdraw(diary)
        return
    _handle_and_judge(diary, way)


def _handling(diary: Diary) -> str:
    way = weighted(diary, handling.HANDLINGS)
    recent = diary.suggestion.raised_on > diary.cast.today - timedelta(days=DESK_DAYS)
    stuck = way in (handling.UNSIGNED, handling.TALKING, handling.WAITING)
    return handling.LATE if stuck and not recent else way


def _handle_and_judge(diary: Diary, way: str = "") -> None:
    text = handling.handle(diary, way or _handling(diary))
    if text is None:
        return
    age = (diary.cast.today - diary.suggestion.raised_on).days
    disputed = age in DISPUTED_AGES and diary.likely(DISPUTED_SHARE)
    judging.judge(diary, weighted(diary, DISPUTED_FATES if disputed else judging.fates(text)))


def _withdraw(diary: Diary) -> None:
    """A joint suggestion is withdrawn by all who signed."""
    diary.wait(1, 3)
    for holder in diary.suggestion.cosigners:
        diary.take("agree_withdrawal", ("deputy", holder), reason=diary.pen.say("office.agree_withdrawal"))
    diary.wait(0, 2)
    diary.take("withdraw", diary.sponsor, reason=diary.pen.say("office.withdraw"))


def _separate_organs(diary: Diary) -> list[str]:
    named = [diary.suggestion.lead, *(row.who for row in diary.suggestion.proposals)]
    departments = [key for key in dict.fromkeys(named) if diary.cast.organ_by_key[key].kind == "department"]
    return departments[:3]


def _handle_separately(diary: Diary) -> None:
    """Every organ has its own part and its own reply; the suggestion ends with the last."""
    organs = _separate_organs(diary)
    diary.wait(2, 5)
    diary.take("assign_separately", DEPUTY_OFFICE, organs=organs, note=diary.pen.say("office.assign_note"))
    begun, last = diary.day, diary.day
    for organ in organs:
        diary.day, diary.organ, diary.target = begun, organ, f"part:{organ}"
        handling.sign_for(diary)
        text = handling.handle(diary, handling.PROMPT)
        if text is not None:
            judging.judge(
                diary, weighted(diary, ((judging.SATISFIED, 75), (judging.BASICALLY, 20), (judging.REFUSED, 5)))
            )
        closing = [s.on for s in diary.steps if s.step in ("judge", "judge_second") and s.target == diary.target]
        last = max([last, *closing])
    diary.day, diary.target, diary.organ = last, "", diary.suggestion.lead
    diary.engine("conclude")


def _live_of_the_split_one(diary: Diary) -> None:
    """The second matter goes its own way from the day of the split."""
    split = next((step for step in diary.steps if step.step == "split"), None)
    if split is None:
        return
    diary.day = split.on
    diary.organ = diary.suggestion.proposals[1].who
    raising.raise_the_split_one(diary)
    handling.refer(diary)
    handling.sign_for(diary)
    text = handling.handle(diary, handling.PROMPT)
    if text is not None:
        judging.judge(diary, judging.SATISFIED)

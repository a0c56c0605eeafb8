"""The middle of a suggestion's life: handing over, declining, contacts, assisting opinions, extensions, replies."""

from __future__ import annotations

from datetime import date, timedelta

from . import promising
from .diary import DEPUTY_OFFICE, ENGINE, GOVERNMENT_OFFICE, Diary
from .phrases import remarks
from .replies import BOILERPLATE, GOOD, IMPOSSIBLE, NOTED, PLANNED, SOLVED, ReplyText

PROMPT, LATE, EXTENDED, NOT_EXTENDED, WAITING, UNSIGNED, TALKING = (
    "prompt", "late", "extended", "extension_refused", "opinion_missing", "unsigned", "contacted_only",
)  # fmt: skip
HANDLINGS = ((PROMPT, 78), (LATE, 5), (EXTENDED, 8), (NOT_EXTENDED, 3), (WAITING, 3), (UNSIGNED, 1), (TALKING, 2))
CLASSES = ((SOLVED, 44), (PLANNED, 36), (IMPOSSIBLE, 13), (NOTED, 7))
WAYS_OF_CONTACT = ("site", "site", "visit", "meeting", "phone")
POOR_CONTACT, DISPUTED, CONFIRMED = 0.06, 0.03, 0.88
HANDED_DOWN, REDRAFTED, OPINION_REDONE, GOVERNMENT_ANSWERS = 0.25, 0.1, 0.12, True
BOILERPLATE_SHARE, COPIED_SHARE = 0.05, 0.02
DAYS_OF_REPLY, DAYS_OF_LONG_REPLY = 88, 175


def weighted(diary: Diary, rows: tuple[tuple[str, int], ...]) -> str:
    """One of the keys, as often as its weight."""
    keys, weights = zip(*rows, strict=True)
    return str(diary.chance.choices(keys, weights)[0])


# Handing over


def refer(diary: Diary) -> None:
    """Hand over within the limit, through the government's office where the organ is its department."""
    note, assisting = diary.pen.say("office.assign_note"), _assisting(diary)
    if diary.suggestion.in_session and diary.target != "split":
        _to_the_hand_over_meeting(diary)
    else:
        diary.wait(1, 3)
    if diary.by_government:
        diary.take("refer", DEPUTY_OFFICE, reason=diary.pen.say("office.refer_reason"))
        diary.wait(2, 5)
        diary.take("assign_by_government", GOVERNMENT_OFFICE, organ=diary.organ, assisting=assisting, note=note)
    else:
        diary.take("assign", DEPUTY_OFFICE, organ=diary.organ, assisting=assisting, note=note)


def _to_the_hand_over_meeting(diary: Diary) -> None:
    """What a session raised is referred on one day and handed over at one meeting, inside a month."""
    session = next(s for s in diary.cast.district_sessions if s.key == diary.suggestion.session)
    diary.day = max(diary.worked(diary.day), diary.worked(session.until + timedelta(days=14)))


def _assisting(diary: Diary) -> list[str]:
    return [key for key in diary.suggestion.assisting if key != diary.organ]


def decline(diary: Diary, *, justified: bool) -> None:
    """The organ declines; the office gives the suggestion to another, or back."""
    right = diary.suggestion.lead
    diary.wait(1, 2)
    diary.take("sign_for", diary.staff("clerk"))
    diary.wait(2, 5)
    reason = diary.pen.decline(right) if justified else diary.pen.say("organ.decline_unjustified")
    diary.take("decline", diary.staff("office"), reason=reason)
    diary.wait(2, 6)
    if not justified:
        diary.take("refuse_decline", DEPUTY_OFFICE, reason=diary.pen.say("office.refuse_decline"))
        return
    diary.organ = right
    assisting, note = _assisting(diary), diary.pen.say("office.reassign_note")
    diary.take("reassign", DEPUTY_OFFICE, organ=right, assisting=assisting, note=note)
    sign_for(diary)


def wrong_organ(diary: Diary) -> str:
    """An organ that looks right and is not."""
    others = [row.who for row in diary.suggestion.proposals if row.who != diary.suggestion.lead]
    pool = others or ["city_management", "housing", "transport"]
    departments = [key for key in pool if diary.cast.organ_by_key[key].kind == "department"]
    return diary.chance.choice(departments or ["development"])


def sign_for(diary: Diary) -> None:
    """Sign for the hand-over, mostly in time."""
    diary.wait(*(4, 8) if diary.likely(0.05) else (0, 2))
    diary.take("sign_for", diary.staff("clerk"))


# Handling


def handle(diary: Diary, way: str) -> ReplyText | None:
    """From the signing-for to the signed reply; nothing when the suggestion stays on the organ's desk."""
    assigned = diary.day if not diary.steps else _assigned_on(diary)
    if diary.likely(HANDED_DOWN):
        _hand_down(diary)
    diary.wait(2, 12)
    contact(diary)
    if way == TALKING:
        return None
    if not _opinions(diary, missing=way == WAITING):
        return None
    if way in (EXTENDED, NOT_EXTENDED):
        _ask_for_time(diary, way, assigned)
    _wait_for_reply(diary, way, assigned)
    return reply(diary)


def _assigned_on(diary: Diary) -> date:
    steps = ("assign", "assign_by_government", "assign_separately")
    return next((s.on for s in reversed(diary.steps) if s.step in steps), diary.day)


def _hand_down(diary: Diary) -> None:
    pen = diary.pen
    diary.wait(0, 2)
    section = pen.words.known["section"]
    due = diary.worked(diary.day + timedelta(days=20))
    task = pen.say("organ.hand_down")
    diary.take("hand_down", diary.staff("office"), section=section, clerk="", due_on=due, task=task)
    diary.wait(5, 11)
    where = f"{diary.target}/task" if diary.target else "task"
    diary.take("hand_in", diary.staff("clerk"), where, result=pen.say("organ.hand_in"))
    diary.wait(0, 2)
    diary.take("accept", diary.staff("office"), where)


def contact(diary: Diary, *, second: bool = False) -> None:
    """Talk with the deputy, record it, and let her confirm it."""
    way = "meeting" if second else diary.chance.choice(WAYS_OF_CONTACT)
    poor = not second and diary.likely(POOR_CONTACT)
    record = diary.pen.contact("phone" if poor else way, poor=poor)
    diary.take("contact", diary.staff("clerk"), held_on=diary.day, **record)
    if poor and diary.likely(DISPUTED / POOR_CONTACT):
        diary.wait(1, 2)
        diary.take("dispute_contact", diary.sponsor, comment=remarks("contact.disputed"))
        diary.wait(2, 4)
        contact(diary, second=True)
    elif diary.likely(CONFIRMED):
        diary.wait(0, 3)
        diary.take("confirm_contact", diary.sponsor, reason=diary.pen.say("contact.confirmed"))


def _opinions(diary: Diary, *, missing: bool) -> bool:
    """The assisting organs' opinions. False when one never comes."""
    asked: list[str] = next((s.data["assisting"] for s in reversed(diary.steps) if "assisting" in s.data), [])
    for index, organ in enumerate(asked):
        if missing and index == len(asked) - 1:
            return False
        where = f"{diary.target}/assist:{organ}" if diary.target else f"assist:{organ}"
        diary.wait(1, 5)
        diary.take("give", ("organ_clerk", organ), where, opinion=diary.pen_of(organ).say("organ.opinion"))
        if diary.likely(OPINION_REDONE):
            diary.wait(0, 2)
            diary.take("ask_again", diary.staff("clerk"), where, reason=remarks("organ.return_draft")[1])
            diary.wait(1, 4)
            diary.take("give_again", ("organ_clerk", organ), where, opinion=diary.pen_of(organ).say("organ.opinion"))
    return not (missing and not asked)


def _ask_for_time(diary: Diary, way: str, assigned: date) -> None:
    diary.day = max(diary.day, diary.worked(assigned + timedelta(days=diary.chance.randint(45, 70))))
    until = diary.worked(assigned + timedelta(days=DAYS_OF_LONG_REPLY))
    diary.take("request_extension", diary.staff("office"), reason=diary.pen.say("organ.extension"), until=until)
    diary.wait(1, 4)
    if way == EXTENDED:
        diary.take("grant_extension", DEPUTY_OFFICE, reason=diary.pen.say("office.grant"))
    else:
        diary.take("refuse_extension", DEPUTY_OFFICE, reason=diary.pen.say("office.refuse_extension"))


def _wait_for_reply(diary: Diary, way: str, assigned: date) -> None:
    """Draft on a day that keeps the limit, or breaks it."""
    low, high = {EXTENDED: (100, 160), LATE: (96, 150), NOT_EXTENDED: (75, 84)}.get(way, (25, 80))
    aim = assigned + timedelta(days=diary.chance.randint(low, high))
    diary.day = max(diary.worked(aim), diary.wait(0, 1))


def draft(diary: Diary, *, second: bool = False) -> ReplyText:
    """The text of a reply: mostly good, now and then empty words or a copy."""
    number = diary.archive.next_number(diary.organ, diary.day.year)
    result_class = weighted(diary, CLASSES)
    earlier = diary.archive.replies.setdefault(diary.organ, [])
    if not second and earlier and diary.likely(COPIED_SHARE):
        return diary.pen.copy_of(diary.chance.choice(earlier), diary.day, number)
    quality = BOILERPLATE if not second and diary.likely(BOILERPLATE_SHARE) else GOOD
    made = diary.pen.reply(result_class, diary.day, number, quality=quality, second=second)
    earlier.append(made)
    return made


def reply(diary: Diary) -> ReplyText:
    """Draft, perhaps draft again, and have the head sign."""
    text = draft(diary)
    diary.take("draft_reply", diary.staff("clerk"), reply=text)
    if diary.likely(REDRAFTED):
        diary.wait(0, 1)
        diary.take("return_draft", diary.staff("head"), reason=diary.pen.say("organ.return_draft"))
        diary.wait(1, 2)
        text = draft(diary)
        diary.take("draft_reply", diary.staff("clerk"), reply=text)
    diary.wait(0, 2)
    diary.take("sign_reply", diary.staff("head"))
    promising.keep(diary, text)
    return text


def second_reply(diary: Diary) -> None:
    """A second handling: talk again, draft again, and the chief signs, inside a month."""
    diary.wait(3, 7)
    contact(diary, second=True)
    diary.wait(2, 5)
    text = draft(diary, second=True)
    diary.take("draft_second_reply", diary.staff("clerk"), reply=text)
    if diary.likely(0.12):
        diary.wait(0, 1)
        diary.take("return_second_draft", diary.staff("chief"), reason=diary.pen.say("organ.return_draft"))
        diary.wait(1, 2)
        text = draft(diary, second=True)
        diary.take("draft_second_reply", diary.staff("clerk"), reply=text)
    diary.wait(0, 2)
    diary.take("sign_second_reply", diary.staff("chief"))
    promising.keep(diary, text)


__all__ = ["ENGINE", "handle", "refer", "reply", "second_reply", "sign_for", "weighted"]

"""The papers that a sitting writes by itself: notice, minutes, and the opinions on an item, from the same rows as everything else (J01 (4))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from openrenda.docket.models import Act, Matter
from openrenda.documents.official import OfficialDocument, Text, long_date, long_days
from openrenda.documents.official.model import Block, paragraphs
from openrenda.moments import here
from openrenda.people.models import Congress
from openrenda.tenancy import current_congress_id

from ..days import AWAY, MISSED, by_place
from ..hall import KINDS, MEMBER, VOTE, Attendance, Resolution, Sitting, Speech, places_of
from ..record import Activity, Item
from .agenda import numbered
from .holding import RESULTS

HAVE_COME, ON_LEAVE = ("attended", "present", "left", "awaited"), ("excused", "on_leave")


ONE_DAY_OFF = "只请其中一天的，写明日期。会议期间每天重新签到。"


def draft(matter: Matter) -> str:
    """The minutes as they follow from what happened; a person edits and approves them."""
    record, sitting = Activity.objects.get(matter=matter), Sitting.objects.get(matter=matter)
    lines = [f"时间：{long_days(record.held_on, record.last_day)}{record.starts_at}", f"地点：{record.place}"]
    lines += [f"主持：{record.leader_name}"] if record.leader_name else []
    lines += [*_who(matter), *_quorums(matter)]
    for label, item in numbered(Item.objects.filter(matter=matter)):
        lines += ["", f"{label}{item.title}", *_dealt_with(item)]
    lines += ["", *_votes(matter)]
    if sitting.group_id is None and not lines[-1]:
        lines.pop()
    return "\n".join(lines).strip()


def _quorums(matter: Matter) -> list[str]:
    """How many were there when it opened, and when it went on on another day."""
    days: dict[date, Act] = {}
    for made in Act.objects.filter(matter=matter, step__in=("open", "resume")).order_by("seq"):
        if "base" in made.data:
            days.setdefault(here(made.took_effect).date(), made)
    return [
        f"{f'{day.month}月{day.day}日' if len(days) > 1 else ''}应到{made.data['base']}人，"
        f"开会时在场{made.data['present']}人，符合法定人数。"
        for day, made in days.items()
    ]


def _not_always(matter: Matter, rows: list[Attendance]) -> list[str]:
    """Members who came to a sitting of several days but not on all of them."""
    kept = by_place(matter, rows)
    found = []
    for label, how in (("其中部分日期请假", AWAY), ("其中部分日期缺席", MISSED)):
        names = [
            f"{row.name}（{'、'.join(f'{day.month}月{day.day}日' for day in days)}）"
            for row in rows
            if row.kind == MEMBER
            and row.came
            and (days := [day for day, was in kept.get(row.matter_id, {}).items() if was == how])
        ]
        found += [f"{label}：{'、'.join(names)}"] if names else []
    return found


def _who(matter: Matter) -> list[str]:
    rows = list(places_of(matter))
    found = []
    for label, kinds, states in (
        ("出席", (MEMBER,), HAVE_COME),
        ("请假", (MEMBER,), ON_LEAVE),
        ("缺席", (MEMBER,), ("absent",)),
    ):
        names = [row.name for row in rows if row.kind in kinds and row.matter.state in states]
        found += [f"{label}：{'、'.join(names)}（{len(names)}人）"] if names else []
        found += _not_always(matter, rows) if label == "出席" else []
    for kind, label in KINDS.items():
        names = [row.name for row in rows if row.kind == kind != MEMBER and row.matter.state in HAVE_COME]
        found += [f"{label}：{'、'.join(names)}"] if names else []
    return found


def _dealt_with(item: Item) -> list[str]:
    lines = [f"提出：{item.mover_name}"] if item.mover_name else []
    lines += [f"{row.name}发言：{row.text}" for row in _said(item)]
    for row in Resolution.objects.filter(item=item).select_related("matter"):
        lines.append(f"{row.matter.title}：{row.verdict}" if row.verdict else row.matter.title)
    if item.outcome:
        note = f"。{item.outcome_text}" if item.outcome_text else "。"
        lines.append(f"结果：{RESULTS.get(item.outcome, item.outcome)}{note}")
    return lines


def _said(item: Item) -> Iterable[Speech]:
    return Speech.objects.filter(item=item, confirmed=True).exclude(text="").order_by("began_at", "id")


def _votes(matter: Matter) -> list[str]:
    """What was voted on, with the sentence of the count once it was announced."""
    found = []
    for row in Matter.objects.filter(procedure=VOTE, origins__origin=matter).order_by("id"):
        acts = list(Act.objects.filter(matter=row, step__in=("close", "announce")).order_by("seq"))
        sentence = next((str(made.data["sentence"]) for made in reversed(acts) if made.data.get("sentence")), "")
        announced = any(made.step == "announce" for made in acts)
        found.append(f"表决：{row.title}{f'，{sentence}' if sentence and announced else ''}")
    return found


def opinions(item: Item) -> str:
    """What was said on an item, a paragraph a speaker in the order of speaking; those who sat in are named as such."""
    grouped: dict[str, list[str]] = {}
    for row in _said(item):
        label = row.name if row.kind == MEMBER else f"{row.name}（{KINDS.get(row.kind, row.kind)}）"
        grouped.setdefault(label, []).append(row.text)
    return "\n".join(f"{name}：{'；'.join(texts)}" for name, texts in grouped.items())


def minutes_document(matter: Matter) -> OfficialDocument:
    """The minutes as a document in the layout of GB/T 9704.

    :raises ValueError: when there are none.
    """
    sitting = Sitting.objects.get(matter=matter)
    if not sitting.minutes:
        raise ValueError("还没有会议记录，请先起草。")
    status = "" if sitting.approved_on else "（未审定稿）"
    return _document(matter, f"{_name(matter)}会议记录{status}", paragraphs(sitting.minutes), sitting.approved_on)


def notice_document(matter: Matter) -> OfficialDocument:
    """The notice: when, where, and the agenda.

    :raises ValueError: before the sitting was called.
    """
    called = Act.objects.filter(matter=matter, step="notify").first()
    if called is None:
        raise ValueError("会议还没有通知。")
    record = Activity.objects.get(matter=matter)
    when, lasts = f"{long_date(record.held_on)}{record.starts_at}", ""
    if record.ends_on:
        when, lasts = long_days(record.held_on, record.ends_on), f"，会期{(record.ends_on - record.held_on).days + 1}天"
        lasts += f"，{record.held_on.month}月{record.held_on.day}日{record.starts_at}开会" if record.starts_at else ""
    blocks: list[Block] = [
        Text(f"定于{when}在{record.place}举行{_name(matter)}{lasts}。现将有关事项通知如下。"),
        Text("建议议程", 1),
    ]
    blocks += [Text(f"{label}{item.title}") for label, item in numbered(Item.objects.filter(matter=matter))]
    blocks += [Text("请假", 1), Text("不能出席会议的，请在会前书面请假。" + (ONE_DAY_OFF if record.ends_on else ""))]
    return _document(matter, f"关于举行{_name(matter)}的通知", tuple(blocks), here(called.took_effect).date())


def opinions_document(item: Item) -> OfficialDocument:
    """The opinions on one item, as they go to the organ.

    :raises ValueError: when nobody's words are confirmed.
    """
    matter = item.matter
    handed = Act.objects.filter(matter=matter, step="opinions", data__item=str(item.pk)).order_by("-seq").first()
    text = handed.data["text"] if handed else opinions(item)
    if not text:
        raise ValueError("还没有本人核对过的发言。")
    intro = Text(f"{_name(matter)}对“{item.title}”进行了审议。审议意见如下。")
    dated = here(handed.took_effect).date() if handed else None
    document = _document(matter, f"对{item.title}的审议意见", (intro, *paragraphs(text)), dated)
    return OfficialDocument(**{**{name: getattr(document, name) for name in ("title", "issuer", "blocks", "signed_by", "dated", "layout")},
                               "addressees": item.owner_name or (item.organ.name if item.organ else "")})  # fmt: skip


def _name(matter: Matter) -> str:
    return matter.number or matter.title


def _document(matter: Matter, title: str, blocks: Iterable[Block], dated: object) -> OfficialDocument:
    name = Congress.objects.values_list("name", flat=True).get(pk=current_congress_id())
    issuer = name if name.endswith("会") and "常务委员会" in name else f"{name}常务委员会办公室"
    return OfficialDocument(
        title=title, issuer=issuer, blocks=tuple(blocks), signed_by=issuer, dated=dated, layout="letter",  # type: ignore[arg-type]
    )  # fmt: skip

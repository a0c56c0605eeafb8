"""After the sitting: what was said goes to the organ, the minutes are drafted from what happened, approved, and everything is filed (ORG-34; J01)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import Opening
from openrenda.docket.models import Act, File
from openrenda.docket.situation import Situation
from openrenda.people.models import Organ
from openrenda.procedures.fields import Choose, Day, LongText, OneOf, offer_choices, offer_rows

from .. import sharing
from ..hall import Sitting, Speech
from ..record import Item
from . import minutes
from .agenda import numbered, sitting_row

BLOCK = 1 << 20


class Opinions(StepForm):
    """What was said on an item, as it goes to the organ."""

    item = OneOf(label=_("议题"))
    organ = Choose(label=_("交哪个单位研究处理"))
    text = LongText(
        label=_("审议意见"),
        rows=12,
        max_length=20000,
        required=False,
        help_text=_("不填的，按发言人归并已经核对的发言。"),
    )
    due_on = Day(label=_("要求报送研究处理情况的日期"))

    def prepare(self) -> None:
        """Offer the items on which somebody's words are confirmed and were not handed over yet."""
        rows = numbered(to_hand_over(self.situation)) if not self.situation.new else []
        offer_choices(self, "item", [(str(row.pk), row.title) for _label, row in rows])
        offer_rows(self, "organ", Organ.objects.on(self.situation.today).all)


class Minutes(StepForm):
    """The minutes, first as they follow from what happened."""

    minutes = LongText(label=_("会议记录"), rows=24, max_length=60000)

    def prepare(self) -> None:
        """What was written before, or the draft, stands in place."""
        if not self.is_bound and not self.situation.new:
            self.initial["minutes"] = sitting_row(self.situation).minutes or minutes.draft(self.situation.matter)


def to_hand_over(situation: Situation) -> list[Item]:
    """Items with confirmed words that no organ was given."""
    said = set(
        Speech.objects.filter(sitting=situation.matter.pk, confirmed=True, item__isnull=False).values_list(
            "item", flat=True
        )
    )
    return [row for row in sharing.items(situation) if row.pk in said and not row.owner_name]


def nothing_to_hand_over(situation: Situation) -> str | None:
    """Somebody said something and confirmed it."""
    return None if to_hand_over(situation) else gettext("没有本人核对过、还没有交付的发言。")


def hand_over(situation: Situation, act: Act) -> None:
    """Who was given it, by when; the words go into the act as they were sent."""
    data, item = situation.data, sharing.item_of(situation)
    if not data.get("text"):
        data["text"] = minutes.opinions(item)
    situation.change(item, owner_name=Organ.objects.get(pk=data["organ"]).name, due_on=data["due_on"])


def opinions_task(situation: Situation) -> Iterable[Opening]:
    """The organ's task; its result returns to the item."""
    return sharing.task_opening(situation, sharing.item_of(situation))


def draft(situation: Situation, act: Act) -> None:
    """Keep the minutes as they read now."""
    situation.change(sitting_row(situation), minutes=situation.data["minutes"])


def no_minutes(situation: Situation) -> str | None:
    """There are minutes."""
    return None if sitting_row(situation).minutes else gettext("还没有会议记录，请先起草。")


def approve(situation: Situation, act: Act) -> None:
    """The day of approval; the words approved are in the act by their digest."""
    sitting = sitting_row(situation)
    act.data["sha256"] = hashlib.sha256(sitting.minutes.encode()).hexdigest()
    situation.change(sitting, approved_on=situation.today)


def archive(situation: Situation, act: Act) -> None:
    """Every file with its digest, the minutes, and one digest over all of it (fixity)."""
    sitting = sitting_row(situation)
    listed = contents(sitting)
    act.data["files"], act.data["digest"] = listed, digest(listed)
    situation.change(sitting, digest=act.data["digest"])


def contents(sitting: Sitting) -> list[dict[str, Any]]:
    """What the file of a sitting holds: its minutes and documents, each with size and digest, in a fixed order."""
    words = sitting.minutes.encode()
    rows = File.objects.filter(matter=sitting.matter_id).order_by("sha256", "name", "id")
    listed = [{"name": row.name, "size": row.size, "sha256": row.sha256} for row in rows]
    return [{"name": "会议记录", "size": len(words), "sha256": hashlib.sha256(words).hexdigest()}, *listed]


def digest(listed: list[dict[str, Any]]) -> str:
    """One digest over the list."""
    plain = json.dumps(listed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def changed_since(sitting: Sitting, filed: list[dict[str, Any]]) -> list[str]:
    """The names of what is not as it was filed: gone, changed, or come since. Reads every file."""
    was = {(row["name"], row["sha256"]) for row in filed}
    is_now = {(row["name"], row["sha256"]) for row in contents(sitting)}
    broken = {
        (row.name, row.sha256) for row in File.objects.filter(matter=sitting.matter_id) if _sha256_of(row) != row.sha256
    }
    return sorted({name for name, _sha256 in (was ^ is_now) | broken})


def _sha256_of(row: File) -> str:
    path = Path(settings.FILES_ROOT) / row.path
    if not path.is_file():
        return ""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()

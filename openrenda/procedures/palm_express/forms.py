"""What the steps of a conversation record. The words themselves go into a row of their own, not into the act."""

from __future__ import annotations

from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Matter

from ..fields import Choose, LongText, offer_deputies, offer_rows
from ..residents import LONGEST_TEXT
from .records import BY_RESIDENT, DirectMessage


class Words(StepForm):
    """What one of the two writes."""

    text = LongText(label=_("内容"), rows=5, max_length=LONGEST_TEXT)


class Written(Words):
    """The first words, and to whom."""

    deputy = Choose(label=_("写给哪位代表"))

    def prepare(self) -> None:
        """Offer the deputies who may act today."""
        offer_deputies(self, "deputy", guests=True)


class Hand(StepForm):
    """Which message is to be seen to; a word for the resident beside it."""

    message = Choose(label=_("哪一条留言"))
    text = LongText(label=_("对群众说的话（可不填）"), rows=3, max_length=LONGEST_TEXT, required=False)

    def prepare(self) -> None:
        """The resident's messages, the last one in place."""
        offer_rows(self, "message", partial(hers, self.situation.matter), str)
        if not self.situation.new and not self.is_bound:
            self.initial["message"] = hers(self.situation.matter).last()


def hers(matter: Matter) -> QuerySet[DirectMessage]:
    """What the resident wrote, oldest first."""
    return DirectMessage.objects.filter(matter_id=matter.pk, by=BY_RESIDENT).order_by("written_at", "id")

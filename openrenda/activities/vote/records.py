"""The typed record of a vote: what is put to it, in which way, and what was announced. Papers and the roll are in the ballots room."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext

from openrenda.activities.motion import KINDS, SECRET_WAYS
from openrenda.ballots.counting.sentences import mark_words, result_words
from openrenda.ballots.models import WAYS, Ballot
from openrenda.docket.models import Matter
from openrenda.tenancy import TenantFK, TenantModel


class Vote(TenantModel):
    """What is voted on. ``options``: name and, where there is one, the id of its matter. ``base`` and ``present`` are those of the opening."""

    matter = TenantFK(Matter, models.CASCADE, related_name="vote")
    kind = models.CharField("表决种类", max_length=20)
    way = models.CharField("表决方式", max_length=10)
    body = models.CharField("表决的会议", max_length=20)
    options = models.JSONField("人选、项目、报告", default=list)
    places = models.PositiveSmallIntegerField("应选人数、最多可选个数", default=1)
    together = models.BooleanField("合并表决", default=False)
    removal = models.BooleanField("撤职案", default=False)
    straw = models.BooleanField("意向性投票", default=False)
    subject = TenantFK(Matter, models.PROTECT, null=True, related_name="votes_on_it", verbose_name="表决的事项")
    sitting = TenantFK(Matter, models.PROTECT, null=True, related_name="votes_in_it", verbose_name="会议")
    base = models.PositiveIntegerField("应到", null=True)
    present = models.PositiveIntegerField("实到", null=True)
    ends_at = models.DateTimeField("倒计时结束", null=True)
    announced_on = models.DateField("宣布日期", null=True)
    passed = models.BooleanField("是否通过", null=True)
    digest = models.CharField("票箱摘要值", max_length=64, blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="vote_matter")]
        indexes = [
            models.Index(fields=["congress", "announced_on"], name="vote_announced"),
            models.Index(fields=["congress", "sitting"], name="vote_sitting"),
        ]

    @property
    def kind_words(self) -> str:
        """What kind of vote it is."""
        return gettext(KINDS.get(self.kind, self.kind))

    @property
    def way_words(self) -> str:
        """How one votes."""
        return str(dict(WAYS).get(self.way, self.way))

    @property
    def is_secret(self) -> bool:
        """Whether nobody learns how anybody voted."""
        return self.way in SECRET_WAYS

    @property
    def labels(self) -> list[str]:
        """The options by name; the title itself where a question has none."""
        return [str(option["label"]) for option in self.options]

    def ballot(self) -> Ballot | None:
        """The vote that is open, or the last one; a trial before it is another."""
        return latest_ballot(self.matter_id)

    def result(self) -> dict[str, Any] | None:
        """What was counted, for a page; None before it is."""
        ballot = Ballot.objects.filter(matter=self.matter_id, trial=False).exclude(tally_data=None).first()
        return shown(ballot) if ballot else None


def latest_ballot(matter: UUID) -> Ballot | None:
    """The last vote on a matter that was opened, a trial too."""
    return Ballot.objects.filter(matter=matter).order_by("-opened_at", "-id").first()


def shown(ballot: Ballot) -> dict[str, Any]:
    """The result of a closed vote in the reader's language: its sentence, and each row with its marks."""
    terms, tally, verdict = ballot.terms, ballot.tally, ballot.verdict
    marks = [mark for mark in (*terms.allowed, "void") if mark]
    rows = [
        {"label": one.label, "result": result_words(terms, one.result), "good": one.result in ("passed", "elected"),
         "marks": [{"words": mark_words(terms, mark), "count": one.marks.get(mark, 0)} for mark in marks
                   if mark != "void" or one.marks.get(mark)]}
        for one in verdict.outcomes
    ]  # fmt: skip
    return {"sentence": ballot.sentence, "rows": rows, "issued": tally.issued, "returned": tally.returned, "void": tally.void,
            "digest": ballot.digest, "base": terms.base, "present": terms.present, "trial": ballot.trial}  # fmt: skip


RECORDS = (Vote,)

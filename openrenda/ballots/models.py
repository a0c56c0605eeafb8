"""What is kept of a vote. The roll and the box share no key, no order and no time (docs/ballots.md).

The roll says who took a ballot. Of the box nothing can be told apart while it is open: its parts are rewritten whole, encrypted, at one size; at
closing the papers are written at once, in the order of their keys, which are random.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from openrenda.docket.models import Matter
from openrenda.tenancy import TenantFK, TenantModel

from .counting import Tally, Terms, Verdict, sentence

NAMED, SECRET, HANDS, PAPER, HYBRID = "named", "secret", "hands", "paper", "hybrid"
WAYS = (
    (NAMED, _("记名电子表决")), (SECRET, _("无记名电子表决")), (HANDS, _("举手表决")), (PAPER, _("无记名纸质票")),
    (HYBRID, _("无记名，电子票和纸质票并用")),
)  # fmt: skip
WITH_BOX, ON_DEVICES, WITH_SHEETS = (SECRET, HYBRID), (NAMED, SECRET, HYBRID), (HANDS, PAPER, HYBRID)
ELECTRONIC, ON_PAPER = "electronic", "paper"


class Ballot(TenantModel):
    """One vote, from its opening on. ``terms`` are frozen then; ``private_key`` signs ballots blindly and is gone when the vote closes."""

    matter = TenantFK(Matter, models.CASCADE, related_name="ballots", verbose_name=_("表决事项"))
    title = models.CharField(_("表决内容"), max_length=500)
    way = models.CharField(_("表决方式"), max_length=10)
    trial = models.BooleanField(_("试投票"), default=False)
    terms_data = models.JSONField(_("表决规则"))
    rulebook = models.CharField(_("规则版本"), max_length=60)
    parts = models.PositiveSmallIntegerField(_("票箱格数"), default=0)
    public_key = models.TextField(_("公钥"), blank=True)
    private_key = models.TextField(_("加密保存的私钥"), blank=True)
    opened_at = models.DateTimeField(_("开始时间"))
    closed_at = models.DateTimeField(_("结束时间"), null=True)
    tally_data = models.JSONField(_("票数"), null=True)
    verdict_data = models.JSONField(_("结果"), null=True)
    digest = models.CharField(_("票箱摘要值"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("一次表决")
        base_manager_name = "objects"
        constraints = [
            # One vote on a matter is open at a time, however many clerks press at once.
            models.UniqueConstraint(
                fields=["congress", "matter"], name="ballot_open_once", condition=models.Q(closed_at=None)
            ),
        ]
        indexes = [models.Index(fields=["congress", "matter"], name="ballot_matter")]

    def __str__(self) -> str:
        return self.title

    @property
    def terms(self) -> Terms:
        """What holds for it."""
        return Terms.from_json(self.terms_data)

    @property
    def tally(self) -> Tally:
        """What was counted; only once it is closed."""
        return Tally.from_json(self.tally_data or {})

    @property
    def verdict(self) -> Verdict:
        """What follows; only once it is closed."""
        return Verdict.from_json(self.verdict_data or {})

    @property
    def sentence(self) -> str:
        """The result in the language now spoken."""
        return sentence(self.terms, self.tally, self.verdict)


class RollEntry(TenantModel):
    """One voter: how she votes, and whether she has taken a ballot. ``request`` and ``answer`` let a lost answer be given again; both are blinded
    and tell nothing of the ballot."""

    ballot = TenantFK(Ballot, models.CASCADE, related_name="roll", verbose_name=_("表决"))
    voter = models.UUIDField(_("代表任职"))
    name = models.CharField(_("姓名"), max_length=100)
    way = models.CharField(_("投票方式"), max_length=10, default=ELECTRONIC)
    taken = models.BooleanField(_("已领票"), default=False)
    request = models.CharField(_("领票请求摘要值"), max_length=64, blank=True)
    answer = models.TextField(_("盲签名"), blank=True)

    class Meta:
        verbose_name = _("投票人")
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "ballot", "voter"], name="rollentry_once")]

    def __str__(self) -> str:
        return self.name


class NamedMark(TenantModel):
    """How somebody voted in a vote by name."""

    ballot = TenantFK(Ballot, models.CASCADE, related_name="named_marks", verbose_name=_("表决"))
    voter = models.UUIDField(_("代表任职"))
    name = models.CharField(_("姓名"), max_length=100)
    paper = models.TextField(_("票面"))

    class Meta:
        verbose_name = _("记名票")
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "ballot", "voter"], name="namedmark_once")]

    def __str__(self) -> str:
        return self.name


class BoxPart(TenantModel):
    """A part of a secret vote's box while it is open."""

    ballot = TenantFK(Ballot, models.CASCADE, related_name="box", verbose_name=_("表决"))
    number = models.PositiveSmallIntegerField(_("格"))
    content = models.BinaryField(_("加密的内容"))

    class Meta:
        verbose_name = _("票箱一格")
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "ballot", "number"], name="boxpart_once")]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.number}"


class CastBallot(TenantModel):
    """A paper of a secret vote after closing, as it is published: its key, the blind signature on the key, the marks, and the key's own signature on them."""

    ballot = TenantFK(Ballot, models.CASCADE, related_name="papers", verbose_name=_("表决"))
    key = models.CharField(_("票的公钥"), max_length=100)
    signature = models.TextField(_("签名"))
    seal = models.CharField(_("票面签名"), max_length=100)
    paper = models.TextField(_("票面"))

    class Meta:
        verbose_name = _("无记名票")
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "ballot", "key"], name="castballot_once")]

    def __str__(self) -> str:
        return self.key


class CountSheet(TenantModel):
    """What one teller counted by hand."""

    ballot = TenantFK(Ballot, models.CASCADE, related_name="sheets", verbose_name=_("表决"))
    teller = models.PositiveSmallIntegerField(_("监票计票人"))
    counted_by = models.CharField(_("姓名"), max_length=100)
    tally_data = models.JSONField(_("票数"))

    class Meta:
        verbose_name = _("计票单")
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "ballot", "teller"], name="countsheet_once")]

    def __str__(self) -> str:
        return self.counted_by

    @property
    def tally(self) -> Tally:
        """The numbers on it."""
        return Tally.from_json(self.tally_data)

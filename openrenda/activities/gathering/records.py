"""What a gathering has beside day, place, people and items: other parties, invitations with their replies, and tags."""

from __future__ import annotations

from django.db import models

from openrenda.docket.models import Matter
from openrenda.tenancy import TenantFK, TenantModel

from ..kinds import words

LINKAGE, RESOURCE, CAMPAIGN_LINE = "linkage", "resource", "line"
COMING, NOT_COMING = "coming", "not_coming"


class Company(TenantModel):
    """A party that came and is in no register: a community, residents, an enterprise, deputies of another level. How many, not who."""

    matter = TenantFK(Matter, models.CASCADE, related_name="company")
    kind = models.CharField("类别", max_length=20)
    name = models.CharField("名称", max_length=100)
    people = models.PositiveIntegerField("人数", default=1)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "kind", "name"], name="company_once")]

    @property
    def kind_words(self) -> str:
        """What kind of party it is."""
        return words("party", self.kind)


class Invitation(TenantModel):
    """Who was invited by the letter of the gathering, and what came back (A11)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="invitations")
    position = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("类别", max_length=20)
    name = models.CharField("邀请对象", max_length=100)
    sent_on = models.DateField("发出日期")
    reply = models.CharField("回复", max_length=20, blank=True)
    reply_text = models.CharField("回复内容", max_length=500, blank=True)
    replied_on = models.DateField("回复日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "position"], name="invitation_position")]

    @property
    def kind_words(self) -> str:
        """What kind of party it is."""
        return words("party", self.kind)


class Tag(TenantModel):
    """A linkage it used, a resource it shared (A04), or the line of a campaign of a higher level (A01)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="tags")
    kind = models.CharField("类别", max_length=20)
    value = models.CharField("内容", max_length=100)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter", "kind", "value"], name="tag_once")]
        indexes = [models.Index(fields=["congress", "kind", "value"], name="tag_value")]

    @property
    def value_words(self) -> str:
        """The linkage by its name; anything else as it was typed."""
        return words("linkage", self.value) if self.kind == LINKAGE else self.value


RECORDS = (Company, Invitation, Tag)

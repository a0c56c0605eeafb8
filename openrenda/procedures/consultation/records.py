"""What is kept of a call: what it is for, its text, from when until when, and by which ways one may answer."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Count

from openrenda.docket.models import File, Matter
from openrenda.tenancy import TenantFK, TenantModel

from .. import consulting


class PublicConsultation(TenantModel):
    """A call to the public (C02) or for topics of supervision (C03). The subject is the matter's title."""

    matter = TenantFK(Matter, models.CASCADE, related_name="public_consultation")
    purpose = models.CharField("目的", max_length=20)
    text = models.TextField("征求意见的内容")
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    channels = models.JSONField("渠道", default=list)
    reach = models.CharField("来电、来访、来信的地址", max_length=500, blank=True)
    summary = models.TextField("总的反馈", blank=True)
    called_off = models.TextField("撤销的理由", blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="public_consultation_matter")]
        indexes = [models.Index(fields=["congress", "closes_on"], name="public_consultation_closes")]

    @property
    def purpose_words(self) -> str:
        """What it is for."""
        return str(consulting.PURPOSES.get(self.purpose, self.purpose))

    @property
    def channel_words(self) -> list[str]:
        """By which ways one may answer, in order."""
        return [str(label) for key, label in consulting.CHANNELS.items() if key in self.channels]

    @property
    def for_topics(self) -> bool:
        """Whether topics of supervision are sought."""
        return self.purpose == consulting.TOPICS

    def open_on(self, day: date) -> bool:
        """Whether opinions come in time on that day."""
        return self.opens_on <= day <= self.closes_on

    @property
    def numbers(self) -> consulting.Numbers:
        """How many opinions, divided. One query."""
        by = ("matter__state", "outcome", "channel", "source", "theme", "late")
        rows = self.matter.consultation_opinions.order_by().values_list(*by).annotate(count=Count("pk"))
        return consulting.counted(rows)

    @property
    def papers(self) -> list[File]:
        """The documents that go with the text: what the office attached to the call."""
        return list(File.objects.filter(matter_id=self.matter_id).order_by("uploaded_at", "id"))


RECORDS = (PublicConsultation,)

"""The typed record of a suggestion and what belongs to it: reviews, consultations, contacts, replies, judgements, promises."""

from __future__ import annotations

from django.db import models

from openrenda.docket.models import Matter
from openrenda.tenancy import TenantFK, TenantModel

PART_SERIES = "part:"
OPEN_MARKS = frozenset({"", "public", "主动公开", "公开"})


class Suggestion(TenantModel):
    """A deputy's suggestion (代表法第二十四条): what was proposed, where it stands, and the days that figures are made of."""

    matter = TenantFK(Matter, models.CASCADE, related_name="suggestion")
    session = TenantFK("people.Session", models.PROTECT, null=True, verbose_name="会次")
    in_session = models.BooleanField("大会期间提出", default=False)
    background = models.TextField("情况", blank=True)
    analysis = models.TextField("分析", blank=True)
    proposals = models.TextField("建议", blank=True)
    category = TenantFK("people.Category", models.PROTECT, null=True, verbose_name="类别")
    wished_organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="希望承办单位")
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="主办单位")
    organ_name = models.CharField("主办单位名称", max_length=200, blank=True)
    session_name = models.CharField("会次名称", max_length=100, blank=True)
    street = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="所在街道")
    sponsor_name = models.CharField("领衔代表", max_length=100)
    cosigners = models.PositiveIntegerField("联名人数", default=0)
    origin = models.TextField("来源与调研情况", blank=True)
    origin_address = models.CharField("来源链接", max_length=500, blank=True)
    willing_to_meet = models.BooleanField("愿意面商", default=True)
    first_raised = models.BooleanField("首次提出", default=True)
    consent_public = models.BooleanField("同意公开", default=True)
    returned_by = models.CharField("退回层级", max_length=20, blank=True)
    received_on = models.DateField("接收日期", null=True)
    assigned_on = models.DateField("交办日期", null=True)
    contacted_on = models.DateField("首次联系日期", null=True)
    replied_on = models.DateField("答复日期", null=True)
    result_class = models.CharField("办理结果分类", max_length=20, blank=True)
    judged_on = models.DateField("评价日期", null=True)
    attitude = models.CharField("对态度的评价", max_length=20, blank=True)
    result = models.CharField("对结果的评价", max_length=20, blank=True)
    silent = models.BooleanField("逾期未评价", default=False)
    withheld = models.CharField("不公开理由", max_length=500, blank=True)
    public_text = models.TextField("公开文本", blank=True)
    hidden_names = models.JSONField("公开时隐去的姓名", null=True, editable=False)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="suggestion_matter")]
        indexes = [
            models.Index(fields=["congress", "organ"], name="suggestion_organ"),
            models.Index(fields=["congress", "category"], name="suggestion_category"),
            models.Index(fields=["congress", "session"], name="suggestion_session"),
        ]

    @property
    def text(self) -> str:
        """The whole text, for search and comparison."""
        return "\n".join(part for part in (self.background, self.analysis, self.proposals) if part)

    @property
    def official_number(self) -> str:
        """The number under which it was raised: that of the whole, for a part of one handled separately (SUG-06)."""
        matter = self.matter
        part = matter.parent and (matter.series.startswith(PART_SERIES) or not matter.number)
        return str(matter.parent.number if part else matter.number)


class Review(TenantModel):
    """One reading 阅看 at one level: three criteria, three gates, what was said (B03)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="reviews")
    level = models.CharField("层级", max_length=20)
    passed = models.BooleanField("通过")
    compliant = models.BooleanField("内容合规")
    single = models.BooleanField("一事一议")
    feasible = models.BooleanField("现实可行")
    political_gate = models.BooleanField("政治关")
    legal_gate = models.BooleanField("法律关")
    quality_gate = models.BooleanField("质量关")
    comment = models.TextField("意见", blank=True)
    proposed_text = models.TextField("修改建议", blank=True)
    reviewer = models.CharField("阅看人", max_length=100)
    reviewed_on = models.DateField("阅看日期")

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter"], name="review_matter")]


class Consultation(TenantModel):
    """A word from an organ before the suggestion is raised; it stays with the suggestion (B02)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="consultations")
    organ = TenantFK("people.Organ", models.PROTECT, related_name="+")
    asked_on = models.DateField("征询日期")
    question = models.TextField("征询内容")
    answered_on = models.DateField("回复日期", null=True)
    answer = models.TextField("回复内容", blank=True)

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter"], name="consultation_matter")]


class Contact(TenantModel):
    """A contact of the handling organ with the deputy before the reply (代表法第五十一条第二款)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="contacts")
    way = models.CharField("方式", max_length=20)
    held_on = models.DateField("日期")
    people = models.CharField("参加人", max_length=200)
    summary = models.TextField("沟通情况")
    deputy_word = models.CharField("代表确认", max_length=20, blank=True)
    deputy_comment = models.TextField("代表说明", blank=True)
    confirmed_on = models.DateField("确认日期", null=True)

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter"], name="contact_matter")]


class Reply(TenantModel):
    """A reply 答复: what was done, what is promised, what cannot be done and why. The first stays when a second follows."""

    matter = TenantFK(Matter, models.CASCADE, related_name="replies")
    round = models.PositiveSmallIntegerField("次数")
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="答复单位")
    organ_name = models.CharField("答复单位名称", max_length=200)
    number = models.CharField("文号", max_length=60, blank=True)
    done = models.TextField("已办事项", blank=True)
    planned = models.TextField("正在办理的事项", blank=True)
    cannot = models.TextField("不能办理的事项及原因", blank=True)
    assisting_opinions = models.TextField("协办意见", blank=True)
    full_text = models.TextField("答复全文", blank=True)
    result_class = models.CharField("办理结果分类", max_length=20)
    class_label = models.CharField("分类含义", max_length=100, blank=True)
    disclosure = models.CharField("公开属性", max_length=40, blank=True)
    drafter = models.CharField("经办人", max_length=100, blank=True)
    contact_phone = models.CharField("联系电话", max_length=60, blank=True)
    drafted_on = models.DateField("拟稿日期", null=True)
    signer = models.CharField("签发人", max_length=100, blank=True)
    signed_on = models.DateField("签发日期", null=True)

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter"], name="reply_matter")]

    @property
    def is_sent(self) -> bool:
        """Whether it went out: a draft is nobody's reply yet. Of a past year only the text may be known."""
        return bool(self.signed_on or self.full_text)

    @property
    def is_open(self) -> bool:
        """Whether the organ marked it as open to everybody; any other mark keeps the text closed."""
        return self.disclosure in OPEN_MARKS

    @property
    def text(self) -> str:
        """The whole text, for search and comparison."""
        return "\n".join(filter(None, (self.full_text, self.done, self.planned, self.cannot)))


class Judgement(TenantModel):
    """A deputy's judgement of a reply, for attitude and for result (SUG-12)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="judgements")
    round = models.PositiveSmallIntegerField("答复次数")
    lead = models.BooleanField("领衔代表")
    deputy = models.UUIDField("代表")
    deputy_name = models.CharField("代表姓名", max_length=100)
    attitude = models.CharField("对态度", max_length=20)
    result = models.CharField("对结果", max_length=20)
    reasons = models.TextField("理由", blank=True)
    judged_on = models.DateField("评价日期")

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter"], name="judgement_matter")]


RECORDS = (Suggestion, Review, Consultation, Contact, Reply, Judgement)

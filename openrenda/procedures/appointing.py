"""What a proposal and its acts share 人事任免 (I01): kinds of acts, their words, their records, and what is asked of either of them.

One proposal holds several acts. Each act is a matter of its own under it, because each is voted, registered, certified and counted by
itself (person-times), and may be withdrawn or rejected while the others go on.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openrenda.docket.actor import Actor
from openrenda.docket.language import Office
from openrenda.docket.models import Matter
from openrenda.people.models import Mandate, Person, Post, Qualification, Tenure
from openrenda.people.posts import PostKind, members_on, post_kinds, term_on
from openrenda.people.sealed import SealedTextField
from openrenda.rulebook import Book
from openrenda.tenancy import TenantFK, TenantModel

PROPOSAL, ACT = "appointment", "appointment-act"
APPOINT, REMOVE, ACTING, RESIGNATION, DISMISSAL, RECALL = (
    "appoint", "remove", "acting", "resignation", "dismissal", "recall",
)  # fmt: skip
KINDS = {
    APPOINT: _("任命"),
    REMOVE: _("免职"),
    ACTING: _("决定代理"),
    RESIGNATION: _("接受辞职"),
    DISMISSAL: _("撤职"),
    RECALL: _("罢免"),
}
BEGINS = frozenset({APPOINT, ACTING})
# What is always voted by secret ballot, and in which the person may defend himself (监督法第六十二条、地方组织法第三十一条).
AGAINST = frozenset({DISMISSAL, RECALL})
ENDED_AS = {REMOVE: "removed", RESIGNATION: "resigned", DISMISSAL: "dismissed", RECALL: "recalled"}
BEGUN_AS = {APPOINT: "appointed", ACTING: "acting"}

ORGAN, COUNCIL, MEMBERS, DEPUTIES = "organ", "council", "members", "deputies"
SOURCES = {
    ORGAN: _("国家机关提请"),
    COUNCIL: _("主任会议提出"),
    MEMBERS: _("常委会组成人员联名"),
    DEPUTIES: _("代表联名"),
}
# Who sign together, and the share of whom they must be.
JOINTLY = {MEMBERS: "SUP-29", DEPUTIES: "ORG-09.county"}
STATE_ORGANS = ("government", "supervisory_commission", "court", "procuratorate")

SECRET, PAPER, AS_DECIDED = "secret", "paper", "as_decided"
WAYS = {SECRET: _("无记名表决"), PAPER: _("无记名纸质票"), AS_DECIDED: _("由会议决定")}

NOMINATING_SEATS = ("organ_office", "organ_head", "organ_chief", "government_office")
NOMINATORS = Office("nominators", "提请机关", "organs that nominate", seats=NOMINATING_SEATS)
NOMINATOR = Office("nominator", "提请机关", "the nominating organ", seats=NOMINATING_SEATS, relation=("nominator",))
PERSONNEL_OFFICE = Office("personnel_office", "人事任免工作机构", "the personnel office", seats=("deputy_office",))
MEMBER = Office(
    "member", "常委会组成人员", "members of the standing committee", seats=("deputy",), relation=("voting_member",)
)


class AppointmentProposal(TenantModel):
    """Who proposes, for which meeting, and what was decided about it."""

    matter = TenantFK(Matter, models.CASCADE, related_name="appointment_proposal")
    source = models.CharField("提出方式", max_length=20)
    organ = TenantFK("people.Organ", models.PROTECT, null=True, related_name="+", verbose_name="提请机关")
    nominator = models.CharField("提出人", max_length=200)
    movers = models.JSONField("联名人", default=list)
    base = models.PositiveIntegerField("联名的基数", null=True)
    meeting_on = models.DateField("拟提请的会议日期")
    late_reason = models.TextField("未按期提出的说明", blank=True)
    submitted_on = models.DateField("提请日期", null=True)
    opinion = models.TextField("初步审查意见", blank=True)
    sitting = models.CharField("列入的会议", max_length=200, blank=True)
    decided_on = models.DateField("主任会议决定日期", null=True)
    together = models.BooleanField("合并表决", default=False)
    announced_on = models.DateField("公告日期", null=True)
    announcement = models.CharField("公告文号", max_length=60, blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="appointmentproposal_matter")]

    def on_the_ballot(self) -> dict[str, Any]:
        """Each act is a row of the paper, one by one or together; a dismissal or recall makes the whole vote secret (APP-06, SUP-29)."""
        acts = AppointmentAct.objects.filter(matter__parent=self.matter_id, matter__closed_on=None).select_related(
            "matter"
        )
        # Who leaves a post comes before who takes it.
        rows = sorted(acts, key=lambda act: (act.kind in BEGINS, act.matter.opened_on, act.pk))
        return {
            "kind": "appointments", "matters": [row.matter for row in rows], "together": self.together,
            "removal": any(row.kind in AGAINST for row in rows), "way": next((way for way in (PAPER, SECRET) if any(row.way == way for row in rows)), ""),
        }  # fmt: skip

    @property
    def source_words(self) -> Any:
        """How it came to be proposed."""
        return SOURCES.get(self.source, self.source)


class AppointmentAct(TenantModel):
    """One person, one post, one act: what is proposed, what was voted, and what followed."""

    row_of_a_paper = True

    matter = TenantFK(Matter, models.CASCADE, related_name="appointment_act")
    person = TenantFK(Person, models.PROTECT, related_name="+", verbose_name="人员")
    person_name = models.CharField("姓名", max_length=50)
    post = TenantFK(Post, models.PROTECT, related_name="+", verbose_name="职务")
    post_title = models.CharField("职务名称", max_length=80)
    organ_name = models.CharField("机构名称", max_length=50)
    kind = models.CharField("类别", max_length=20)
    reason = models.TextField("理由")
    way = models.CharField("表决方式", max_length=10)
    spoke_on = models.DateField("任前发言日期", null=True)
    defended_on = models.DateField("申辩登记日期", null=True)
    passed = models.BooleanField("通过", null=True)
    approve = models.PositiveIntegerField("赞成", null=True)
    against = models.PositiveIntegerField("反对", null=True)
    abstain = models.PositiveIntegerField("弃权", null=True)
    present = models.PositiveIntegerField("到会人数", null=True)
    base = models.PositiveIntegerField("全体组成人员", null=True)
    sentence = models.CharField("表决结果", max_length=500, blank=True)
    vote = models.UUIDField("表决", null=True)
    sitting = models.CharField("会议", max_length=500, blank=True)
    voted_on = models.DateField("表决日期", null=True)
    announced_on = models.DateField("公告日期", null=True)
    letter_number = models.CharField("任命书编号", max_length=60, blank=True)
    letter_on = models.DateField("任命书日期", null=True)
    signed_by = models.CharField("任命书署名", max_length=50, blank=True)
    sworn_on = models.DateField("宣誓日期", null=True)
    filed_on = models.DateField("报备案日期", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="appointmentact_matter")]
        indexes = [
            models.Index(fields=["congress", "person", "post"], name="appointmentact_person_post"),
            models.Index(fields=["congress", "voted_on"], name="appointmentact_voted"),
            models.Index(
                fields=["congress", "announced_on"], name="appointmentact_announced", condition=Q(passed=True)
            ),
        ]

    @property
    def kind_words(self) -> Any:
        """What is proposed."""
        return KINDS.get(self.kind, self.kind)

    @property
    def way_words(self) -> Any:
        """How it is voted."""
        return WAYS.get(self.way, self.way)

    def registered(self) -> bool:
        """Whether the register says so already. One query."""
        rows = Tenure.objects
        return bool(rows.filter(Q(matter=self.matter_id) | Q(ended_by=self.matter_id)).exists())

    @property
    def to_be_examined(self) -> bool:
        """Whether the person has to pass the examination for it."""
        return self.kind in BEGINS and self.post.examined

    def examination(self, day: Any) -> Qualification | None:
        """The person's result in the term of that day, the better one of several. Two queries."""
        term = term_on(day)
        rows = Qualification.objects.filter(person=self.person_id, term=term)
        return rows.order_by("-score", "-day").first() if term else None

    def filing_words(self, book: Book) -> str:
        """With whom it was filed."""
        return filed_with(self, book)

    def reports_for(self, actor: Actor, acts: Any, today: Any) -> list[AppointmentObjection]:
        """What was reported: its words for whoever typed them or opened them today with a reason, the fact for the others."""
        opened = any(
            made.step == "open_reports"
            and made.account == actor.account
            and timezone.localdate(made.took_effect) == today
            for made in acts
        )
        rows = list(AppointmentObjection.objects.filter(matter=self.matter_id).order_by("received_on", "id"))
        for row in rows:
            row.shown = actor.account is not None and (opened or row.typed_by == actor.account)
        return rows


class AppointmentObjection(TenantModel):
    """Something reported about a nominee before the vote (APP-05). Its words are encrypted and lie beside the ledger."""

    matter = TenantFK(Matter, models.CASCADE, related_name="appointment_objections")
    received_on = models.DateField("收到日期")
    text = SealedTextField("反映的问题")
    found = SealedTextField("核查情况", blank=True)
    typed_by = models.UUIDField("登记账号", null=True)
    settled_on = models.DateField("核查日期", null=True)
    cleared = models.BooleanField("不影响任职", null=True)
    # Whether the reader may see the words today; not stored.
    shown = False

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter"], name="appointmentobjection_matter")]


def acts_of(proposal: UUID) -> list[AppointmentAct]:
    """The acts of a proposal that are neither withdrawn nor closed, in the order in which they were listed. One query."""
    rows = AppointmentAct.objects.filter(matter__parent=proposal, matter__closed_on=None)
    return list(rows.select_related("matter", "post", "person").order_by("matter__opened_on", "id"))


def kind_of(post: Post, book: Book) -> PostKind | None:
    """The row of the rulebook for a post."""
    return post_kinds(book).get(post.kind)


def title_of(kind: str, name: str, post: str, verb: str = "") -> str:
    """The act as the decision says it: 任命张三为区法院副院长, 免去李四的区人大常委会代表工委主任职务."""
    if kind == APPOINT:
        return f"{verb}任命{name}为{post}"
    if kind == ACTING:
        return f"决定{name}代理{post}职务"
    if kind == RESIGNATION:
        return f"接受{name}辞去{post}职务的请求"
    word = {REMOVE: f"{verb}免去", DISMISSAL: "撤销", RECALL: "罢免"}[kind]
    return f"{word}{name}的{post}职务"


def filed_with(act: AppointmentAct, book: Book) -> str:
    """With whom the act is to be filed; nothing where the law asks for none (地方组织法第三十二条、第五十条)."""
    kind = kind_of(act.post, book)
    if kind is None:
        return ""
    if act.kind == ACTING:
        return kind.filed_acting
    if act.kind == RESIGNATION and kind.elected:
        return "本级人民代表大会"
    return kind.filed


def rejections(person: Person, post: Post, book: Book, day: Any) -> int:
    """How often the person was rejected for the post in this term; only those in a row since the last success where the rule says so."""
    term = term_on(day)
    rows = AppointmentAct.objects.filter(person=person, post=post, kind__in=BEGINS, passed__isnull=False)
    if term is not None:
        rows = rows.filter(voted_on__gte=term.since)
    results = list(rows.order_by("voted_on", "id").values_list("passed", flat=True))
    if book.option("option.rejections_in_a_row") and True in results:
        results = results[len(results) - results[::-1].index(True) :]
    return results.count(False)


def is_qualified(person: Person, day: Any) -> bool:
    """Whether the person passed the examination in the term of that day: it is valid for the whole of it (APP-03)."""
    term = term_on(day)
    return bool(term and Qualification.objects.filter(person=person, term=term, passed=True).exists())


def base_of(source: str, day: Any) -> QuerySet[Mandate]:
    """All of whom those who sign together must be a share, counted from the register."""
    rows: QuerySet[Mandate] = members_on(day) if source == MEMBERS else Mandate.objects.on(day)
    return rows


def committee_of(congress: Any) -> str:
    """The full name of the standing committee, as papers carry it."""
    return f"{congress.name}常务委员会"

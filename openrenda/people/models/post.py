"""Posts in organs, and who holds them by which decision (地方组织法第五十条; I01). A past day's register is read from the same rows."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openrenda.people.models.dated import Dated, DatedQuerySet, dates_in_order
from openrenda.people.models.organ import Organ
from openrenda.people.models.person import Person
from openrenda.people.models.term import Term
from openrenda.tenancy import TenantFK, TenantManager, TenantModel

FULL, ACTING = "full", "acting"
CAPACITY_LABELS = {FULL: _("任职"), ACTING: _("代理")}
BEGIN_LABELS = {
    "appointed": _("常委会任命"),
    "acting": _("常委会决定代理"),
    "elected": _("人民代表大会选举"),
}
BY_COMMITTEE = ("appointed", "acting")
END_LABELS = {
    "removed": _("免职"),
    "resigned": _("辞职被接受"),
    "dismissed": _("撤职"),
    "recalled": _("罢免"),
    "abolished": _("机构撤销，职务自然终止"),
    "died": _("去世，职务自然终止"),
    "term_ended": _("任期届满"),
}


class Post(Dated):
    """A post in an organ. ``kind`` is a row of ``option.posts``, which says who nominates and how it is decided.

    ``holders`` is how many may hold it at once, None for as many as are appointed.
    """

    code = models.CharField(_("代码"), max_length=30)
    title = models.CharField(_("职务"), max_length=80)
    organ = TenantFK(Organ, models.PROTECT, related_name="posts", verbose_name=_("机构"))
    kind = models.SlugField(_("职务类别"), max_length=30, db_index=False)
    holders = models.PositiveSmallIntegerField(_("可任人数"), null=True, blank=True)
    one_by_one = models.BooleanField(_("须逐人表决"), default=False)
    on_paper = models.BooleanField(_("须用纸质票"), default=False)
    examined = models.BooleanField(_("须通过法律知识考试"), default=False)
    speaks = models.BooleanField(_("须作任前发言"), default=False)
    position = models.PositiveIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("职务")
        ordering = ["position", "code"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "code"], name="people_post_code"),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(title="") & ~Q(kind=""), name="people_post_has_code_title_kind"
            ),
            models.CheckConstraint(
                condition=Q(holders__isnull=True) | Q(holders__gte=1), name="people_post_somebody_may_hold_it"
            ),
            dates_in_order("people_post"),
        ]
        indexes = [models.Index(fields=["congress", "organ"], name="people_post_organ")]

    def __str__(self) -> str:
        return self.title


class TenureQuerySet(DatedQuerySet):
    """Tenures as of a day."""

    def with_names(self) -> Self:
        """With the post, its organ and the person, in one query, in the order of the register."""
        rows = self.select_related("post__organ", "person").defer("person__phone")
        return rows.order_by("post__organ__position", "post__position", "post__code", "person__stroke_key", "id")


class Tenure(Dated):
    """Somebody's time in a post: by which act it began (``matter``) and by which it ended. The row stays when it is over.

    A tenure of the time before this register has no matter but the words of its basis. ``alone`` repeats that the post has one
    holder, so that the database itself refuses a second one.
    """

    post = TenantFK(Post, models.PROTECT, related_name="tenures", verbose_name=_("职务"))
    person = TenantFK(Person, models.PROTECT, related_name="tenures", verbose_name=_("人员"))
    capacity = models.SlugField(_("任职方式"), max_length=10, default=FULL, db_index=False)
    begun_as = models.SlugField(_("产生方式"), max_length=20, default="appointed", db_index=False)
    basis = models.CharField(_("任职依据"), max_length=200, blank=True)
    matter = TenantFK("docket.Matter", models.PROTECT, null=True, blank=True, related_name="tenures")
    ended_as = models.SlugField(_("终止原因"), max_length=20, blank=True, db_index=False)
    end_basis = models.CharField(_("终止依据"), max_length=200, blank=True)
    ended_by = TenantFK("docket.Matter", models.PROTECT, null=True, blank=True, related_name="ended_tenures")
    alone = models.BooleanField(_("一人一职"), default=False, editable=False)

    objects = TenantManager.from_queryset(TenureQuerySet)()  # type: ignore[misc, assignment]  # wider than the base

    class Meta:
        verbose_name = _("任职")
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "post"], condition=Q(until__isnull=True, alone=True), name="people_tenure_alone"
            ),
            models.UniqueConstraint(
                fields=["congress", "post", "person"], condition=Q(until__isnull=True), name="people_tenure_open_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ended_as="") | (Q(until__isnull=False) & ~Q(ended_as="")),
                name="people_tenure_end_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(matter__isnull=False) | ~Q(basis=""), name="people_tenure_has_a_decision"
            ),
            dates_in_order("people_tenure"),
        ]
        indexes = [
            models.Index(fields=["congress", "post", "since"], name="people_tenure_post"),
            models.Index(fields=["congress", "person"], name="people_tenure_person"),
            models.Index(fields=["congress", "matter"], name="people_tenure_matter"),
            models.Index(fields=["congress", "ended_by"], name="people_tenure_ended_by"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.person_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.alone = self.post.holders == 1
        super().save(*args, **kwargs)

    @property
    def by_this_body(self) -> bool:
        """Whether the standing committee put the person there: only such may be appraised (I02)."""
        return self.begun_as in BY_COMMITTEE


class Qualification(TenantModel):
    """The result of a law examination, valid for the term in which it was sat (APP-03)."""

    person = TenantFK(Person, models.PROTECT, related_name="qualifications", verbose_name=_("人员"))
    term = TenantFK(Term, models.PROTECT, related_name="+", verbose_name=_("届"))
    matter = TenantFK("docket.Matter", models.PROTECT, related_name="qualifications")
    day = models.DateField(_("考试日期"))
    score = models.PositiveSmallIntegerField(_("成绩"))
    passed = models.BooleanField(_("及格"))

    class Meta:
        verbose_name = _("任前法律知识考试成绩")
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(condition=Q(score__lte=100), name="people_qualification_of_100"),
        ]
        indexes = [
            models.Index(fields=["congress", "person", "term"], name="people_qualification_person"),
            models.Index(fields=["congress", "matter"], name="people_qualification_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.score}"

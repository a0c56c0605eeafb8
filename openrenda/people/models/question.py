"""The bank of questions for the law examination before appointment 任前法律知识考试 (APP-03)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openrenda.people.sealed import SealedTextField
from openrenda.tenancy import TenantManager, TenantModel

SINGLE, SEVERAL, JUDGEMENT = "single", "several", "judgement"
KIND_LABELS = {SINGLE: _("单选题"), SEVERAL: _("多选题"), JUDGEMENT: _("判断题")}
EXAM, PRACTICE = "exam", "practice"
USE_LABELS = {EXAM: _("考试"), PRACTICE: _("练习")}
LETTERS = "ABCDEF"
RIGHT, WRONG = "A", "B"


class ExamQuestionQuerySet(models.QuerySet[Any]):
    """Questions by what they are for."""

    def in_use(self, use: str) -> ExamQuestionQuerySet:
        """Those that papers, or practice, may draw."""
        return self.filter(use=use, retired_on=None)


class ExamQuestion(TenantModel):
    """A question with its answers to choose from. What is asked in examinations is never shown for practice, so that nothing leaks.

    ``key`` are the letters of the right answers, encrypted like the words of an examination's answers; of a judgement A says right, B wrong.
    """

    code = models.CharField(_("编号"), max_length=30)
    kind = models.SlugField(_("题型"), max_length=10, db_index=False)
    use = models.SlugField(_("用途"), max_length=10, default=EXAM, db_index=False)
    text = models.TextField(_("题目"))
    choices = models.JSONField(_("选项"), default=list)
    key = SealedTextField(_("答案"))
    law = models.CharField(_("法律条文"), max_length=200, blank=True)
    retired_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects = TenantManager.from_queryset(ExamQuestionQuerySet)()  # type: ignore[misc]  # wider than the base

    class Meta:
        verbose_name = _("考试题目")
        ordering = ["code"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "code"], name="people_examquestion_code"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(text=""), name="people_examquestion_has_words"),
        ]
        indexes = [models.Index(fields=["congress", "use"], name="people_examquestion_use")]

    def __str__(self) -> str:
        return self.code

    @property
    def several(self) -> bool:
        """Whether more than one answer may be ticked."""
        return self.kind == SEVERAL

    def get_kind(self) -> str:
        """Its kind in words."""
        return str(KIND_LABELS.get(self.kind, self.kind))

    def options(self) -> list[tuple[str, str]]:
        """Letters with their words; a judgement has its own two."""
        if self.kind == JUDGEMENT:
            return [(RIGHT, str(_("正确"))), (WRONG, str(_("错误")))]
        return list(zip(LETTERS, self.choices, strict=False))

    def is_right(self, given: str) -> bool:
        """Whether exactly the right letters were given, in any order."""
        return sorted(set(given)) == sorted(set(self.key))

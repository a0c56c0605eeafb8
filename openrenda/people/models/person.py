"""Persons, with the keys by which official lists order their names and by which search finds them."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openrenda.people.names import pinyin, strokes
from openrenda.people.names.text import plain
from openrenda.people.sealed import SealedTextField
from openrenda.tenancy import TenantManager, TenantModel

SEX_LABELS = {"female": _("女"), "male": _("男"), "": _("未填")}


class PersonQuerySet(models.QuerySet[Any]):
    """Finding and ordering persons by their names."""

    def found_by(self, words: str) -> Self:
        """Persons whose name contains the words, or whose pinyin or initials begin so ("zs" finds 张三)."""
        words = plain(words)
        latin = words.lower().replace(" ", "").replace("'", "")
        if latin.isascii() and latin:
            return self.filter(Q(search_keys__contains=f" {latin}") | Q(name__icontains=words))
        return self.filter(name__contains=words)

    def in_name_order(self, *, surname_first: bool = False) -> Self:
        """In the order of strokes: of the full name, or of the surname with two-character names first."""
        return self.order_by("surname_stroke_key" if surname_first else "stroke_key", "name", "id")


class Person(TenantModel):
    """A natural person as one congress knows her. The keys follow from the name unless overridden."""

    name = models.CharField(_("姓名"), max_length=50)
    sex = models.SlugField(_("性别"), max_length=10, blank=True, db_index=False)
    ethnicity = models.CharField(_("民族"), max_length=20, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("出生年份"), null=True, blank=True)
    post = models.CharField(_("工作单位及职务"), max_length=200, blank=True)
    phone = SealedTextField(_("手机号码"), blank=True)
    account = models.ForeignKey(
        "people.Account",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("账号"),
    )
    stroke_override = models.CharField(_("笔画排序键（人工指定）"), max_length=240, blank=True)
    pinyin_override = models.CharField(_("拼音（人工指定）"), max_length=100, blank=True)
    stroke_key = models.CharField(max_length=240, editable=False, default="")
    surname_stroke_key = models.CharField(max_length=240, editable=False, default="")
    pinyin_key = models.CharField(max_length=240, editable=False, default="")
    search_keys = models.CharField(max_length=500, editable=False, default="")

    objects = TenantManager.from_queryset(PersonQuerySet)()  # type: ignore[misc]  # wider than the base

    class Meta:
        verbose_name = _("人员")
        ordering = ["stroke_key", "name"]
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="people_person_has_name"),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__gte=1900, birth_year__lte=2100),
                name="people_person_birth_year",
            ),
        ]
        indexes = [
            models.Index(fields=["congress", "stroke_key"], name="people_person_strokes"),
            models.Index(fields=["congress", "name"], name="people_person_name"),
            models.Index(fields=["congress", "account"], name="people_person_account"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        if kwargs.get("update_fields") is not None:
            keys = {"stroke_key", "surname_stroke_key", "pinyin_key", "search_keys"}
            kwargs["update_fields"] = {*kwargs["update_fields"], *keys}
        super().save(*args, **kwargs)

    def set_keys(self) -> None:
        """Works out the order and search keys from the name; to be called before ``bulk_create``."""
        self.stroke_key = self.stroke_override or strokes.full_name_key(self.name)
        self.surname_stroke_key = self.stroke_override or strokes.surname_key(self.name)
        readings = pinyin.readings(self.name, override=self.pinyin_override)
        self.pinyin_key = readings.key
        self.search_keys = readings.search_keys

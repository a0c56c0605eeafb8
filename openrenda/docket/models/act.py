"""Acts: the append-only, hash-chained record of every step, with the seals and the sealed values."""

from __future__ import annotations

from django.db import models

from openrenda.tenancy import TenantFK, TenantModel

from .matter import Matter


class Act(TenantModel):
    """One step that was taken. The row is never changed or removed: the model and a database trigger both refuse."""

    matter = TenantFK(Matter, models.PROTECT, related_name="acts")
    seq = models.PositiveIntegerField("序")
    procedure = models.CharField("程序", max_length=40)
    step = models.CharField("步骤", max_length=40)
    from_state = models.CharField("原状态", max_length=40, blank=True)
    to_state = models.CharField("新状态", max_length=40)
    took_effect = models.DateTimeField("发生时间")
    recorded_at = models.DateTimeField("记录时间")
    account = models.UUIDField("账号", null=True)
    actor_name = models.CharField("经办", max_length=100)
    seat = models.CharField("席位", max_length=40)
    office = models.CharField("职责", max_length=40)
    office_name = models.CharField("单位", max_length=200, blank=True)
    agent_for = models.CharField("代为录入的本人", max_length=100, blank=True)
    proof = models.UUIDField("代录凭证", null=True)
    basis = models.CharField("依据", max_length=40, blank=True)
    rulebook = models.CharField("规则版本", max_length=64, blank=True)
    data = models.JSONField("记录内容", default=dict)
    previous = models.CharField("前一摘要值", max_length=64, blank=True)
    hash = models.CharField("摘要值", max_length=64)
    key = models.CharField("请求标识", max_length=80, blank=True)

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["congress", "procedure", "step", "took_effect"], name="act_step_day"),
            models.Index(fields=["congress", "recorded_at"], name="act_recorded"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter", "seq"], name="act_seq"),
            models.UniqueConstraint(fields=["congress", "key"], name="act_key", condition=~models.Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.step}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Insert once; refuse any change."""
        if not self._state.adding:
            raise TypeError("acts are append-only: record a correcting act instead")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError("acts are append-only: record a correcting act instead")


class DailySeal(TenantModel):
    """A day's acts of a congress under one hash, chained to the day before, so that a removed matter shows too."""

    day = models.DateField("日期")
    acts = models.PositiveIntegerField("行为数")
    root = models.CharField("当日摘要值", max_length=64)
    previous = models.CharField("前一封存值", max_length=64, blank=True)
    hash = models.CharField("封存值", max_length=64)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "day"], name="seal_day")]


class SealedValue(TenantModel):
    """An encrypted field of an act; the act itself holds only a salted digest of it."""

    matter = TenantFK(Matter, models.PROTECT, related_name="sealed_values")
    act = TenantFK(Act, models.PROTECT, related_name="sealed_values")
    field = models.CharField("字段", max_length=60)
    ciphertext = models.TextField("密文")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "act", "field"], name="sealed_once")]
        indexes = [models.Index(fields=["congress", "matter"], name="sealed_matter")]

"""Tokens of other systems. Only a digest is kept: who reads the table cannot use it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from openrenda.tenancy import TenantFK, TenantModel

READ, ACT = "read", "act"
SCOPES = (READ, ACT)


class ApiToken(TenantModel):
    """A system's means of acting in one seat, until a day. The name stands in the acts it takes.

    ``made_by`` is empty where the operator gave it on the command line.
    """

    seat = TenantFK("people.Seat", models.PROTECT, related_name="tokens", verbose_name=_("席位"))
    name = models.CharField(_("系统名称"), max_length=60)
    digest = models.CharField(_("令牌摘要值"), max_length=64, editable=False)
    scopes = models.JSONField(_("权限"), default=list)
    made_at = models.DateTimeField(_("发放时间"))
    made_by = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("发放人")
    )
    until = models.DateField(_("有效期至"))
    revoked_on = models.DateField(_("收回日期"), null=True)
    used_on = models.DateField(_("最近使用"), null=True)

    class Meta:
        verbose_name = _("接口令牌")
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "digest"], name="api_token_digest")]

    def __str__(self) -> str:
        return self.name

"""What happened to accounts and seats: a log that can only be added to (网络安全法关于留存日志的规定)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openrenda.tenancy import TenantModel

EVENT_LABELS = {
    "signed_in": _("登录"),
    "sign_in_failed": _("登录失败"),
    "locked": _("多次失败被锁定"),
    "unlocked": _("解除锁定"),
    "signed_out": _("退出"),
    "password_changed": _("修改密码"),
    "signed_out_elsewhere": _("退出其他设备上的登录"),
    "password_reset": _("重置密码"),
    "second_factor_enrolled": _("启用动态口令"),
    "second_factor_removed": _("停用动态口令"),
    "recovery_code_used": _("使用恢复码"),
    "confirmed": _("再次验证身份"),
    "seat_entered": _("进入席位"),
    "seat_requested": _("申请席位"),
    "seat_granted": _("授予席位"),
    "seat_refused": _("不同意席位申请"),
    "seat_revoked": _("收回席位"),
    "account_created": _("开通账号"),
    "account_disabled": _("停用账号"),
    "account_enabled": _("恢复账号"),
    "organ_changed": _("机构变更"),
    "imported": _("导入数据"),
    "token_made": _("发放接口令牌"),
    "webhook_made": _("添加事件推送"),
    "webhook_resumed": _("恢复事件推送"),
    "webhook_ended": _("停用事件推送"),
    "token_revoked": _("收回接口令牌"),
}


class AccountEvent(TenantModel):
    """One event. A trigger in the database refuses changes and deletions."""

    kind = models.SlugField(_("事件"), max_length=30, db_index=False)
    account = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="+", db_index=False, verbose_name=_("账号")
    )
    by = models.ForeignKey(
        "people.Account",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("操作人"),
    )
    happened_at = models.DateTimeField(_("时间"), default=timezone.now)
    address = models.GenericIPAddressField(_("网络地址"), null=True, blank=True)
    detail = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("账号日志")
        ordering = ["-happened_at", "-id"]
        indexes = [
            models.Index(fields=["congress", "-happened_at", "-id"], name="people_event_latest"),
            models.Index(fields=["congress", "account", "-happened_at"], name="people_event_account"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.account_id}"

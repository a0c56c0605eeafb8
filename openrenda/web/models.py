"""What the pages themselves remember: saved filters, when somebody last looked, and what was suggested at a hand-over."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from openrenda.docket.models import Matter
from openrenda.tenancy import TenantFK, TenantModel


class SavedFilter(TenantModel):
    """A choice of rows of one list, kept by one account under a name. ``address`` is the query text of the list."""

    account = models.UUIDField(_("账号"))
    procedure = models.CharField(_("程序"), max_length=40)
    name = models.CharField(_("名称"), max_length=40)
    address = models.CharField(_("条件"), max_length=1000)

    class Meta:
        verbose_name = _("我的筛选")
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "account", "procedure", "name"], name="web_savedfilter_name")
        ]

    def __str__(self) -> str:
        return self.name


class LastLook(TenantModel):
    """When somebody last opened her home page, and the time before that from which news are counted."""

    account = models.UUIDField(_("账号"))
    looked_at = models.DateTimeField(_("最近查看"))
    before = models.DateTimeField(_("上次查看"))

    class Meta:
        verbose_name = _("查看时间")
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "account"], name="web_lastlook_account")]

    def __str__(self) -> str:
        return str(self.looked_at)


class Hint(TenantModel):
    """Which organs were suggested for a suggestion, best first, and which one the office chose: the hit rate's rows."""

    matter = TenantFK(Matter, models.CASCADE, related_name="+", verbose_name=_("事项"))
    suggested = models.JSONField(_("推荐的单位"), default=list)
    chosen = models.UUIDField(_("选定的单位"))
    decided_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("承办单位推荐")
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="web_hint_matter")]
        indexes = [models.Index(fields=["congress", "-decided_at"], name="web_hint_newest")]

    def __str__(self) -> str:
        return str(self.chosen)

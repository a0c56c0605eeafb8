"""Files attached to matters, and what people have typed but not yet submitted."""

from __future__ import annotations

from django.db import models

from openrenda.tenancy import TenantFK, TenantModel

from .matter import Matter


class File(TenantModel):
    """An uploaded or produced file, kept outside the web root and served through a check of who may see its matter."""

    matter = TenantFK(Matter, models.PROTECT, null=True, related_name="files")
    role = models.CharField("用途", max_length=40)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=120)
    size = models.PositiveBigIntegerField("字节")
    sha256 = models.CharField("摘要值", max_length=64)
    path = models.CharField("存放位置", max_length=200)
    account = models.UUIDField("上传账号", null=True)
    uploaded_at = models.DateTimeField("上传时间")
    public = models.BooleanField("可公开", default=False)
    # Of the row just kept: no virus scanner looked at it. Not stored.
    unscanned = False

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["congress", "matter"], name="file_matter")]


class Autosave(TenantModel):
    """What an account has typed into one form and not yet submitted. It is nobody else's business and no part of the ledger."""

    account = models.UUIDField("账号")
    form = models.CharField("表单", max_length=120)
    matter = TenantFK(Matter, models.CASCADE, null=True, related_name="+")
    data = models.JSONField("内容", default=dict)
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "account", "form"], name="autosave_form")]

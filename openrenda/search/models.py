"""What can be found: the title and the text of a matter's papers, in the clear and as words of the index."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from openrenda.tenancy import TenantModel


class SearchDocument(TenantModel):
    """One text of one matter. What the matter itself says has its procedure's key for a kind; a reply to it is another text.

    The word index itself is made by the database from ``terms`` (migration 0001): FTS5 on SQLite, a tsvector with GIN
    on PostgreSQL. Only text that everyone who may see the matter may see belongs here.
    """

    subject = models.UUIDField(_("事项"))
    kind = models.SlugField(_("文本种类"), max_length=40, db_index=False)
    procedure = models.SlugField(_("程序"), max_length=60, db_index=False)
    state = models.SlugField(_("状态"), max_length=60, blank=True, db_index=False)
    public = models.BooleanField(_("已公开"), default=False)
    dictionary = models.CharField(_("词典版本"), max_length=40, editable=False)
    updated_at = models.DateTimeField(_("更新时间"))
    title = models.CharField(_("标题"), max_length=300)
    # The long columns stand last, so that what is filtered by is read without them.
    text = models.TextField(_("正文"), blank=True)
    terms = models.TextField(_("索引词"), blank=True, editable=False)

    class Meta:
        verbose_name = _("可检索文本")
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "subject", "kind"], name="search_document_subject_kind"),
        ]
        indexes = [
            # Newest first: a row's key carries the time at which it was first indexed.
            models.Index(fields=["congress", "-id"], name="search_document_newest"),
        ]

    def __str__(self) -> str:
        return self.title

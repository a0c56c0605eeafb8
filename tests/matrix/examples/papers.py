"""A document attached to a matter."""

from __future__ import annotations

from uuid import uuid4

from django.utils import timezone

from openrenda.docket.models import File, Matter


def attached(matter: Matter, name: str = "调解协议书.pdf") -> File:
    """A row of a document; its content is not asked for."""
    return File.objects.create(
        matter=matter, role="attachment", name=name, media_type="application/pdf", size=9, sha256=uuid4().hex, path="x",
        uploaded_at=timezone.now(),
    )  # fmt: skip

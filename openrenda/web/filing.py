"""Keeping and sending uploaded files: under the congress's own folder by digest, outside the web root."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openrenda.docket.actor import Actor
from openrenda.docket.asking import seen_among
from openrenda.docket.models import Act, File, Matter
from openrenda.docket.reading import Offer, may_read_files
from openrenda.docket.situation import Situation
from openrenda.documents.intake import KINDS, BadFile, Inspected, inspect

MATTER_ROLE = "attachment"
NO_PART = gettext_lazy("您的席位在这件事项里没有办理步骤，不能上传文件。")
NAME_CHARACTERS = 200
SHOWN_CHARACTERS = 60
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def may_attach(situation: Situation, offered: Collection[Offer]) -> bool:
    """Whoever has a part in the matter may attach documents to it."""
    parties = {party.holder for party in situation.parties}
    return bool(offered) or not parties.isdisjoint(situation.actor.holders)


def keep(file: Any, actor: Actor, *, role: str, matter: Matter | None = None, kinds: Any = tuple(KINDS)) -> File:
    """Inspect a file and keep it. The same content twice on a matter is kept once.

    :raises BadFile: with a sentence, when it is not taken or there is no room for it.
    """
    found = inspect(file, file.name or "", kinds=kinds)
    if matter is not None:
        same = File.objects.filter(matter_id=matter.pk, sha256=found.sha256, role=role).first()
        if same is not None:
            return same
    path = _write(file, actor, found)
    row = File(
        matter=matter, role=role, name=found.name[:NAME_CHARACTERS], media_type=found.media_type, size=found.size,
        sha256=found.sha256, path=path, account=actor.account, uploaded_at=timezone.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    row.unscanned = found.unscanned
    return row


def _write(file: Any, actor: Actor, found: Inspected) -> str:
    """Write the content under its digest, whole or not at all; the path relative to the folder of files."""
    relative = Path(str(actor.congress)) / found.sha256[:2] / found.sha256
    target = settings.FILES_ROOT / relative
    if target.exists():
        return relative.as_posix()
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_whole(file, target)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise BadFile(
            _("服务器的磁盘已满，文件没有保存；其他内容不受影响。请稍后再传，或者联系系统管理员。")
        ) from error
    return relative.as_posix()


def _write_whole(file: Any, target: Path) -> None:
    file.seek(0)
    handle, name = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as part:
            for chunk in file.chunks():
                part.write(chunk)
            part.flush()
            os.fsync(part.fileno())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def may_open(row: File, *actors: Actor) -> bool:
    """Whether one of the actors may open the file: its matter is theirs to see, or it proves an act on such a matter."""
    if row.matter_id is None and any(actor.account == row.account for actor in actors):
        return True
    return any(_sees(row, actor) for actor in dict.fromkeys(actors))


def _sees(row: File, actor: Actor) -> bool:
    if row.matter_id is not None:
        matter = Matter.objects.get(pk=row.matter_id) if seen_among(actor, [row.matter_id]) else None
        return matter is not None and may_read_files(Situation(matter, actor))
    proven = Act.objects.filter(proof=row.pk).values_list("matter_id", flat=True)[:200]
    return bool(seen_among(actor, proven))


def is_public(row: File) -> bool:
    """Whether everybody may open the file: marked as open, on a matter that is open today and not secret."""
    matter = row.matter
    if matter is None or not row.public or matter.confidential:
        return False
    return matter.public_since is not None and matter.public_since <= timezone.localdate()


def sent(row: File) -> HttpResponseBase:
    """The file as a download: never shown inside our pages, never guessed at by the browser, never kept by a proxy.

    :raises Http404: when the content is no longer there.
    """
    path = (settings.FILES_ROOT / row.path).resolve()
    if not path.is_relative_to(Path(settings.FILES_ROOT).resolve()) or not path.is_file():
        raise Http404
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=row.name, content_type=row.media_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def short_name(name: str | None) -> str:
    """A file's name, cut for a sentence."""
    name = name or _("文件")
    return name if len(name) <= SHOWN_CHARACTERS else name[:SHOWN_CHARACTERS] + "…"

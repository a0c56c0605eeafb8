"""Prepare the demo's installation: schema, static files, and the invented congress once.

A marker beside the data says which database holds which demo. It is written before loading as well, so that a load that
was interrupted is recognised and not taken for a whole one.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from openrenda.command import Stop
from openrenda.command.places import make_folders, sqlite_file

LOADING, LOADED = "loading", "loaded"


def prepare(fresh: bool) -> None:
    """Do what is still missing, telling what is being done."""
    began = time.monotonic()
    make_folders()
    if fresh or was_interrupted():
        clear()
    say(1, _("数据库"))
    call_command("migrate", interactive=False, verbosity=0)
    say(2, _("静态文件"))
    collect_static()
    say(3, _("演示数据"))
    load_once()
    print(_("准备完成，用时 %(seconds).1f 秒") % {"seconds": time.monotonic() - began}, flush=True)


def say(number: int, what: str) -> None:
    """One line of progress."""
    print(f"[{number}/3] {what}", flush=True)


def collect_static() -> None:
    """Collect the vendored files when one of them has changed since the last time."""
    from django.contrib.staticfiles.finders import get_finders

    found = [Path(storage.path(path)) for finder in get_finders() for path, storage in finder.list([])]
    mark, now = settings.STATIC_ROOT / ".fingerprint", fingerprint(found)
    if not mark.exists() or mark.read_text() != now:
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(now)


def fingerprint(files: Iterable[Path]) -> str:
    """A digest of names, sizes and times of change."""
    rows = sorted(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def load_once() -> None:
    """Load the invented congress unless this database already holds it.

    :raises Stop: when the database holds something else.
    """
    marker = read_marker()
    if marker.get("state") == LOADED and has_congresses():
        if marker["fingerprint"] != demo_fingerprint():
            print(_("演示数据由旧版本生成，可用 --fresh 重新装入"), flush=True)
        return
    if has_congresses():
        raise Stop(
            _("这个数据库里已有其他数据，演示数据没有装入，原有数据没有改动。请用 --database 指定一个空数据库。")
        )
    from openrenda.demo.load import load

    write_marker(LOADING)
    load(progress)
    write_marker(LOADED)


def progress(text: str) -> None:
    """A line of the loader's progress."""
    print(f"      {text}", flush=True)


def has_congresses() -> bool:
    """Whether the database is in use."""
    congress: Any = apps.get_model("people", "Congress")
    return bool(congress.objects.exists())


def demo_fingerprint() -> str:
    """A digest of the code that makes the demo data."""
    folder = Path(__file__).resolve().parents[1] / "demo"
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".toml", ".txt", ".json"} and "tests" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def marker_file() -> Path:
    """The marker of the database in the settings."""
    database = settings.DATABASES["default"]
    address = "|".join(str(database[key]) for key in ("ENGINE", "HOST", "PORT", "NAME"))
    return Path(settings.VAR) / f"demo-{hashlib.sha256(address.encode()).hexdigest()[:12]}.json"


def read_marker() -> dict[str, str]:
    """What was loaded into this database; empty when nothing was."""
    try:
        return dict(json.loads(marker_file().read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}


def write_marker(state: str) -> None:
    """Note how far the loading is."""
    text = json.dumps({"state": state, "fingerprint": demo_fingerprint()})
    marker_file().write_text(text, encoding="utf-8")


def was_interrupted() -> bool:
    """Whether an earlier load did not come to its end."""
    return read_marker().get("state") == LOADING


def clear() -> None:
    """Take the demo away, so that it can be loaded anew.

    :raises Stop: on PostgreSQL, where whole databases are the operator's to drop, and when the data are not the demo's.
    """
    path = sqlite_file()
    if path is None:
        raise Stop(
            _("演示数据没有装完或要求重新装入：请删除并重建这个 PostgreSQL 数据库，再运行一次。原有数据没有改动。")
        )
    if path.exists() and not read_marker():
        raise Stop(_("这个数据库不是由演示命令建立的，没有删除。请用 --database 指定另一个文件。"))
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    marker_file().unlink(missing_ok=True)

"""One archive holds an installation's data: the database, the files, and a manifest with their checksums.

Layout of the tar: ``database`` (an SQLite file or a pg_dump in custom format), ``files/…``, and last ``manifest.json``.
Keys are never in it: whoever finds an archive must not be able to open what is sealed.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda import __version__
from openrenda.command import Stop

FORMAT = 1
DATABASE_NAME = "database"
MANIFEST_NAME = "manifest.json"
BLOCK_BYTES = 1024 * 1024


@dataclass
class Manifest:
    """What an archive holds."""

    vendor: str
    made_at: str
    version: str
    migrations: list[str]
    sealed_key: str
    checksums: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def new_manifest() -> Manifest:
    """The manifest of an archive of this installation, without checksums yet."""
    applied = MigrationRecorder(connection).applied_migrations()
    return Manifest(
        vendor=connection.vendor,
        made_at=timezone.now().isoformat(timespec="seconds"),
        version=__version__,
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        sealed_key=key_mark(),
    )


def key_mark() -> str:
    """A short mark by which one can tell whether the sealed key is the same, without knowing it."""
    return hashlib.sha256(b"openrenda sealed key " + settings.SEALED_KEY.encode()).hexdigest()[:16]


def write_archive(target: Path) -> Manifest:
    """Write an archive of the database and the files.

    The database comes first: files are only ever added, so each file a row speaks of is there when the files follow.
    """
    manifest = new_manifest()
    part = target.with_name(target.name + ".part")
    part.touch(mode=0o600)
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder, tarfile.open(part, "w:gz") as archive:
            dump = Path(folder) / DATABASE_NAME
            dump_database(dump)
            add(archive, manifest, dump, DATABASE_NAME)
            for path in stored_files():
                add(archive, manifest, path, f"files/{path.relative_to(settings.FILES_ROOT).as_posix()}")
            text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
            entry = tarfile.TarInfo(MANIFEST_NAME)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def stored_files() -> Iterator[Path]:
    """Every file in the store, in a stable order."""
    root = Path(settings.FILES_ROOT)
    return (path for path in sorted(root.rglob("*")) if path.is_file())


def add(archive: tarfile.TarFile, manifest: Manifest, path: Path, name: str) -> None:
    """Add a file and note its checksum."""
    archive.add(path, arcname=name, recursive=False)
    manifest.checksums[name] = checksum(path)


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def dump_database(target: Path) -> None:
    """A consistent copy of the database while the site goes on working."""
    if connection.vendor == "sqlite":
        name = settings.DATABASES["default"]["NAME"]
        with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return
    postgres_program("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def postgres_program(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs against the database of the settings.

    :raises Stop: when it is missing or fails.
    """
    from django.db.backends.postgresql.client import DatabaseClient

    database = {**settings.DATABASES["default"], "OPTIONS": {}}
    address, environment = DatabaseClient.settings_to_cmd_args_env(database, [])
    command = [program, *address[1:-1], f"--dbname={database['NAME']}", *arguments]
    try:
        answer = subprocess.run(command, env={**os.environ, **(environment or {})}, capture_output=True, text=True)
    except FileNotFoundError as problem:
        raise Stop(
            _("没有找到 %(program)s，没有执行任何操作。请安装 PostgreSQL 客户端：apt-get install postgresql-client")
            % {"program": program}
        ) from problem
    if answer.returncode:
        raise Stop(_("%(program)s 没有成功：%(answer)s") % {"program": program, "answer": answer.stderr.strip()})


@contextmanager
def opened(source: Path, beside: Path) -> Iterator[tuple[Manifest, Path]]:
    """Unpack an archive next to where it will go, check every checksum, and give the manifest and the folder.

    :raises Stop: when it is no archive of ours, damaged, or holds more or less than its manifest says.
    """
    with tempfile.TemporaryDirectory(dir=beside, prefix="restore-") as name:
        folder = Path(name)
        try:
            with tarfile.open(source, "r:*") as archive:
                archive.extractall(folder, filter="data")
            manifest = read_manifest(folder / MANIFEST_NAME)
        except (tarfile.TarError, EOFError, OSError, ValueError, TypeError) as problem:
            raise Stop(
                _("%(file)s 不是完整的备份文件（%(problem)s），没有恢复，现有数据没有改动。请换一份备份。")
                % {"file": source, "problem": problem}
            ) from problem
        refuse_damaged(manifest, folder)
        yield manifest, folder


def read_manifest(path: Path) -> Manifest:
    """The manifest of an unpacked archive.

    :raises ValueError: when its format is not known to this version.
    """
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if data.get("format") != FORMAT:
        raise ValueError(f"format {data.get('format')}")
    return Manifest(**data)


def refuse_damaged(manifest: Manifest, folder: Path) -> None:
    """Compare what was unpacked with the manifest.

    :raises Stop: naming the first entries that differ.
    """
    found = {
        path.relative_to(folder).as_posix(): checksum(path)
        for path in folder.rglob("*")
        if path.is_file() and path != folder / MANIFEST_NAME
    }
    differing = sorted(
        name for name in found.keys() | manifest.checksums if found.get(name) != manifest.checksums.get(name)
    )
    if differing:
        raise Stop(
            _("备份已损坏：%(names)s 与清单不符，没有恢复，现有数据没有改动。请换一份备份。")
            % {"names": "、".join(differing[:5])}
        )

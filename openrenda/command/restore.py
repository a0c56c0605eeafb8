"""Bring an archive's data back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from openrenda.command import Stop

if TYPE_CHECKING:
    from openrenda.command.archive import Manifest

NAME = "restore"
HELP = "从备份恢复 · restore a backup"
NEEDS_DJANGO = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """From where, and whether what is there may go."""
    parser.add_argument("file", type=Path, help="备份文件 · the archive")
    parser.add_argument(
        "--replace", action="store_true", help="替换现有数据（先自动备份）· replace what is there, after backing it up"
    )


def run(options: argparse.Namespace) -> int:
    """Check the archive, put what is there aside, and bring the archive's data in its place."""
    from django.conf import settings
    from django.utils.translation import gettext as _

    from openrenda.command.archive import opened
    from openrenda.command.places import make_folders

    make_folders()
    with opened(options.file.resolve(), beside=Path(settings.VAR)) as (manifest, folder):
        refuse_other_vendor(manifest)
        if holds_data():
            if not options.replace:
                raise Stop(
                    _("现有数据库不是空的，没有恢复，也没有改动。确要替换请加 --replace，现有数据会先自动备份。")
                )
            put_aside()
        bring_database(folder / "database")
        bring_files(folder / "files")
    report(manifest)
    return 0


def refuse_other_vendor(manifest: Manifest) -> None:
    """An archive of one kind of database cannot go into the other.

    :raises Stop: when they differ.
    """
    from django.db import connection
    from django.utils.translation import gettext as _

    if manifest.vendor != connection.vendor:
        raise Stop(
            _("备份来自 %(theirs)s，当前数据库是 %(ours)s，不能恢复，也没有改动。请用 --database 指定同类数据库。")
            % {"theirs": manifest.vendor, "ours": connection.vendor}
        )


def holds_data() -> bool:
    """Whether the database has tables, or the file store has files."""
    from django.db import connection

    from openrenda.command.archive import stored_files

    return bool(connection.introspection.table_names()) or next(stored_files(), None) is not None


def put_aside() -> None:
    """Back up what is there before it is replaced."""
    from django.conf import settings
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from openrenda.command.archive import write_archive

    target = Path(settings.VAR) / f"before-restore-{timezone.localtime():%Y%m%d-%H%M%S}.tar.gz"
    write_archive(target)
    print(_("现有数据已先备份到 %(file)s") % {"file": target}, flush=True)


def bring_database(dump: Path) -> None:
    """Replace the database's content by the dump's."""
    from django.db import connection

    if connection.vendor == "sqlite":
        bring_sqlite(dump)
        return
    from openrenda.command.archive import postgres_program

    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()
    postgres_program("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(dump))


def bring_sqlite(dump: Path) -> None:
    """Copy page by page into the file, under its lock, so that a process that has it open sees one state or the other."""
    import sqlite3
    from contextlib import closing

    from django.conf import settings
    from django.db import connection

    connection.close()
    name = settings.DATABASES["default"]["NAME"]
    with closing(sqlite3.connect(dump)) as source, closing(sqlite3.connect(name, timeout=20)) as target:
        source.backup(target)


def bring_files(folder: Path) -> None:
    """Put the archive's files in the place of the store."""
    import shutil

    from django.conf import settings

    root = Path(settings.FILES_ROOT)
    shutil.rmtree(root, ignore_errors=True)
    if folder.is_dir():
        shutil.move(folder, root)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)


def report(manifest: Manifest) -> None:
    """Say what was restored and what is left to do."""
    from django.utils.translation import gettext as _

    from openrenda.command.archive import key_mark

    print(
        _("已恢复 %(made_at)s 的备份（版本 %(version)s，%(count)d 个条目）。")
        % {"made_at": manifest.made_at, "version": manifest.version, "count": len(manifest.checksums)}
    )
    if manifest.sealed_key != key_mark():
        print(_("注意：当前的密封密钥与备份时不同，密封的个人信息打不开。请放回原来的密钥文件 keys/sealed。"))
    print(_("接下来请运行 openrenda migrate 和 openrenda verify。"))

"""Write one archive of the database and the files."""

from __future__ import annotations

import argparse
from pathlib import Path

from openrenda.command import Stop

NAME = "backup"
HELP = "备份数据库与附件 · back up the database and the files"
NEEDS_DJANGO = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, help="备份文件，如 openrenda.tar.gz · the archive to write")


def run(options: argparse.Namespace) -> int:
    """Write it; the site may go on working meanwhile."""
    from django.utils.translation import gettext as _

    from openrenda.command.archive import write_archive
    from openrenda.command.places import sqlite_file

    target = options.file.resolve()
    if target.exists():
        raise Stop(_("%(file)s 已存在，没有覆盖。请换一个文件名。") % {"file": target})
    if not target.parent.is_dir():
        raise Stop(_("文件夹 %(folder)s 不存在，没有备份。请先建立它。") % {"folder": target.parent})
    source = sqlite_file()
    if source and not source.exists():
        raise Stop(_("数据库 %(file)s 不存在，没有备份。") % {"file": source})
    manifest = write_archive(target)
    size = target.stat().st_size
    print(
        _("已备份到 %(file)s：%(count)d 个条目，%(size).1f MB。密钥不在其中，请另行保管。")
        % {"file": target, "count": len(manifest.checksums), "size": size / 1024 / 1024}
    )
    return 0

"""What the doctor looks at. Each examination yields findings: a sentence on what is so, and what to do about it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.command.places import sqlite_file
from openrenda.keys import KEY_NAMES, key_file

GOOD, HINT, WRONG = "good", "hint", "wrong"
MARKS = {GOOD: "✓", HINT: "!", WRONG: "✗"}
SHORTEST_KEY_CHARACTERS = 32
OLDEST_POSTGRESQL = 150000
LEAST_FREE_GIGABYTES = 2
MOST_DRIFT_SECONDS = 5
SYNCHRONOUS_NORMAL = 1
MISSED_BEATS = 4
HERE = {"127.0.0.1", "localhost", "[::1]"}


@dataclass(frozen=True)
class Finding:
    """One thing the doctor found."""

    level: str
    says: str
    remedy: str = ""

    @property
    def mark(self) -> str:
        """The sign before the line."""
        return MARKS[self.level]


def findings() -> Iterator[Finding]:
    """Every finding, room by room. Without a database the examinations that ask it are left out."""
    for examine in (keys, exposure, printing, static_files, disk):
        yield from examine()
    reachable = list(database())
    yield from reachable
    if any(finding.level == WRONG for finding in reachable):
        return
    asking: tuple[Callable[[], Iterator[Finding]], ...] = (journal, clock, calendar, worker)
    for examine in asking:
        yield from examine()


def keys() -> Iterator[Finding]:
    """The two keys: there, long enough, and closed to others."""
    try:
        secret = settings.SECRET_KEY
    except ImproperlyConfigured:
        secret = ""
    make = _("运行 openrenda keys，或设置 %(name)s")
    for name, value in (("OPENRENDA_SECRET_KEY", secret), ("OPENRENDA_SEALED_KEY", settings.SEALED_KEY)):
        if len(value) < SHORTEST_KEY_CHARACTERS:
            yield Finding(WRONG, _("%(name)s 没有设置或太短") % {"name": name}, make % {"name": name})
        else:
            yield Finding(GOOD, _("%(name)s 已设置") % {"name": name})
    for path in (key_file(Path(settings.VAR), name) for name in KEY_NAMES):
        if path.exists() and path.stat().st_mode & 0o077:
            yield Finding(WRONG, _("密钥文件 %(path)s 其他用户可读") % {"path": path}, f"chmod 600 {path}")


def exposure() -> Iterator[Finding]:
    """What strangers could reach."""
    if settings.DEBUG:
        yield Finding(WRONG, _("调试模式开着，出错页会泄露内部信息"), _("去掉 OPENRENDA_DEBUG"))
    if not settings.SECOND_FACTOR_REQUIRED:
        yield Finding(WRONG, _("工作人员登录不要求动态口令"), _("去掉 OPENRENDA_SECOND_FACTOR_REQUIRED"))
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(WRONG, _("允许任何主机名"), _("在 OPENRENDA_HOSTS 中只写本站的域名"))
    outside = set(settings.ALLOWED_HOSTS) - HERE
    if not outside:
        yield Finding(HINT, _("只能从本机访问"), _("正式使用时在 OPENRENDA_HOSTS 中写上本站的域名"))
    elif not settings.HTTPS:
        yield Finding(WRONG, _("对外服务但没有启用 HTTPS"), _("由前置代理提供 HTTPS，并设置 OPENRENDA_HTTPS=1"))
    else:
        yield Finding(GOOD, _("对外域名：%(hosts)s，HTTPS 已启用") % {"hosts": "、".join(sorted(outside))})


def printing() -> Iterator[Finding]:
    """Whether letters can be printed as PDF, in Chinese."""
    try:
        import weasyprint  # noqa: F401  # importing it loads the system's libraries
    except OSError as problem:
        remedy = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        yield Finding(WRONG, _("缺少 PDF 排版库（%(problem)s）") % {"problem": str(problem).splitlines()[0]}, remedy)
    else:
        yield Finding(GOOD, _("PDF 排版库可用"))
    try:
        answer = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True)
    except FileNotFoundError:
        yield Finding(WRONG, _("无法查看字体：没有 fontconfig"), "apt-get install fontconfig fonts-noto-cjk")
        return
    if answer.stdout.strip():
        yield Finding(GOOD, _("中文字体可用"))
    else:
        yield Finding(WRONG, _("没有中文字体，打印的 PDF 会缺字"), "apt-get install fonts-noto-cjk")


def static_files() -> Iterator[Finding]:
    """Whether the pages' style and scripts were collected."""
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield Finding(GOOD, _("静态文件已收集"))
    else:
        yield Finding(WRONG, _("静态文件没有收集，页面打不开"), "openrenda django collectstatic --noinput")


def disk() -> Iterator[Finding]:
    """Room for files and database, in gigabytes."""
    folder = Path(settings.VAR)
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        yield Finding(WRONG, _("数据文件夹 %(folder)s 不能写入") % {"folder": folder}, f"mkdir -p {folder}")
        return
    free = shutil.disk_usage(folder).free / 1024**3
    level = GOOD if free >= LEAST_FREE_GIGABYTES else WRONG
    remedy = "" if level == GOOD else _("清理磁盘或扩容；空间用尽后新提交的内容会被拒绝")
    yield Finding(level, _("磁盘剩余 %(free).1f GB（%(folder)s）") % {"free": free, "folder": folder}, remedy)


def database() -> Iterator[Finding]:
    """Whether it answers and has this version's schema."""
    path = sqlite_file()
    if path and not path.exists():
        yield Finding(WRONG, _("数据库文件 %(path)s 不存在") % {"path": path}, "openrenda migrate")
        return
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as problem:
        remedy = _("检查 OPENRENDA_DATABASE，以及数据库是否已启动")
        yield Finding(WRONG, _("连不上数据库：%(problem)s") % {"problem": str(problem).strip()}, remedy)
        return
    if waiting:
        yield Finding(WRONG, _("有 %(count)d 步数据库升级没有执行") % {"count": len(waiting)}, "openrenda migrate")
    else:
        yield Finding(GOOD, _("数据库可用，结构是最新的（%(vendor)s）") % {"vendor": connection.vendor})


def journal() -> Iterator[Finding]:
    """Whether what was acknowledged survives a crash."""
    if connection.vendor == "sqlite":
        mode, synchronous = str(asked("PRAGMA journal_mode")), int(str(asked("PRAGMA synchronous")))
        if mode == "wal" and synchronous >= SYNCHRONOUS_NORMAL:
            yield Finding(GOOD, _("SQLite 使用 WAL 日志"))
        else:
            says = _("SQLite 日志模式是 %(mode)s，同步级别 %(level)d") % {"mode": mode, "level": synchronous}
            yield Finding(WRONG, says, _("数据库文件不能放在网络盘上；请放回本机磁盘"))
        return
    if int(str(asked("SHOW server_version_num"))) < OLDEST_POSTGRESQL:
        yield Finding(WRONG, _("PostgreSQL 版本太旧"), _("升级到 15 或更高版本"))
    if asked("SHOW fsync") != "on":
        yield Finding(WRONG, _("PostgreSQL 关闭了 fsync，断电会丢数据"), "fsync = on")
    else:
        yield Finding(GOOD, _("PostgreSQL 写入落盘"))


def asked(question: str) -> object:
    """The single value of a query."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return row[0] if row else None


def clock() -> Iterator[Finding]:
    """Whether this machine and the database agree on the time; deadlines are counted by it."""
    if connection.vendor != "postgresql":
        return
    theirs = float(str(asked("SELECT extract(epoch FROM clock_timestamp())")))
    drift = abs(timezone.now().timestamp() - theirs)
    if drift > MOST_DRIFT_SECONDS:
        says = _("本机与数据库的时钟相差 %(drift).0f 秒") % {"drift": drift}
        yield Finding(WRONG, says, _("在两台机器上启用时间同步（systemd-timesyncd 或 chrony）"))
    else:
        yield Finding(GOOD, _("本机与数据库的时钟一致"))


def calendar() -> Iterator[Finding]:
    """Whether this year's holidays and make-up working days are known."""
    from openrenda.rulebook import Calendar
    from openrenda.rulebook.storage import edited_days

    today = timezone.localdate()
    if Calendar(edited_days()).is_certain(today):
        yield Finding(GOOD, _("%(year)d 年的节假日安排已收录") % {"year": today.year})
    else:
        remedy = _("在“规则与日历”中导入国务院办公厅当年的节假日安排")
        yield Finding(WRONG, _("%(year)d 年的节假日安排没有收录，工作日期限会算错") % {"year": today.year}, remedy)


def worker() -> Iterator[Finding]:
    """Whether the worker has given a sign of life lately; deadlines and notices wait for it."""
    from openrenda.worker.rounds import HEARTBEAT, HEARTBEAT_SECONDS

    path = Path(settings.VAR) / HEARTBEAT
    silent = timezone.now().timestamp() - path.stat().st_mtime if path.exists() else None
    if silent is not None and silent < HEARTBEAT_SECONDS * MISSED_BEATS:
        yield Finding(GOOD, _("后台处理在运行"))
        return
    says = _("后台处理没有运行，期限和通知都在等它")
    if silent is not None:
        says = _("后台处理已 %(minutes)d 分钟没有动静，期限和通知都在等它") % {"minutes": silent // 60}
    yield Finding(WRONG, says, "systemctl start openrenda-worker / openrenda worker")

"""What is backed up comes back, whole or not at all."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from .conftest import Installation

pytestmark = pytest.mark.installation


def test_a_backup_comes_back_in_an_empty_installation_only(
    kept: Installation, empty: Installation, tmp_path: Path
) -> None:
    archive = tmp_path / "backup.tar.gz"
    assert "已备份" in kept.run("backup", str(archive))
    assert archive.stat().st_mode & 0o077 == 0
    said = empty.run("restore", str(archive))
    assert "已恢复" in said
    assert "密封密钥与备份时不同" in said
    assert (empty.folder / "files" / "ab" / "附件.txt").read_text(encoding="utf-8") == "内容"
    assert "虚构区" in empty.run("verify", "--congress", "990101")
    assert "不是空的" in empty.run("restore", str(archive), expect=1)
    assert "已先备份到" in empty.run("restore", str(archive), "--replace")
    assert list(empty.folder.glob("before-restore-*.tar.gz"))


def test_a_backup_never_overwrites(kept: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar.gz"
    archive.write_text("别的文件", encoding="utf-8")
    assert "没有覆盖" in kept.run("backup", str(archive), expect=1)
    assert archive.read_text(encoding="utf-8") == "别的文件"


def test_a_damaged_archive_changes_nothing(kept: Installation, tmp_path: Path) -> None:
    archive, damaged = tmp_path / "backup.tar.gz", tmp_path / "damaged.tar.gz"
    kept.run("backup", str(archive))
    with tarfile.open(archive) as whole, tarfile.open(damaged, "w:gz") as part:
        for entry in whole.getmembers():
            if not entry.name.startswith("files/"):
                part.addfile(entry, whole.extractfile(entry))
    assert "与清单不符" in kept.run("restore", str(damaged), "--replace", expect=1)
    archive.write_bytes(archive.read_bytes()[:-200])
    assert "不是完整的备份文件" in kept.run("restore", str(archive), "--replace", expect=1)
    assert "虚构区" in kept.run("verify")


def test_the_archive_holds_no_key(kept: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar.gz"
    kept.run("backup", str(archive))
    with tarfile.open(archive) as whole:
        names = whole.getnames()
        manifest = whole.extractfile("manifest.json")
        assert manifest is not None
        text = manifest.read().decode()
    assert not [name for name in names if "keys" in name]
    assert (kept.folder / "keys" / "sealed").read_text().strip() not in text

"""Make the keys of a new installation."""

from __future__ import annotations

import argparse

from openrenda.keys import make_keys, var_folder

NAME = "keys"
HELP = "生成本机密钥 · make the keys of a new installation"
NEEDS_DJANGO = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(options: argparse.Namespace) -> int:
    """Make what is missing and name the files to keep safe."""
    made = make_keys(var_folder())
    for path in made:
        print(f"已生成 made: {path}")
    if not made:
        print(f"密钥已存在，未作更改 · the keys exist, nothing was changed: {var_folder() / 'keys'}")
    else:
        print("请把这个文件夹另行备份：丢失 sealed 密钥，密封的个人信息就无法再打开。")
        print("Keep a copy of this folder elsewhere: without the sealed key, sealed personal data can never be opened.")
    return 0

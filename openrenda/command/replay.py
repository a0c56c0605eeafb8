"""Make a congress whose records add up to published figures, and issue the report that prints them."""

from __future__ import annotations

import argparse
from pathlib import Path

from openrenda.command import Stop

NAME = "replay"
HELP = "按公布的数字复原一个人大 · a congress made to add up to published figures"
NEEDS_DJANGO = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which file."""
    parser.add_argument(
        "file", help="复原文件，或者自带的名称；list 列出自带的 · the file, or a shipped name; 'list' names them"
    )


def run(options: argparse.Namespace) -> int:
    """Make it, and print what the report prints."""
    from openrenda.demo import replay, replay_score
    from openrenda.people.refusals import Refused

    shipped = {path.stem: path for path in replay_score.shipped()}
    if options.file == "list":
        print("\n".join(shipped))
        return 0
    path = shipped.get(options.file, Path(options.file))
    if not path.is_file():
        raise Stop(f"没有文件 {options.file}。自带的有：{'、'.join(shipped)}。")
    try:
        played = replay.play(replay_score.read_score(path), print)
    except (Refused, KeyError, TypeError) as problem:
        raise Stop(f"{path.name}：{problem}") from None
    print(f"{played.congress.name}：{'、'.join(played.printed)}")
    return 0

"""Order of names by strokes 按姓名笔画为序.

A character's key is its number of strokes and then the strokes themselves by class (横竖撇点折); characters with
the same strokes are kept apart by code point. A name's key is the keys of its characters one after another, so that
plain string order is the official order on every database: two-character names compare their given character with
the second character of the others. The other habit, by surname with two-character names first, is :func:`surname_key`.

Characters outside the table (𠮷, 䶮) come at the end, by code point; a person's ``stroke_override`` puts one right.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from openrenda.people.names.surnames import split_name
from openrenda.people.names.text import HAN

TABLE = Path(__file__).parent / "data" / "strokes.tsv"
KEY_LENGTH = 240
_UNKNOWN = "99"
_BLANK = "00"


@cache
def table() -> dict[str, str]:
    """Character → its strokes as digits 1 to 5."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def character_key(character: str) -> str:
    """The key of one character: count in two digits, strokes, code point in seven digits."""
    strokes = table().get(character, "")
    count = f"{len(strokes):02d}" if strokes else _UNKNOWN
    return f"{count}{strokes}{ord(character):07d}"


def _key(characters: str) -> str:
    """Dots and blanks inside a name do not count; a name without Chinese characters is taken as it is."""
    kept = [character for character in characters if HAN.match(character)] or [*characters]
    return "".join(map(character_key, kept))


def full_name_key(name: str) -> str:
    """Key for the order by strokes of the full name, the habit of congress lists."""
    return _key(name)[:KEY_LENGTH]


def surname_key(name: str) -> str:
    """Key for the order by strokes of the surname, in which two-character names come first."""
    surname, given = split_name(name)
    blank = _BLANK if len(given) == 1 else ""
    return (_key(surname) + blank + _key(given) if given else _key(name))[:KEY_LENGTH]


def override_key(strokes: str, name: str) -> str:
    """A key for a name whose first character lies outside the table, from its strokes given as digits 1 to 5.

    :raises ValueError: when the strokes are no digits from 1 to 5.
    """
    if not strokes or set(strokes) - set("12345") or len(strokes) > 64:
        raise ValueError(_("笔画应当用 1 至 5 的数字表示：1 横、2 竖、3 撇、4 点（捺）、5 折，例如“大”是 134。"))
    return (f"{len(strokes):02d}{strokes}{ord(name[0]):07d}" + _key(name[1:]))[:KEY_LENGTH]

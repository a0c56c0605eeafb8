"""Pinyin by which persons are found: the full spelling and the initials ("zhangsan" and "zs" find 张三)."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from openrenda.people.names.surnames import SURNAME_READINGS, split_name
from openrenda.people.names.text import HAN, plain

MOST_SPELLINGS = 8
SEARCH_KEYS_LENGTH = 500
KEY_LENGTH = 240


@dataclass(frozen=True)
class Readings:
    """``key`` sorts by pinyin; ``search_keys`` holds every spelling and its initials, each after a blank."""

    key: str
    search_keys: str


def readings(name: str, *, override: str = "") -> Readings:
    """The readings of a name. ``override`` is the main reading in syllables parted by blanks ("shan xiao yun")."""
    spellings = _spellings(name)
    if override:
        spellings = [tuple(plain(override).lower().split()), *spellings]
    keys = dict.fromkeys(key for spelling in spellings for key in (_joined(spelling), _initials(spelling)))
    return Readings(" ".join(spellings[0])[:KEY_LENGTH], _within(keys))


def _within(keys: dict[str, None]) -> str:
    """Whole keys only, as many as the column holds."""
    text = ""
    for key in keys:
        if key and len(text) + len(key) + 1 <= SEARCH_KEYS_LENGTH:
            text += f" {key}"
    return text


def _spellings(name: str) -> list[tuple[str, ...]]:
    """Every likely reading, the likeliest first. The surname has one; a given character may have several."""
    surname, given = split_name(name)
    if not given:
        surname, given = "", name
    first = SURNAME_READINGS.get(surname) or tuple(options[0] for options in _readings_by_character(surname))
    rest = _readings_by_character(given)
    return [(*first, *choice) for choice in itertools.islice(itertools.product(*rest), MOST_SPELLINGS)]


def _readings_by_character(text: str) -> list[list[str]]:
    if not text:
        return []
    from pypinyin import Style, pinyin  # its tables take fifty megabytes, and few processes register names

    plain_readings = pinyin(text, style=Style.NORMAL, heteronym=False, v_to_u=False, errors=_as_it_is)
    every_reading = pinyin(text, style=Style.NORMAL, heteronym=True, v_to_u=False, errors=_as_it_is)
    paired = zip(plain_readings, every_reading, strict=True)
    return [list(dict.fromkeys([*likely, *others])) for likely, others in paired]


def _as_it_is(characters: str) -> str:
    """What has no pinyin: letters and digits stay, everything else (dots, emoji, rare characters) has no sound."""
    kept = [plain(character).lower() for character in characters if not HAN.match(character)]
    return "".join(character for character in kept if character.isalnum() and character.isascii())


def _joined(spelling: tuple[str, ...]) -> str:
    return "".join(spelling)


def _initials(spelling: tuple[str, ...]) -> str:
    return "".join(syllable[0] for syllable in spelling if syllable)

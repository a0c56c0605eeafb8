"""A calendar that telephones subscribe to (RFC 5545): days with a place and words, nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

MOST_OCTETS = 75
ZONE = "Asia/Shanghai"
_ZONE_LINES = (
    "BEGIN:VTIMEZONE", f"TZID:{ZONE}", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800",
    "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One thing on one day, or on each of so many ``days``; ``key`` tells it from all others for ever, so that a later reading changes it and adds none."""

    key: str
    day: datetime.date
    begins: datetime.time
    ends: datetime.time
    title: str
    place: str = ""
    words: str = ""
    url: str = ""
    days: int = 1


def calendar_text(name: str, events: Iterable[Event], *, made_at: datetime.datetime) -> str:
    """The whole calendar; lines are folded and end in CR LF as the standard asks."""
    stamp = made_at.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//OpenRenda//stations//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(name)}",
        *_ZONE_LINES,
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT", f"UID:{event.key}", f"DTSTAMP:{stamp}", f"DTSTART;TZID={ZONE}:{_moment(event.day, event.begins)}",
            f"DTEND;TZID={ZONE}:{_moment(event.day, event.ends)}", f"SUMMARY:{_escaped(event.title)}",
        ]  # fmt: skip
        optional = (("LOCATION", _escaped(event.place)), ("DESCRIPTION", _escaped(event.words)), ("URL", event.url),
                    ("RRULE", f"FREQ=DAILY;COUNT={event.days}" if event.days > 1 else ""))  # fmt: skip
        lines += [f"{field}:{value}" for field, value in optional if value]
        lines.append("END:VEVENT")
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _moment(day: datetime.date, time: datetime.time) -> str:
    return f"{day:%Y%m%d}T{time:%H%M%S}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line of at most 75 octets, going on behind a blank; no character is cut in two."""
    pieces, piece, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > MOST_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    return "\r\n".join([*pieces, piece])

"""Names of files: what a person sees and what a server may store."""

from __future__ import annotations

import re
import unicodedata

NAME_LIMIT_BYTES = 200  # file systems allow 255; a counter and a suffix must still fit
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}


def clean_name(name: str, suffix: str | None = None) -> str:
    """The last part of a path without anything that hides, redirects or breaks; Chinese and rare characters stay.

    Control and direction-changing characters go (they make "gpj.exe" look like "exe.jpg"), `\\ / : * ? " < > |` become
    spaces, and with `suffix` (".pdf") the name ends in it whatever it said before.
    """
    name = unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode()).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(
        " " if c in ':*?"<>|' else c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cn")
    )
    name = re.sub(r"\s+", " ", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    known = bool(dot and stem and re.fullmatch(r"[A-Za-z0-9]{1,5}", ending))
    stem, ending = (stem, f".{ending.lower()}") if known else (name, "")
    ending = suffix if suffix is not None else ending
    stem = stem.strip(" .") or "文件"
    stem = f"{stem}_" if stem.lower() in RESERVED else stem
    return _shorten(stem, NAME_LIMIT_BYTES - len(ending.encode())) + ending


def _shorten(text: str, limit_bytes: int) -> str:
    return text.encode()[:limit_bytes].decode("utf-8", "ignore").strip(" .")

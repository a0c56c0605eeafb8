"""The folder an installation keeps its state in, and the keys it keeps there for itself, readable by its own user only.

An environment variable wins over a file. A file is made once, by ``openrenda keys`` or by the first start of the demo,
and never silently replaced: sealed values can be opened only with the key they were sealed with.
"""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEY_NAMES = ("secret", "sealed")
KEY_LENGTH_BYTES = 32


def var_folder() -> Path:
    """The folder of everything that is not code: database, files, keys, logs."""
    return Path(os.environ.get("OPENRENDA_VAR") or ROOT / "var")


def key_file(var: Path, name: str) -> Path:
    """Where the key of this name is kept."""
    return var / "keys" / name


def kept_key(var: Path, name: str) -> str:
    """The key kept under this name, or an empty string when none was made yet."""
    try:
        return key_file(var, name).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def make_keys(var: Path) -> list[Path]:
    """Make the keys that are missing and return their files; existing keys stay as they are."""
    made = []
    for name in KEY_NAMES:
        path = key_file(var, name)
        if path.exists():
            continue
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = base64.urlsafe_b64encode(secrets.token_bytes(KEY_LENGTH_BYTES)).decode("ascii")
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text + "\n")
        made.append(path)
    return made

"""Pictures as they are kept: turned upright, no larger than a page needs, and without what a camera writes beside them.

A telephone writes place, day and its own name into every photograph (EXIF). A resident who shows a broken lamp does not mean to
show where she lives, so the picture is drawn anew and nothing but the picture is kept (个人信息保护法第六条).
"""

from __future__ import annotations

import io
from typing import IO

LONGEST_SIDE = 2560
QUALITY = 85


def redrawn(stream: IO[bytes], kind: str) -> bytes:
    """The picture alone, in its own format. It must have passed :func:`openrenda.documents.intake.inspect`."""
    from PIL import Image, ImageOps  # only pictures need it

    stream.seek(0)
    with Image.open(stream, formats=[kind.upper()]) as opened:
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        plain = Image.new(upright.mode if upright.mode in ("RGB", "RGBA", "L") else "RGB", upright.size)
        plain.paste(upright.convert(plain.mode))
    if kind == "jpeg" and plain.mode == "RGBA":
        plain = plain.convert("RGB")
    made = io.BytesIO()
    plain.save(made, format=kind.upper(), quality=QUALITY)
    return made.getvalue()

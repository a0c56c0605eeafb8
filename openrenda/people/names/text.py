"""How typed names and codes are read: full-width forms made plain, blanks dropped where they mean nothing."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
HAN = re.compile(
    "[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]",
)
MIDDLE_DOTS = re.compile("[·•・‧∙⋅●.]")


def plain(text: str) -> str:
    """The text in its plain form: full-width letters and digits narrowed, invisible marks dropped, blanks trimmed."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", INVISIBLE.sub("", text))).strip()


def person_name(text: str) -> str:
    """A person's name as it is kept: 张　三 becomes 张三, and every middle dot becomes "·"."""
    text = re.sub(r"\s+", " ", INVISIBLE.sub("", text).replace("\u3000", " ")).strip()
    if HAN.search(text):
        text = MIDDLE_DOTS.sub("·", text.replace(" ", ""))
    return text

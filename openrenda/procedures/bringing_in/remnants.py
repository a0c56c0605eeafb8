"""What is left of a web page in an exported text: tags, entities, tabs and rows of blank lines."""

from __future__ import annotations

import html
import re

from openrenda.documents.cells import tidy

# Only tags that pages are made of: 〈物业管理条例〉 is often written with pointed brackets of the keyboard and stays.
_TAGS = "a|b|big|blockquote|br|center|div|em|font|h[1-6]|hr|i|img|li|o:p|ol|p|pre|s|small|span|strong|table|tbody|td|th|thead|tr|u|ul"
_UNSHOWN = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BREAKS = re.compile(r"<(?:br|hr|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(rf"</?(?:{_TAGS})\b[^<>]*/?>", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n{2,}")


def without_remnants(text: str) -> str:
    """The words as they were read on the page: one line end between paragraphs."""
    text = _BREAKS.sub("\n", _UNSHOWN.sub("", text))
    return _BLANK_LINES.sub("\n", tidy(html.unescape(_ANY_TAG.sub("", text)).replace("\t", " "))).strip()

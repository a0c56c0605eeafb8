"""Words in the reader's language. What a table declares carries its English beside it; what is recorded is kept in Chinese."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation


def english() -> bool:
    """Whether English is spoken now."""
    return (translation.get_language() or "").startswith("en")


def chinese() -> translation.override:
    """Speak the language of records and official documents for a while, whatever the page is read in."""
    return translation.override(settings.LANGUAGE_CODE)


def in_chinese(words: object) -> str:
    """Words of the interface as records and files keep them."""
    with chinese():
        return str(words)


class Labelled:
    """Something declared under a Chinese label, with its English beside it or in the catalogue."""

    __slots__ = ()
    label: str
    label_en: str = ""

    @property
    def words(self) -> str:
        """The label in the language now spoken."""
        return self.label_en if self.label_en and english() else translation.gettext(self.label)

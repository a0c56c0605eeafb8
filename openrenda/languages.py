"""Words in the reader's language. What a table declares carries its English beside it; what is recorded is kept in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.conf import settings
from django.utils import translation

_kept: ContextVar[str | None] = ContextVar("language_of_a_request", default=None)


@contextmanager
def one_language() -> Iterator[None]:
    """A request has one language, but for blocks that are :func:`speaking` another; asking Django each time takes a tenth of a page."""
    token = _kept.set(translation.get_language())
    try:
        yield
    finally:
        _kept.reset(token)


def language() -> str:
    """The reader's language; empty when translation is off."""
    return _kept.get() or translation.get_language() or ""


def english() -> bool:
    """Whether English is spoken now."""
    return language().startswith("en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while."""
    with translation.override(language), one_language():
        yield


def chinese() -> AbstractContextManager[None]:
    """Speak the language of records and official documents for a while, whatever the page is read in."""
    return speaking(settings.LANGUAGE_CODE)


def in_chinese(words: object) -> str:
    """Words of the interface as records and files keep them."""
    with chinese():
        return str(words)


def said(words: str) -> str:
    """A sentence in the reader's language. Pages say the same ones all day, so they are found again."""
    return _said(words, language())


# By type as well: what is safe is never found in place of what only reads the same.
@lru_cache(maxsize=8192, typed=True)
def _said(words: str, _language: str) -> str:
    return translation.gettext(words)


class Labelled:
    """Something declared under a Chinese label, with its English beside it or in the catalogue."""

    __slots__ = ()
    label: str
    label_en: str = ""

    @property
    def words(self) -> str:
        """The label in the language now spoken."""
        return self.label_en if self.label_en and english() else said(self.label)

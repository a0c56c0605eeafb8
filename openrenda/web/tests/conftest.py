"""The browser of the journeys, for the pages of the design system too."""

from tests.conftest import chromium, new_page

__all__ = ["chromium", "new_page"]

"""The browser, and the invented congress, for the pages of figures."""

from openrenda.web.tests.conftest import cast
from tests.conftest import chromium, new_page

__all__ = ["cast", "chromium", "new_page"]

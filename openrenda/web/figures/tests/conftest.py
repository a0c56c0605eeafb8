"""The invented congress for the pages of figures."""

from openrenda.web.tests.conftest import cast

__all__ = ["cast"]

"""Shared by every test, wherever it lives."""

from __future__ import annotations

import os

# Playwright keeps an event loop in the test's own thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

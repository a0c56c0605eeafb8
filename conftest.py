"""Shared by every test, wherever it lives."""

from __future__ import annotations

"""A column whose text lies encrypted in the database. It can be neither searched nor sorted."""

from __future__ import annotations

from typing import Any

from django.db import models

from openrenda.ciphers import decrypt, encrypt


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """Plain text in Python, encrypted in the database; empty stays empty."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value) if isinstance(value, str) and value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return decrypt(value) if isinstance(value, str) and value else value

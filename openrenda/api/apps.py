"""The API as one Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Tokens and addresses for other systems."""

    name = "openrenda.api"
    label = "api"
    verbose_name = "接口"

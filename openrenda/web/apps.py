"""The pages as one Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages of all faces."""

    name = "openrenda.web"
    label = "web"
    verbose_name = "页面"

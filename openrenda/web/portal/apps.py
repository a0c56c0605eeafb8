"""The portal as a Django application, because it keeps a table of its own."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Public pages and what people say about the application."""

    name = "openrenda.web.portal"
    label = "portal"
    verbose_name = "公开网页"

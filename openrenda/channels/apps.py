"""The channels as a Django application."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """In-app notices and what was sent outside."""

    name = "openrenda.channels"
    label = "channels"
    verbose_name = "消息"

"""OpenRenda (开放人大): the open platform for the year's work of a local people's congress."""

__version__ = "0.1.0"

"""The room's entry in Django's register of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "openrenda.people"
    label = "people"
    verbose_name = _("人员与机构")

    def ready(self) -> None:
        """Tell the docket who is to be told."""
        from openrenda.docket.actor import use_directory
        from openrenda.people.directory import PeopleDirectory

        use_directory(PeopleDirectory())

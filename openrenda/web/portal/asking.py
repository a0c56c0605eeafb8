"""One box for every query number: where what it stands for is shown."""

from __future__ import annotations

from openrenda import tickets
from openrenda.procedures.consultation_opinion.records import ConsultationOpinion
from openrenda.procedures.opinion.records import Opinion

PAGES = ((Opinion, "portal:opinion"), (ConsultationOpinion, "portal:consultation-opinion"))


def page_of(number: str) -> str:
    """The name of the page on which that number is shown; nothing when nobody was handed it."""
    digest = tickets.digest(number)
    return next((name for model, name in PAGES if model.objects.filter(number_digest=digest).exists()), "")

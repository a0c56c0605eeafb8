"""One box for every query number: where what it stands for is shown."""

from __future__ import annotations

from openrenda import tickets
from openrenda.activities.broadcast_question import BroadcastQuestion
from openrenda.procedures.consultation_opinion.records import ConsultationOpinion
from openrenda.procedures.livelihood_proposal.records import LivelihoodProposal
from openrenda.procedures.livelihood_voice import LivelihoodVoice
from openrenda.procedures.opinion.records import Opinion
from openrenda.procedures.palm_express.records import Conversation

PAGES = (
    (Opinion, "portal:opinion"),
    (ConsultationOpinion, "portal:consultation-opinion"),
    (Conversation, "portal:express-one"),
    (BroadcastQuestion, "portal:broadcast-question"),
    (LivelihoodProposal, "portal:livelihood-proposal"),
    (LivelihoodVoice, "portal:livelihood-said"),
)


def page_of(number: str) -> str:
    """The name of the page on which that number is shown; nothing when nobody was handed it."""
    digest = tickets.digest(number)
    return next((name for model, name in PAGES if model.objects.filter(number_digest=digest).exists()), "")

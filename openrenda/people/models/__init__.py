"""The registers: plain rows with a life span, answered as of any day."""

from openrenda.people.models.account import Account, Membership, RecoveryCode
from openrenda.people.models.category import Category
from openrenda.people.models.congress import Congress
from openrenda.people.models.district import District
from openrenda.people.models.event import AccountEvent
from openrenda.people.models.group import Group, GroupMembership
from openrenda.people.models.mandate import Mandate, MandateSuspension
from openrenda.people.models.organ import Organ, OrganName, OrganSuccession
from openrenda.people.models.person import Person
from openrenda.people.models.seat import Seat, SeatGrant, SeatSuspension
from openrenda.people.models.term import Session, Term

__all__ = [
    "Account",
    "AccountEvent",
    "Category",
    "Congress",
    "District",
    "Group",
    "GroupMembership",
    "Mandate",
    "MandateSuspension",
    "Membership",
    "Organ",
    "OrganName",
    "OrganSuccession",
    "Person",
    "RecoveryCode",
    "Seat",
    "SeatGrant",
    "SeatSuspension",
    "Session",
    "Term",
]

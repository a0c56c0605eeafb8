"""The registers: plain rows with a life span, answered as of any day."""

from openrenda.people.models.account import Account, Membership, RecoveryCode
from openrenda.people.models.category import Category
from openrenda.people.models.code import Code
from openrenda.people.models.congress import Congress
from openrenda.people.models.district import District
from openrenda.people.models.event import AccountEvent
from openrenda.people.models.grid import Grid, GridMember
from openrenda.people.models.group import Group, GroupMembership
from openrenda.people.models.mandate import Mandate, MandateSuspension
from openrenda.people.models.organ import Organ, OrganName, OrganSuccession
from openrenda.people.models.person import Person
from openrenda.people.models.post import Post, Qualification, Tenure
from openrenda.people.models.question import ExamQuestion
from openrenda.people.models.reception_hours import ReceptionDeputy, ReceptionHours
from openrenda.people.models.seat import Seat, SeatGrant, SeatSuspension
from openrenda.people.models.station import Community, HubLink, Speciality, Station, StationMember
from openrenda.people.models.term import Session, Term

__all__ = [
    "Account",
    "AccountEvent",
    "Category",
    "Code",
    "Community",
    "Congress",
    "District",
    "ExamQuestion",
    "Grid",
    "GridMember",
    "Group",
    "GroupMembership",
    "HubLink",
    "Mandate",
    "MandateSuspension",
    "Membership",
    "Organ",
    "OrganName",
    "OrganSuccession",
    "Person",
    "Post",
    "Qualification",
    "ReceptionDeputy",
    "ReceptionHours",
    "RecoveryCode",
    "Seat",
    "SeatGrant",
    "SeatSuspension",
    "Session",
    "Speciality",
    "Station",
    "StationMember",
    "Tenure",
    "Term",
]

"""Every address of the installation and who may open it. A new address is written here, or the census fails.

One row an address: which seats it is for, what they get, and what everybody else gets. Nobody has to sign in for what is PUBLIC;
everywhere else somebody who has not signed in is sent to do so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

OK, GONE_ON, SAVED = 200, 302, 204
UNREADABLE, NO_TOKEN, FORBIDDEN, NOT_THERE, WRONG_METHOD, REFUSED = 400, 401, 403, 404, 405, 422

PUBLIC = "public"
ORGAN = ("organ_office", "organ_clerk", "organ_head", "organ_chief")
ADMINS = ("system_admin", "security_admin", "audit_admin")
SEATS = ("deputy", "guest_deputy", "delegation_head", "street_reviewer", "deputy_office", "government_office", *ORGAN, "station_clerk",
         "grid_governor", "party_group_office", "leader", "enterprise", *ADMINS)  # fmt: skip
# A few of very different kinds, where more would say nothing new.
CURIOUS = ("deputy", "deputy_office", "organ_office", "leader", "system_admin")
# Who looks into the suggestion of the census: raised by a deputy, read by her street, handled by the organ of the four seats.
INVOLVED = ("deputy", "street_reviewer", "deputy_office", "government_office", *ORGAN, "leader", "audit_admin")
ONLY_LOOKING = ("government_office", "leader", "audit_admin")
READERS = ("deputy_office", "government_office", "leader")
HAND_OVER = ("deputy_office", "government_office")
KEEPING = ("station_clerk", "street_reviewer", "deputy_office")
ANSWERING = ("deputy_office", "system_admin")
COUNTING = ("deputy_office", "government_office", "leader", "audit_admin", "organ_office", "organ_head", "organ_chief")
FIGURES = ("deputy", "delegation_head", "deputy_office", "government_office", "leader", "audit_admin", *ORGAN)
ASSESSING = ("deputy_office", "government_office", "leader", "audit_admin", *ORGAN)
REPORTING = ("deputy_office", "leader", "audit_admin")
KEEPING_COMPANY = (
    "deputy",
    "guest_deputy",
    "street_reviewer",
    "deputy_office",
    "station_clerk",
    "leader",
    "audit_admin",
)
VOTERS = ("deputy", "delegation_head", "deputy_office", "leader", "audit_admin")
SEEING_ROUNDS = (
    "deputy",
    "street_reviewer",
    "deputy_office",
    "government_office",
    *ORGAN,
    "station_clerk",
    "leader",
    "audit_admin",
)
HISTORIANS = ("deputy_office", "system_admin")
NETWORK = (*HISTORIANS, "leader")
# Who looks into the appointment of the census, which the council of chairpersons proposed.
APPOINTING = ("deputy_office", "leader", "audit_admin")


@dataclass(frozen=True)
class Address:
    """Who may open an address, and what she gets by each method; None says that the method is not for it."""

    seats: tuple[str, ...] = SEATS
    get: int | None = OK
    post: int | None = None
    others: int = NOT_THERE
    names: Mapping[str, Any] = field(default_factory=dict)
    held: bool = False
    """It names an object of the congress: to any other congress there is no such thing."""
    without_token: bool = False
    by_token: bool = False
    """Whoever comes brings the token of her seat; without one she is not sent anywhere, but refused."""
    costly: bool = False
    """Making the paper takes a while: of those who may have it, one is asked."""
    counting: bool = False
    """It counts everything there is: of those who may, the curious ask."""
    by_seat: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Seats that get something else, by GET and by POST."""

    @property
    def public(self) -> bool:
        """Whether nobody has to sign in."""
        return self.seats == (PUBLIC,)

    def asked(self) -> tuple[str, ...]:
        """Whose requests are tried."""
        few = self.seats[:1] if self.costly else (PUBLIC, *CURIOUS) if self.public or self.counting else SEATS
        return (PUBLIC, *(seat for seat in SEATS if seat in few or not self.may(seat)))

    def taken(self, method: str) -> bool:
        """Whether the method is for this address."""
        return (self.get if method == "GET" else self.post) is not None

    def may(self, seat: str) -> bool:
        """Whether it is for that seat."""
        return self.public or seat in self.seats

    def expected(self, seat: str, method: str) -> int:
        """What somebody of the congress gets by a method that is for this address."""
        if seat in self.by_seat:
            return self.by_seat[seat][method == "POST"]
        if not self.may(seat):
            return self.others if seat != PUBLIC else NO_TOKEN if self.by_token else GONE_ON
        status = self.get if method == "GET" else self.post
        assert status is not None
        return status


def everybody(get: int | None = OK, post: int | None = None, **more: Any) -> Address:
    """No sign-in."""
    return Address((PUBLIC,), get, post, **more)


def posted(status: int, *seats: str, **more: Any) -> Address:
    """By POST only; without seats named, for every seat."""
    return Address(seats or SEATS, None, status, **more)


def with_key(get: int | None = OK, post: int | None = None, *, seats: tuple[str, ...] = SEATS, **more: Any) -> Address:
    """By a token that stands for a seat."""
    return Address(seats, get, post, by_token=True, without_token=True, **more)


ANSWERED = {"key": "answered", "side": "part"}
SUGGESTION = {"procedure": "suggestion"}
DRAFT = {"procedure": "suggestion", "step_key": "propose"}
CONTACT = {"step_key": "contact"}
# The government has handed over nothing today, so there is no letter.
NOTHING = (NOT_THERE, WRONG_METHOD)
MAY_SEE, MAY_TAKE = (FORBIDDEN, REFUSED), (OK, REFUSED)
STEP_BY_SEAT = {seat: MAY_TAKE if seat in ORGAN else MAY_SEE for seat in INVOLVED}
MAY_PROPOSE = ("deputy", "delegation_head")
# Who looks into a sitting; in that of the census every deputy has a place.
SITTING = ("deputy", "delegation_head", "deputy_office", "leader", "audit_admin")
NO_PAPER = dict.fromkeys(("delegation_head", "leader", "audit_admin"), (FORBIDDEN, WRONG_METHOD))
PLACE = {"division": "990501"}

ADDRESSES: dict[str, Address] = {
    # Signing in, and one's own account
    "people:sign-in": everybody(OK, OK),
    "people:sign-in-code": everybody(GONE_ON, GONE_ON),
    "people:sign-out": everybody(None, GONE_ON),
    "people:account": Address(),
    "people:password": Address(post=REFUSED),
    "people:sign-out-elsewhere": posted(GONE_ON),
    "people:second-factor": Address(post=REFUSED),
    "people:confirm": Address(post=REFUSED),
    "people:seats": Address(),
    "people:enter-seat": posted(GONE_ON),
    # Administration: three seats, each with its own pages
    "people:administration": Address(ADMINS, GONE_ON),
    "people:register": Address(("system_admin",), names={"key": "organs"}),
    "people:register-row": Address(("system_admin",), OK, REFUSED, names={"key": "organs"}),
    "people:register-import": Address(("system_admin",), OK, REFUSED, names={"key": "organs"}),
    "people:register-export": Address(("system_admin",), names={"key": "organs"}),
    "people:register-template": Address(("system_admin",), names={"key": "organs"}),
    "people:merge": Address(("system_admin",), OK, REFUSED),
    "people:grants": Address(("system_admin", "security_admin")),
    "people:decide": posted(GONE_ON, "security_admin", held=True),
    "people:revoke": posted(GONE_ON, "system_admin", held=True),
    "people:accounts": Address(("system_admin", "security_admin")),
    "people:issue-password": posted(OK, "system_admin", held=True),
    "people:secure": posted(GONE_ON, "security_admin", held=True, names={"action": "disable"}),
    "people:log": Address(("audit_admin",)),
    "api-tokens": Address(("system_admin", "security_admin"), OK, REFUSED, by_seat={"security_admin": (OK, NOT_THERE)}),
    "api-token-take-back": posted(GONE_ON, "system_admin", "security_admin", held=True),
    "channels:webhooks": Address(
        ("system_admin", "security_admin"), OK, REFUSED, by_seat={"security_admin": (OK, NOT_THERE)}
    ),
    "channels:webhook-resume": posted(GONE_ON, "system_admin", held=True),
    "channels:webhook-end": posted(GONE_ON, "system_admin", "security_admin", held=True),
    "web:import-suggestions": Address(HISTORIANS, OK, REFUSED),
    "web:import-messages": Address(HISTORIANS, OK, REFUSED),
    "web:import-past-template": Address(HISTORIANS, names={"kind": "suggestions"}),
    # What every seat has
    "web:home": everybody(by_seat={PUBLIC: (GONE_ON, WRONG_METHOD)}),
    "web:late": Address(),
    "web:kinds": Address(),
    "web:reception-days": Address(("deputy", "deputy_office", "leader", "audit_admin")),
    "web:gatherings": Address(KEEPING_COMPANY),
    # The hall
    "hall:calendar": Address((*SITTING, *ORGAN, "party_group_office")),
    "hall:mine": Address((*SITTING, *ORGAN, "party_group_office")),
    "hall:attendance": Address(),
    "hall:participation": Address(("deputy_office", "leader", "audit_admin")),
    "hall:sitting": Address(SITTING, held=True),
    "hall:live": Address(SITTING, held=True),
    "hall:seats": Address(("deputy", "deputy_office", "leader"), held=True),
    "hall:ask-floor": posted(GONE_ON, "deputy", held=True),
    "hall:sign-in": posted(GONE_ON, "deputy_office", held=True),
    "hall:take": posted(GONE_ON, *SITTING, held=True, names={"step_key": "suspend"}),
    "hall:register-paper": posted(GONE_ON, "deputy_office", held=True),
    "hall:paper": Address(SITTING, held=True, by_seat=NO_PAPER),
    "hall:paper-content": Address(("deputy", "deputy_office"), held=True),
    "hall:paper-page": Address(("deputy_office",), held=True),
    "hall:readings": Address(("audit_admin",), held=True),
    "hall:fixity": Address(("deputy_office", "audit_admin"), GONE_ON, held=True),
    "hall:opinions": Address(("deputy_office", "leader"), REFUSED, held=True),
    "hall:document": Address(("deputy", "deputy_office", "leader"), held=True, names={"kind": "minutes"}),
    "hall:wall": everybody(names=PLACE),
    "hall:feed": everybody(names=PLACE),
    "web:preferences": everybody(OK, GONE_ON, without_token=True),
    "web:openings": Address(),
    "web:discard": posted(GONE_ON),
    # Entering for a deputy
    "web:agent": Address(("deputy_office", "station_clerk"), OK, REFUSED, others=FORBIDDEN),
    "web:agent-end": posted(GONE_ON),
    # Opening a matter
    "web:new": Address(
        MAY_PROPOSE, OK, REFUSED, names=DRAFT, by_seat={seat: MAY_SEE for seat in SEATS if seat not in MAY_PROPOSE}
    ),
    "web:new-autosave": posted(SAVED, names=DRAFT),
    "web:new-from-file": posted(GONE_ON, names=DRAFT),
    "web:search": Address((*INVOLVED, "guest_deputy", "delegation_head", "station_clerk", "grid_governor")),
    "web:similar": posted(OK, names=DRAFT),
    # What residents say
    "web:enter-opinions": Address(KEEPING, OK, REFUSED),
    "web:hotline": Address(KEEPING, OK, REFUSED),
    "web:hotline-file": Address(KEEPING),
    # One matter
    "web:file": Address(INVOLVED, held=True),
    "web:matter": Address(INVOLVED, held=True),
    "web:trace": Address(INVOLVED, held=True),
    "web:upload": posted(GONE_ON, *INVOLVED, held=True, by_seat=dict.fromkeys(ONLY_LOOKING, (WRONG_METHOD, FORBIDDEN))),
    "web:sealed": Address(("deputy_office", *ORGAN), OK, REFUSED, held=True, names={"field": "contact_phone"}),
    "web:step": Address(INVOLVED, OK, REFUSED, held=True, names=CONTACT, by_seat=STEP_BY_SEAT),
    "web:advice": posted(NOT_THERE, *INVOLVED, held=True, names=CONTACT),
    "web:step-autosave": posted(SAVED, *INVOLVED, held=True, names=CONTACT),
    # Lists
    "web:list": Address((*INVOLVED, "delegation_head"), names=SUGGESTION),
    "web:batch": posted(GONE_ON, "deputy_office", names={**SUGGESTION, "step_key": "categorise"}),
    "web:export": Address((*INVOLVED, "delegation_head"), names=SUGGESTION),
    "web:print": Address((*INVOLVED, "delegation_head"), names=SUGGESTION),
    "web:save-filter": posted(GONE_ON, *INVOLVED, "delegation_head", names=SUGGESTION),
    "web:drop-filter": posted(GONE_ON, names=SUGGESTION),
    # Handing over
    "web:hand-over": Address(HAND_OVER, OK, OK),
    "web:hand-over-letter": Address(HAND_OVER, by_seat={"government_office": NOTHING}),
    "web:hand-over-list": Address(HAND_OVER),
    "web:ledgers": Address(("deputy_office", "government_office", "street_reviewer", "leader", "audit_admin")),
    # Papers to download
    "letter": Address(INVOLVED, held=True, costly=True),
    "letter-pdf": Address(INVOLVED, held=True, costly=True),
    "livelihood-list": Address(SEEING_ROUNDS, held=True, costly=True),
    "livelihood-sheet": Address(SEEING_ROUNDS, held=True, costly=True),
    "invitation": Address(KEEPING_COMPANY, held=True, costly=True),
    "invitation-pdf": Address(KEEPING_COMPANY, held=True, costly=True),
    "bundle": Address(INVOLVED, held=True, costly=True),
    # Nothing has been numbered in that session, and no suggestion is named in the address: a page that says so.
    "volume": Address(READERS, REFUSED, held=True),
    "volume-pdf": Address(READERS, REFUSED, held=True),
    "volume-zip": Address(READERS, REFUSED, held=True),
    "handover-notice": Address(HAND_OVER, REFUSED),
    "handover-notice-pdf": Address(HAND_OVER, REFUSED),
    # What one has been told
    "channels:notices": Address(),
    "channels:notice": Address(get=GONE_ON),
    "channels:read-all": posted(GONE_ON),
    # The duty file
    "duty": Address(("deputy",)),
    "duty-of": Address(("deputy_office", "leader"), held=True),
    "duty-booklet": Address(("deputy",), costly=True),
    "duty-of-booklet": Address(("deputy_office", "leader"), held=True, costly=True),
    # How deputies keep in contact
    "duties:overview": Address(("deputy_office", "leader", "audit_admin")),
    "duties:on-duty": Address(("enterprise", "deputy_office", "street_reviewer", "leader")),
    "duties:measures": Address(
        ("deputy_office", "leader", "audit_admin"),
        OK,
        REFUSED,
        by_seat=dict.fromkeys(("leader", "audit_admin"), (OK, NOT_THERE)),
    ),
    "duties:lacking": Address(("deputy_office", "leader", "audit_admin"), names={"key": "report-in"}),
    # Reports and pooled counters
    "reports:index": Address(REPORTING),
    "reports:congresses": Address(REPORTING),
    "reports:counters": Address(REPORTING),
    "reports:counter": Address(REPORTING, names={"key": "voices"}, held=True),
    "reports:report": Address(REPORTING, held=True),
    "reports:add": posted(GONE_ON, "deputy_office", held=True),
    "reports:json": Address(REPORTING, held=True),
    "reports:docx": Address(REPORTING, held=True, costly=True),
    "reports:pdf": Address(REPORTING, held=True, costly=True),
    "reports:number": Address(REPORTING, held=True),
    # The network of stations: kept by the deputies' office and the system administrator
    "stations:coverage": Address(NETWORK),
    "stations:lacking": Address(NETWORK, names={"key": "deputies"}),
    "stations:self-check": Address(NETWORK, costly=True),
    "stations:self-check-pdf": Address(NETWORK, costly=True),
    "stations:list": Address(NETWORK),
    "stations:station": Address(NETWORK, held=True),
    "stations:close": Address(HISTORIANS, OK, REFUSED, held=True),
    "stations:codes": Address(HISTORIANS),
    "stations:posters": Address(HISTORIANS, costly=True),
    "stations:issue": posted(GONE_ON, *HISTORIANS),
    "stations:code": Address(HISTORIANS, OK, REFUSED, held=True),
    # What the committees do together
    "committees:calendar": Address(REPORTING),
    "committees:feed": Address(REPORTING),
    "committees:load": Address(REPORTING),
    "committees:committee": Address(REPORTING, held=True),
    # Who holds which post
    "posts:register": Address(),
    "posts:export": Address(),
    "posts:appraisals": Address(("deputy_office", "leader", "audit_admin")),
    **{
        name: Address(APPOINTING, held=True, costly=True)
        for name in ("certificate", "certificate-pdf", "announcement", "announcement-pdf")
    },
    # Figures and the lists behind them
    "figures:index": Address(FIGURES, counting=True),
    "figures:set": Address(FIGURES, counting=True, names={"key": "handling-report"}),
    "figures:search": Address(FIGURES, counting=True),
    "figures:cockpit": Address((*HAND_OVER, "leader")),
    "figures:figure": Address(FIGURES, names=ANSWERED),
    "figures:evidence": Address(FIGURES, names=ANSWERED),
    "figures:export": Address(FIGURES, names=ANSWERED),
    "assessment": Address(ASSESSING),
    "assessment-of": Address(ASSESSING, held=True),
    # For machines: a token stands for a seat, and a signed-in session opens nothing here
    "api-description": everybody(),
    "api:api-root": everybody(NOT_THERE, NOT_THERE),
    "api:list_procedures": with_key(),
    "api:show_procedure": with_key(names={"key": "suggestion"}),
    "api:opening_fields": with_key(names={"key": "suggestion", "step": "propose"}),
    "api:figures": with_key(counting=True, seats=COUNTING, others=FORBIDDEN),
    "api:list_matters": with_key(OK, REFUSED),
    "api:open_matter": with_key(OK, REFUSED),
    "api:inbox": with_key(),
    "api:show_matter": with_key(OK, seats=INVOLVED, held=True),
    "api:list_acts": with_key(OK, REFUSED, seats=INVOLVED, held=True),
    "api:take_step": with_key(OK, REFUSED, seats=INVOLVED, held=True),
    "api:step_fields": with_key(OK, seats=ORGAN, held=True, names={"step": "contact"}),
    "api:list_files": with_key(
        OK, REFUSED, seats=INVOLVED, held=True, by_seat=dict.fromkeys(ONLY_LOOKING, (OK, FORBIDDEN))
    ),
    "api:attach": with_key(
        OK, REFUSED, seats=INVOLVED, held=True, by_seat=dict.fromkeys(ONLY_LOOKING, (OK, FORBIDDEN))
    ),
    "api:download": with_key(OK, seats=INVOLVED, held=True),
    # Open311: everybody may ask, and has to name the congress; handing in wants the key of a system
    "open311-discovery": everybody(names={"spelling": "xml"}),
    "open311-services": everybody(UNREADABLE, names={"spelling": "xml"}),
    "open311-service": everybody(UNREADABLE, names={"spelling": "json", "code": "01"}),
    "open311-requests": everybody(UNREADABLE, UNREADABLE, names={"spelling": "json"}, without_token=True),
    "open311-request": everybody(UNREADABLE, names={"spelling": "json", "request_id": "0"}),
    "open311-token": everybody(UNREADABLE, names={"spelling": "json", "ticket": "0"}),
    # The portal
    "web:public-file": everybody(names=PLACE),
    "portal:robots": everybody(),
    "portal:accessibility": everybody(),
    "portal:privacy": everybody(),
    "portal:principles": everybody(),
    "portal:principles-here": everybody(names=PLACE),
    "portal:procedures-anywhere": everybody(),
    "portal:procedure-anywhere": everybody(names={"key": "suggestion"}),
    "portal:procedure-diagram": everybody(names={"key": "suggestion"}),
    "portal:procedures": everybody(names=PLACE),
    "portal:procedure": everybody(names={**PLACE, "key": "suggestion"}),
    "portal:feedback-anywhere": everybody(by_seat=dict.fromkeys(SEATS, (GONE_ON, WRONG_METHOD))),
    "portal:feedback-answers": Address(ANSWERING),
    "portal:feedback-answer": posted(REFUSED, *ANSWERING, held=True),
    "portal:home": everybody(),
    "portal:congress": everybody(names=PLACE),
    "portal:suggestions": everybody(names=PLACE),
    "portal:suggestion": everybody(names=PLACE),
    "portal:promises": everybody(names=PLACE),
    "portal:promise": everybody(names=PLACE),
    "portal:figure": everybody(names=PLACE),
    "portal:deputies": everybody(names=PLACE),
    "portal:reports": everybody(names=PLACE),
    "portal:report": everybody(names=PLACE),
    "portal:report-number": everybody(names=PLACE),
    "portal:say": everybody(OK, REFUSED, names=PLACE),
    "portal:say-challenge": everybody(names=PLACE),
    "portal:opinion-rules": everybody(names=PLACE),
    "portal:opinion-board": everybody(names=PLACE),
    "portal:opinion-query": everybody(names=PLACE),
    "portal:opinion": everybody(names=PLACE),
    "portal:opinion-step": everybody(None, REFUSED, names={**PLACE, "step": "rate"}),
    "portal:opinion-mine": everybody(names=PLACE),
    "portal:opinion-mine-step": everybody(None, REFUSED, names={**PLACE, "step": "rate"}),
    "portal:opinion-data": everybody(names=PLACE),
    "portal:opinion-file": everybody(NOT_THERE, names={**PLACE, "file_id": "0b4e3b0e-7a0b-4a52-9b59-3a7d6ed0f6b1"}),
    "portal:consultations": everybody(names=PLACE),
    "portal:consultation": everybody(names=PLACE),
    "portal:consultation-paper": everybody(names=PLACE),
    "portal:consultation-say": everybody(OK, REFUSED, names=PLACE),
    "portal:consultation-mine": everybody(names=PLACE),
    "portal:consultation-mine-step": everybody(None, GONE_ON, names={**PLACE, "step": "erase_contact"}),
    "portal:consultation-opinion": everybody(names=PLACE),
    "portal:livelihood": everybody(names=PLACE),
    "portal:livelihood-map": everybody(names=PLACE),
    "portal:livelihood-points": everybody(names=PLACE),
    "portal:livelihood-round": everybody(names=PLACE),
    "portal:livelihood-paper": everybody(names=PLACE),
    "portal:livelihood-propose": everybody(OK, REFUSED, names=PLACE),
    "portal:livelihood-mine": everybody(names=PLACE),
    "portal:livelihood-mine-step": everybody(None, GONE_ON, names={**PLACE, "step": "withdraw"}),
    "portal:livelihood-proposal": everybody(names=PLACE),
    "portal:livelihood-project": everybody(names=PLACE),
    "portal:livelihood-photo": everybody(names=PLACE),
    "portal:livelihood-say": everybody(OK, REFUSED, names=PLACE),
    "portal:livelihood-voice": everybody(names=PLACE),
    "portal:livelihood-voice-step": everybody(None, GONE_ON, names={**PLACE, "step": "withdraw"}),
    "portal:livelihood-said": everybody(names=PLACE),
    "portal:broadcasts": everybody(names=PLACE),
    "portal:broadcast": everybody(names=PLACE),
    "portal:broadcast-ask": everybody(OK, REFUSED, names=PLACE),
    "portal:broadcast-mine": everybody(names=PLACE),
    "portal:broadcast-mine-step": everybody(None, GONE_ON, names={**PLACE, "step": "withdraw"}),
    "portal:broadcast-question": everybody(names=PLACE),
    "portal:express": everybody(OK, REFUSED, names=PLACE),
    "portal:express-mine": everybody(names=PLACE),
    "portal:express-mine-step": everybody(None, REFUSED, names={**PLACE, "step": "add"}),
    "portal:express-one": everybody(names=PLACE),
    "portal:deputy": everybody(names=PLACE),
    "portal:appointments": everybody(names=PLACE),
    "portal:announcement": everybody(names=PLACE),
    "portal:resolutions": everybody(names=PLACE),
    "portal:resolution": everybody(names=PLACE),
    "portal:office-holders": everybody(names=PLACE),
    "portal:exam-practice": everybody(OK, OK, names=PLACE),
    "portal:exam": everybody(names=PLACE),
    "portal:exam-step": everybody(None, REFUSED, names={**PLACE, "step": "begin"}),
    "portal:stations": everybody(names=PLACE),
    "portal:sittings": everybody(names=PLACE),
    "portal:station-map": everybody(names=PLACE),
    "portal:station-points": everybody(names=PLACE),
    "portal:station-boundaries": everybody(names=PLACE),
    "portal:station": everybody(names=PLACE),
    "portal:station-calendar": everybody(names=PLACE),
    "portal:grid": everybody(names=PLACE),
    "portal:scan": everybody(GONE_ON, names=PLACE),
    "voting:paper": Address(VOTERS, OK, GONE_ON, held=True),
    "voting:take": posted(REFUSED, "deputy", held=True),
    "voting:state": Address(VOTERS, held=True),
    "voting:screen": Address(VOTERS, held=True),
    "voting:box": Address(VOTERS, held=True),
    "voting:box-file": Address(VOTERS, held=True),
    # The booth asks nobody who she is: a ballot is taken in for its signature alone.
    "voting:cast": everybody(None, REFUSED, without_token=True),
    "voting:public-box": everybody(names=PLACE),
    "voting:public-box-file": everybody(names=PLACE),
    "portal:feedback": everybody(OK, REFUSED, names=PLACE),
    "portal:feedback-query": everybody(NOT_THERE, names=PLACE),
    "portal:feedback-one": everybody(names=PLACE),
}

"""The stage of the census: a congress with an object behind every address, and another one with the same seats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from openrenda import docket, tickets
from openrenda.activities.hall import Paper, Sitting
from openrenda.activities.record import Item
from openrenda.api import tokens
from openrenda.api.models import SCOPES
from openrenda.ballots.models import Ballot
from openrenda.channels.models import Webhook
from openrenda.docket.actor import the_kin, the_public
from openrenda.docket.models import Autosave, File, Matter
from openrenda.people import codes as paper_codes
from openrenda.people.models import (
    Account,
    Code,
    Grid,
    Group,
    Mandate,
    Organ,
    Person,
    Post,
    SeatGrant,
    Session,
    Station,
)
from openrenda.people.testing import sit_down
from openrenda.tenancy import congress_scope, uuid7
from openrenda.web import filing
from openrenda.web.models import SavedFilter
from openrenda.web.portal import codes
from openrenda.web.portal.models import Feedback
from tests import sittings
from tests.cast import BEGAN, CONTACT, PROMISE, REPLY, REVIEW, SUBMIT, Cast, _sit, assemble, draft
from tests.desk import Desk

from . import examples
from .addresses import ADDRESSES, PUBLIC
from .examples import livelihood_project
from .examples.papers import attached

HALL = (
    "sitting",
    "live",
    "seats",
    "ask-floor",
    "sign-in",
    "take",
    "register-paper",
    "paper",
    "paper-content",
    "paper-page",
    "readings",
    "fixity",
    "opinions",
    "document",
)
SECRET = "只有本级可见的事项"
WHO = {
    "deputy": "chen", "guest_deputy": "guest", "delegation_head": "team", "street_reviewer": "street", "deputy_office": "office",
    "government_office": "government", "organ_office": "roads_office", "organ_clerk": "roads_clerk",
    "organ_head": "roads_head", "organ_chief": "roads_chief", "station_clerk": "station", "grid_governor": "governor", "leader": "leader",
    "party_group_office": "secretary",
    "enterprise": "enterprise", "system_admin": "registrar", "security_admin": "security", "audit_admin": "auditor",
}  # fmt: skip


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its full name, or with its route when it has no name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield prefix + (pattern.name or f"unnamed {pattern.pattern}"), pattern
        else:
            yield from patterns(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


def everybody_seated(code: str, name: str) -> Cast:
    """A congress with somebody in every kind of seat."""
    cast = assemble(code, name=name)
    with congress_scope(cast.congress):
        person = Person.objects.create(name="冯越")
        guest = Mandate.objects.create(person=person, level="city", of_congress="虚构市人民代表大会", since=BEGAN)
        _sit(cast, "guest", "guest_deputy", "mandate", guest.pk, "冯越")
        group = Group.objects.create(kind="delegation", name="第一代表团", since=BEGAN)
        _sit(cast, "team", "delegation_head", "group", group.pk, "第一代表团")
        _sit(cast, "station", "station_clerk", "organ", cast.organs["street"].pk, "联络站工作人员")
        _sit(cast, "governor", "grid_governor", "grid", uuid7(), "31号区块治理员")
        _sit(cast, "security", "security_admin", "organ", cast.organs["committee"].pk, "安全管理员")
        examples.add_people("enterprise-order", cast)
    return cast


class Census:
    """The congress whose objects the addresses name, another one with the same seats, and a session for everybody."""

    def __init__(self) -> None:
        self.patterns = dict(patterns())
        self.here = everybody_seated("990501", "甲区")
        self.elsewhere = everybody_seated("990502", "乙区")
        for cast in (self.here, self.elsewhere):
            with congress_scope(cast.congress):
                examples.add_people("party-group-meeting", cast)
        with congress_scope(self.here.congress):
            self.names = self._objects()
        with congress_scope(self.elsewhere.congress):
            paper_codes.issue("乙区东门")
        self.sessions = {
            (cast.congress.pk, seat): sit_down(Client(), cast.seats[who]).cookies["sessionid"].value
            for cast in (self.here, self.elsewhere)
            for seat, who in WHO.items()
        }

        self.tokens = {
            (cast.congress.pk, seat): self._token(cast, who)
            for cast in (self.here, self.elsewhere)
            for seat, who in WHO.items()
        }

    def _token(self, cast: Cast, who: str) -> str:
        """A token that stands for somebody's seat."""
        with congress_scope(cast.congress):
            return tokens.make(cast.seats[who], "普查", list(SCOPES))[0]

    def _gathering(self) -> Any:
        """A gathering of the street to which somebody was invited."""
        cast = self.here
        data = {
            "kind": "contact_group", "held_on": timezone.localdate().isoformat(), "place": "党群服务中心",
            "street": cast.organs["street"].pk,
        }  # fmt: skip
        matter = docket.open_matter("gathering", "plan", by=cast["office"], data=data).matter
        docket.act(matter, "invite", by=cast["office"], data={"kind": "community", "name": "青石社区"})
        return matter.pk

    def _objects(self) -> dict[str, Any]:
        """One object for every name that an address may hold."""
        cast = self.here
        matter, answered = self._suggestion("assign", "sign_for"), self._suggestion("publish")
        office = cast.seats["office"]
        content = SimpleUploadedFile("现场.txt", "现场情况".encode())
        file = filing.keep(content, cast["office"], role="attachment", matter=matter)
        shown = filing.keep(content, cast["office"], role="attachment", matter=answered)
        File.objects.filter(pk=shown.pk).update(public=True)
        kept = Autosave.objects.create(
            account=cast["chen"].account, form="new:suggestion:propose:x", data={}, saved_at=timezone.now()
        )
        mine = SavedFilter.objects.create(
            account=cast["office"].account, procedure="suggestion", name="全部", address=""
        )
        word = Feedback.objects.create(number="234567", kind="fault", text="字太小", received_at=timezone.now())
        account = Account.objects.get(pk=cast["parks_clerk"].account)
        grant = SeatGrant.objects.create(
            wish="grant", account=account, key="organ_head", holder_kind="organ", holder=cast.organs["parks"].pk,
            since=timezone.localdate(), requested_by=cast.seats["registrar"].account,
        )  # fmt: skip
        opinion = self._opinion()
        call, said = self._consultation()
        written = self._conversation()
        proposal, act, exam = self._appointment()
        broadcast, asked = self._broadcast()
        token = tokens.make(office, "普查", ["read"])[1]
        station, code = self._network()
        self.version = matter.version
        report, vote, (hall, wall, paper, secret, item, decision) = self._report(), self._vote(), self._sitting()
        return {
            **self._livelihood(),
            **dict.fromkeys(("invitation matter_id", "invitation-pdf matter_id"), self._gathering()),
            **{f"hall:{name} matter_id": hall for name in HALL},
            "hall:wall token": wall, "paper_id": paper, "hall:paper-page paper_id": secret, "item_id": item,
            **{f"reports:{name} matter_id": report for name in ("report", "add", "json", "docx", "pdf", "number")},
            **{f"voting:{name} matter_id": vote for name in ("paper", "take", "state", "screen", "box", "box-file", "public-box", "public-box-file")},
            "congress": cast.congress.pk, "ballot": Ballot.objects.get().pk, "position": 1, "portal:report code": codes.code_of(report), "portal:report-number code": codes.code_of(report),
            "matter_id": matter.pk, "letter matter_id": answered.pk, "letter-pdf matter_id": answered.pk, "round_": 1,
            "web:file file_id": file.pk, "api:download file_id": file.pk, "web:public-file file_id": shown.pk, "web:discard row_id": kept.pk,
            "web:drop-filter row_id": mine.pk, "portal:feedback-answer row_id": word.pk, "grant_id": grant.pk,
            "seat_id": office.pk, "organ_id": cast.organs["roads"].pk, "account_id": account.pk, "mandate_id": cast.mandates["chen"].pk,
            "session_id": Session.objects.get().pk, "notice_id": uuid7(), "code": codes.code_of(answered.pk),
            "portal:announcement code": codes.code_of(proposal), "portal:resolution code": codes.code_of(decision),
            "portal:promise code": codes.code_of(Matter.objects.get(parent=answered, procedure="commitment").pk),
            **{f"portal:{name} number": tickets.number_of(opinion) for name in ("opinion", "opinion-step")},
            "link": tickets.link_of(opinion),
            **{f"portal:consultation{name} code": codes.code_of(call.pk) for name in ("", "-say", "-paper")},
            **{f"portal:consultation-mine{name} link": tickets.link_of(said) for name in ("", "-step")},
            **{f"portal:express-mine{name} link": tickets.link_of(written) for name in ("", "-step")},
            **{f"portal:broadcast{name} code": codes.code_of(broadcast) for name in ("", "-ask")},
            **{f"portal:broadcast-mine{name} link": tickets.link_of(asked) for name in ("", "-step")},
            "portal:broadcast-question number": tickets.number_of(asked),
            "portal:express-one number": tickets.number_of(written),
            "portal:consultation-opinion number": tickets.number_of(said), "portal:consultation-paper file_id": self._paper(call).pk,
            **{f"certificate{kind} matter_id": act for kind in ("", "-pdf")},
            **{f"announcement{kind} matter_id": proposal for kind in ("", "-pdf")},
            **{f"portal:exam{step} link": tickets.link_of(exam) for step in ("", "-step")},
            "station_id": station.pk, "code_id": code.pk, "token": code.token, "portal:station code": codes.code_of(station.pk),
            "portal:station-calendar code": codes.code_of(station.pk), "portal:grid code": codes.code_of(Grid.objects.get().pk),
            "portal:deputy code": codes.code_of(cast.mandates["chen"].pk),
            "number": word.number, "portal:figure key": "received", "token_id": token.pk,
            "webhook_id": self._webhook(), "committees:committee organ_id": self._committee(),
        }  # fmt: skip

    def _vote(self) -> Any:
        """A vote of all deputies by name, announced."""
        cast = self.here
        data = {"title": SECRET, "kind": "question", "way": "named", "body": "congress"}
        matter = docket.open_matter("vote", "prepare", by=cast["office"], data=data).matter
        there = [mandate.pk for mandate in cast.mandates.values()]
        for step, answers in (("open", {"present": there}), ("close", {}), ("announce", {})):
            docket.act(matter, step, by=cast["office"], data=answers)
        return matter.pk

    def _committee(self) -> UUID:
        """A committee that leads a joint task."""
        organ = Organ.objects.create(code="joint", name="财政经济委员会", kind="congress_committee", since=BEGAN)
        told = {"title": SECRET, "text": SECRET, "lead": organ.pk}
        docket.open_matter("committee-task", "set_up", by=self.here["office"], data=told)
        return organ.pk

    def _webhook(self) -> UUID:
        """Another system that is told of things."""
        made = {
            "name": SECRET,
            "address": "https://example.org/",
            "procedures": [],
            "key": "k",
            "made_at": timezone.now(),
        }
        return Webhook.objects.create(**made).pk

    def _network(self) -> tuple[Station, Code]:
        """A grid, a station and its code."""
        street = self.here.organs["street"]
        Grid.objects.create(number="31", name=SECRET, street=street, governor="何平", since=BEGAN)
        station = Station.objects.create(number="Z01", name=SECRET, kind="station", street=street, since=BEGAN)
        return station, paper_codes.issue(station)

    def _sitting(self) -> tuple[Any, str, Any, Any, Any, Any]:
        """A filed sitting of which every deputy is a member: it, the address of its screen, its paper and its confidential paper, its item, and a decision it passed."""
        cast = self.here
        sittings.committee(cast, tuple(cast.mandates))
        held = sittings.called(cast, SECRET)
        file = sittings.uploaded(held)
        sittings.take(cast, held, "office", "register_paper", {"paper": "", "title": SECRET, "file": str(file.pk)})
        hidden = sittings.uploaded(held, "清单.pdf", sittings.PDF, "application/pdf")
        given = {"paper": "", "title": f"{SECRET}清单", "file": str(hidden.pk), "confidential": "on"}
        sittings.take(cast, held, "office", "register_paper", given)
        sittings.take(cast, held, "office", "send_papers")
        sittings.take(cast, held, "office", "plan_seats", {"rows": "20+20"})
        sittings.take(cast, held, "office", "begin_sign_in")
        sittings.arrive(cast, held, *cast.mandates)
        sittings.take(cast, held, "office", "open")
        decision = sittings.decided(cast, Item.objects.get(matter=held), title=SECRET)
        sittings.settle(cast, held)
        for who, step, data in (("office", "close", {}), ("office", "draft_minutes", {"minutes": SECRET}), ("leader", "approve_minutes", {}),
                                ("office", "archive", {})):  # fmt: skip
            sittings.take(cast, held, who, step, data)
        return (
            held.pk,
            Sitting.objects.get(matter=held).wall,
            Paper.objects.get(matter=held, confidential=False).pk,
            Paper.objects.get(matter=held, confidential=True).pk,
            Item.objects.get(matter=held).pk,
            decision.pk,
        )

    def _report(self) -> Any:
        """A published report with one number, and a pooled counter."""
        counter = {
            "title": SECRET,
            "key": "voices",
            "unit": "件",
            "kinds": ["figure:suggestion.received"],
            "since": "2026-01-01",
        }
        docket.open_matter("counter", "define", by=self.here["office"], data=counter)
        return Desk(self.here, "接收{{ figure received }}。", title=SECRET).issued(public="on").pk

    def _opinion(self) -> Any:
        """What a resident said, answered and not yet rated."""
        cast = self.here
        pk = docket.open_matter(
            "opinion", "say", by=the_public(cast.congress.pk, uuid7()), data={"text": SECRET, "channel": "portal"}
        ).matter_id
        docket.act(Matter.objects.get(pk=pk), "answer", by=cast["office"], data={"answer": "已办", "result": "solved"})
        return pk

    def _consultation(self) -> tuple[Matter, Any]:
        """A call, and an opinion on it."""
        cast, day = self.here, timezone.localdate().isoformat()
        data = {"title": SECRET, "text": SECRET, "opens_on": day, "closes_on": day, "channels": ["portal"]}
        call = docket.open_matter("consultation", "announce", by=cast["office"], data=data).matter
        given = {"text": SECRET, "consultation": call.pk}
        public = the_public(cast.congress.pk, uuid7())
        return call, docket.open_matter("consultation-opinion", "give", by=public, data=given).matter_id

    def _conversation(self) -> Any:
        """What a resident wrote to a deputy."""
        cast = self.here
        data = {"text": SECRET, "deputy": cast.mandates["chen"].pk}
        return docket.open_matter(
            "palm-express", "write", by=the_public(cast.congress.pk, uuid7()), data=data
        ).matter_id

    def _appointment(self) -> tuple[Any, Any, Any]:
        """An appointment that the council proposed, announced and certified, and an examination that waits for its candidate."""
        cast, day = self.here, timezone.localdate().isoformat()
        post = Post.objects.create(
            code="P", title=SECRET, organ=cast.organs["committee"], kind="working_organ", examined=True, since=BEGAN
        )
        data = {"title": SECRET, "source": "council", "meeting_on": day}
        pk = docket.open_matter("appointment", "draft", by=cast["office"], data=data).matter_id
        listed = {"kind": "appoint", "post": post.pk, "name": "林知", "birth_year": 1980, "reason": SECRET}
        docket.act(Matter.objects.get(pk=pk), "add", by=cast["office"], data=listed)
        act = Matter.objects.get(parent=pk)
        docket.act(act, "examine", by=cast["office"], data={})
        exam = Matter.objects.get(procedure="law-exam")
        Post.objects.update(examined=False)
        attached(Matter.objects.get(pk=pk))
        verdict = {
            "approve": 4,
            "against": 0,
            "abstain": 0,
            "base": 4,
            "present": 4,
            "passed": True,
            "sentence": SECRET,
        }
        for matter, step, by, typed in (
            (pk, "submit", cast["office"], {"late_reason": SECRET}), (pk, "put_on", cast["office"], {"sitting": SECRET, "meeting_on": day}),
            (pk, "put_to_vote", cast["office"], {}), (act.pk, "voted", the_kin(cast.congress.pk), verdict),
            (pk, "announce", cast["office"], {"informed": SECRET}), (act.pk, "certify", cast["office"], {"signed_by": "程岳"}),
        ):  # fmt: skip
            docket.act(Matter.objects.get(pk=matter), step, by=by, data=typed)
        return pk, act.pk, exam.pk

    def _broadcast(self) -> tuple[Any, Any]:
        """A broadcast of the studio, and a question for it."""
        cast = self.here
        data = {
            "street": cast.organs["street"].pk, "held_on": timezone.localdate().isoformat(), "place": "街道直播间", "topic": SECRET,
            "deputies": [cast.mandates["chen"].pk],
        }  # fmt: skip
        pk = docket.open_matter("broadcast", "arrange", by=cast["office"], data=data).matter_id
        public = the_public(cast.congress.pk, uuid7())
        return pk, docket.open_matter(
            "broadcast-question", "ask", by=public, data={"text": SECRET, "broadcast": pk}
        ).matter_id

    def _livelihood(self) -> dict[str, Any]:
        """A round that collects, a resident's proposal, a small project under way with an open photograph, and a word on it."""
        cast = self.here
        round_ = livelihood_project.called(cast, "small")
        project = livelihood_project.filled(cast, "government", livelihood_project.adopt(cast, "government", round_))
        docket.act(round_, "settle", by=cast["government"], data={"projects": [project.pk], "basis": SECRET})
        public = the_public(cast.congress.pk, uuid7())
        proposal = docket.open_matter(
            "livelihood-proposal", "propose", by=public, data={"round": round_.pk, "text": SECRET, "place": SECRET}
        ).matter_id
        said = docket.open_matter(
            "livelihood-voice", "say", by=public, data={"project": project.pk, "text": SECRET}
        ).matter_id
        photo = self._paper(project)
        File.objects.filter(pk=photo.pk).update(public=True, media_type="image/png")
        return {
            **{f"{name} matter_id": round_.pk for name in ("livelihood-list", "livelihood-sheet")},
            **{f"portal:livelihood-{name} code": codes.code_of(round_.pk) for name in ("round", "propose", "paper")},
            **{f"portal:livelihood-{name} code": codes.code_of(project.pk) for name in ("project", "say", "photo")},
            **{f"portal:livelihood-mine{name} link": tickets.link_of(proposal) for name in ("", "-step")},
            **{f"portal:livelihood-voice{name} link": tickets.link_of(said) for name in ("", "-step")},
            "portal:livelihood-proposal number": tickets.number_of(proposal), "portal:livelihood-said number": tickets.number_of(said),
            "portal:livelihood-paper file_id": self._paper(round_).pk, "portal:livelihood-photo file_id": photo.pk,
        }  # fmt: skip

    def _paper(self, matter: Matter) -> File:
        """A document of a matter."""
        return filing.keep(
            SimpleUploadedFile("公告.txt", "公告".encode()), self.here["office"], role="attachment", matter=matter
        )

    def _suggestion(self, *until: str) -> Matter:
        """A suggestion brought to being handled, or all the way to being published."""
        cast, day = self.here, timezone.localdate().isoformat()
        pk = docket.open_matter(
            "suggestion", "propose", by=cast["chen"], data=draft(title=SECRET, contact_phone="13800138000")
        ).matter_id
        way: list[tuple[str, str, dict[str, Any]]] = [
            ("chen", "submit_to_street", SUBMIT), ("street", "street_pass", REVIEW), ("office", "district_pass", REVIEW),
            ("office", "assign", {"organ": cast.organs["roads"].pk}), ("roads_clerk", "sign_for", {}),
            ("roads_clerk", "contact", {**CONTACT, "held_on": day}), ("roads_clerk", "draft_reply", {**REPLY, **PROMISE}),
            ("roads_head", "sign_reply", {}), ("office", "publish", {"public_text": "公开文本"}),
        ]  # fmt: skip
        for who, step, data in way:
            docket.act(Matter.objects.get(pk=pk), step, by=cast[who], data=data)
            if step == until[-1]:
                break
        return Matter.objects.get(pk=pk)

    def url(self, name: str) -> str:
        """The address, with an object for each of its names."""
        known = {**self.names, **ADDRESSES[name].names}
        wanted = self.patterns[name].pattern.converters
        given = {key: known.get(f"{name} {key}", known.get(key)) for key in wanted}
        query = "?draft=0b4e3b0e-7a0b-4a52-9b59-3a7d6ed0f6b1" if name in ("web:new", "web:new-autosave") else ""
        query = f"?day={timezone.localdate()}" if name.startswith("web:hand-over-") else query
        query = f"?year={timezone.localdate().year}" if name == "api:figures" else query
        return reverse(name, kwargs=given) + query

    def ask(self, method: str, name: str, seat: str, cast: Cast | None = None, **options: Any) -> Any:
        """One request, of which the database keeps nothing."""
        client = Client(raise_request_exception=False, **options)
        who = (cast or self.here).congress.pk, seat
        if seat != PUBLIC and ADDRESSES[name].by_token:
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {self.tokens[who]}"
        elif seat != PUBLIC:
            client.cookies["sessionid"] = self.sessions[who]
        sent: dict[str, Any] = {"data": {"seen": self.version}}
        if ADDRESSES[name].by_token:
            body = {"procedure": "suggestion", "step": "propose", "data": {}, "seen": self.version}
            sent = {"data": body, "content_type": "application/json", "headers": {"Idempotency-Key": "census-000001"}}
        before = transaction.savepoint()
        answer = client.get(self.url(name)) if method == "GET" else client.post(self.url(name), **sent)
        answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.savepoint_rollback(before)
        return answer

"""Taking in what a resident says: the form, how much of it one network may send, what it resembles, and the files that come with it."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openrenda import docket
from openrenda.docket.actor import Actor, the_public
from openrenda.docket.models import Act, File, Matter
from openrenda.documents.intake import PICTURES, VOICES, BadFile, inspect
from openrenda.documents.pictures import redrawn
from openrenda.forms import Form
from openrenda.people import codes as paper_codes
from openrenda.people.models import Congress, Station
from openrenda.prepared import Prepared
from openrenda.procedures.opinion import words
from openrenda.procedures.residents import LONGEST_TEXT, telephone, title_of
from openrenda.search import similar
from openrenda.web import filing

from . import proofs, showing
from .tallies import counted, from_network

PER_NETWORK_AN_HOUR, PER_CODE_AN_HOUR = 20, 60
MOST_PICTURES, PICTURE_BYTES, VOICE_BYTES = 4, 12 * 1024 * 1024, 6 * 1024 * 1024
# The beginning of what was said stands for a title: more of it asks for words that no title has.
AT_LEAST, MOST_SIMILAR, TELLING = 0.25, 3, 20
GIVEN_KEY = re.compile(r"[A-Za-z0-9-]{16,64}")
PICTURE_ROLE, VOICE_ROLE = "photo", "voice"
STEP, STEP_LOOKED_AT, STEP_JOIN = "say", "say_slowly", "join"


KNOWN: Prepared[Act] = Prepared(lambda key: Act.objects.filter(key=key).select_related("matter"), key="a request's key")
BY_NUMBER: Prepared[Station] = Prepared(
    lambda number, day: Station.objects.on(day).filter(number=number), number="a station's number", day=date(1000, 1, 1)
)


class WordsForm(Form):
    """The words of somebody without an account; nothing else must be given."""

    text = forms.CharField(
        label=gettext_lazy("您想说什么"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("请写几句。")},
    )  # fmt: skip
    # People never see this field; programs that fill in every field do.
    website = forms.CharField(
        required=False,
        label=gettext_lazy("网址（请留空）"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    use_required_attribute = False

    def clean_website(self) -> str:
        """Refuse a form that a program filled in, and tell a person what to do."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("“网址”一栏请留空后再提交。"))
        return ""


class NamedForm(WordsForm):
    """The same, and a name and telephone if she likes."""

    name = forms.CharField(
        label=gettext_lazy("怎么称呼您"),
        max_length=50,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("联系电话"), max_length=20, required=False, validators=[telephone],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip


class SayForm(NamedForm):
    """One question, and what may be added to it. Nothing but the words must be given."""

    text = forms.CharField(
        label=gettext_lazy("您想反映什么"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("请写几句，或者录一段话。")},
    )  # fmt: skip
    place = forms.CharField(label=gettext_lazy("在什么地方"), max_length=200, required=False)
    latitude = forms.DecimalField(
        max_digits=8, decimal_places=6, min_value=-90, max_value=90, required=False, widget=forms.HiddenInput
    )
    longitude = forms.DecimalField(
        max_digits=9, decimal_places=6, min_value=-180, max_value=180, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A voice says it too.
        self.fields["text"].help_text = _("写几句，或者录一段话。")
        self.fields["text"].required = not self.files.get("voice")


class Sent:
    """What came with a request beside the form: its key, its proof, the code that was scanned, and the files."""

    def __init__(self, request: HttpRequest, congress: Congress) -> None:
        given = request.POST.get("key", "")
        self.key = (
            "say-" + hashlib.sha256((given if GIVEN_KEY.fullmatch(given) else uuid4().hex).encode()).hexdigest()[:60]
        )
        self._asked = request.POST if request.method == "POST" else request.GET
        self.challenge, self.answer = request.POST.get("challenge", "")[:200], request.POST.get("proof", "")[:40]
        self.congress = congress
        self.problems: list[str] = []
        self.files: list[tuple[str, Any, tuple[str, ...]]] = []

    @cached_property
    def scan(self) -> dict[str, Any]:
        """Where the code belongs with which she came."""
        return scanned(self._asked.get("code", ""), self._asked.get("station", ""))

    @property
    def known(self) -> Act | None:
        """The act of the same request sent before."""
        return KNOWN.first(key=self.key)

    def take_files(self, request: HttpRequest) -> None:
        """Look at each file by its content before anything is written; pictures are drawn anew."""
        for file in request.FILES.getlist("photos")[:MOST_PICTURES]:
            self._take(file, PICTURE_ROLE, PICTURES, PICTURE_BYTES)
        voice = request.FILES.get("voice")
        if voice:
            self._take(voice, VOICE_ROLE, tuple(VOICES), VOICE_BYTES)

    def _take(self, file: Any, role: str, kinds: tuple[str, ...], limit: int) -> None:
        try:
            found = inspect(file, file.name or "", kinds=kinds, limit_bytes=limit)
            content = ContentFile(redrawn(file, found.kind), name=found.name) if role == PICTURE_ROLE else file
            self.files.append((role, content, kinds))
        except BadFile as refusal:
            self.problems.append(f"{filing.short_name(file.name)}：{refusal.sentence}")


def scanned(token: str, station: str = "") -> dict[str, Any]:
    """Where the scanned code belongs: a station, a deputy, a grid, the place of a door plate (A15)."""
    scan = paper_codes.scanned(token) if token else None
    if scan is not None and scan.state == paper_codes.LIVE and scan.code:
        code = scan.code
        return {"token": code.token, "station": code.station, "grid": code.grid, "deputy": code.mandate, "place": code.door_plate,
                "channel": words.CODE}  # fmt: skip
    if scan is not None and scan.station is not None:
        return {"token": "", "station": scan.station, "channel": words.CODE, "dead": True}
    row = BY_NUMBER.first(number=station, day=timezone.localdate()) if station else None
    return {"token": "", "station": row, "channel": words.PORTAL, "dead": bool(token)}


def too_many(request: HttpRequest) -> bool:
    """Whether this network has said enough for an hour. Counts the try."""
    return counted(from_network("saying", request)) > PER_NETWORK_AN_HOUR


def code_is_busy(sent: Sent) -> bool:
    """Whether one code brings more than people standing before it could say: then a person looks first."""
    token = sent.scan.get("token")
    return bool(token) and counted(f"code:{token}") > PER_CODE_AN_HOUR


def alike(text: str) -> list[dict[str, Any]]:
    """Public matters that are still open and speak of the same, for a resident to join instead (search room)."""
    if not text.strip():
        return []
    found = similar(
        text,
        title_of({"text": text})[:TELLING],
        limit=MOST_SIMILAR,
        procedures=["suggestion"],
        public=True,
        at_least=AT_LEAST,
    )
    shown = []
    for hit in found:
        record = showing.published_one(hit.subject)
        if record is not None and record.matter.closed_on is None:
            shown.append(
                {
                    "id": str(hit.subject),
                    "title": showing.title(record),
                    "state": showing.state_words(record.matter.state),
                }
            )
    return shown


def _open_to_join(matter: str) -> bool:
    try:
        record = showing.published_one(UUID(matter))
    except ValueError:
        return False
    return record is not None and record.matter.closed_on is None


def open_opinion(form: SayForm, sent: Sent, *, join: str = "") -> Act:
    """Open the opinion with its files in one transaction; the same request sent twice gives the same one."""
    data, scan = form.cleaned_data, sent.scan
    given: dict[str, Any] = {
        "text": data["text"].strip() or _("（语音留言，请听录音）"), "channel": scan["channel"],
        "place": data["place"] or scan.get("place") or "", "name": data["name"], "phone": data["phone"],
        "latitude": data["latitude"], "longitude": data["longitude"],
    }  # fmt: skip
    given |= {name: scan[name].pk for name in ("station", "grid", "deputy") if scan.get(name)}
    step = STEP if proofs.holds(sent.challenge, sent.answer) and not code_is_busy(sent) else STEP_LOOKED_AT
    # What is over meanwhile, or no longer public, is joined no more: then she said it for herself.
    if join and _open_to_join(join):
        step, given["matter"] = STEP_JOIN, join
    by = the_public(sent.congress.pk, uuid4())
    return docket.open_matter(
        "opinion", step, by=by, data=given, key=sent.key, also=(lambda: keep_files(sent, by)) if sent.files else None
    )


def keep_files(sent: Sent, by: Actor) -> None:
    """Keep the files beside the opinion that this request opened."""
    matter = Matter.objects.get(acts__key=sent.key)
    for role, file, kinds in sent.files:
        filing.keep(file, by, role=role, matter=matter, kinds=kinds)


def files_of(matter: Matter) -> list[File]:
    """The photographs and the recording of an opinion."""
    return list(
        File.objects.filter(matter_id=matter.pk, role__in=(PICTURE_ROLE, VOICE_ROLE)).order_by("uploaded_at", "id")
    )

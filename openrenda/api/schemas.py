"""The shapes of requests and answers, for the description of the API. Answers are built from rows; these say how they look."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

Key = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$")]


class Refusal(Schema):
    """Why not, in a sentence."""

    detail: str
    reasons: list[str] | None = None
    fields: dict[str, list[str]] | None = None
    version: int | None = None
    state: str | None = None


class ProcedureName(Schema):
    """A procedure of this installation."""

    key: str
    label: str
    label_en: str


class FieldRow(Schema):
    """One field of a step's form."""

    name: str
    label: str
    kind: str
    required: bool
    help: str
    max_length: int | None = None
    choices: list[dict[str, str]] | None = None


class ProcedureTable(ProcedureName):
    """A whole table: states, steps with their forms, time limits, fields of the record."""

    basis: str
    states: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    clocks: list[dict[str, Any]]
    record: list[str]


class StepFields(Schema):
    """What a step asks for, with today's choices."""

    step: str
    label: str
    fields: list[FieldRow]


class MatterRow(Schema):
    """A matter in a list."""

    id: UUID
    procedure: str
    state: str
    state_label: str
    stage: str
    number: str
    title: str
    opened_on: date
    state_since: date
    due_on: date | None
    closed_on: date | None
    public_since: date | None
    confidential: bool
    version: int
    parent: UUID | None


class MatterList(Schema):
    """A page of matters; ``next`` leads to the next page while there is one."""

    matters: list[MatterRow]
    next: str | None


class MatterItem(MatterRow):
    """One matter with everything about it but its history."""

    record: dict[str, Any]
    parties: list[dict[str, Any]]
    clocks: list[dict[str, Any]]
    offers: list[dict[str, Any]] | None


class ActRow(Schema):
    """One act of the ledger; ``data`` is null when the seat may not read it."""

    id: UUID
    matter: UUID
    seq: int
    step: str
    from_state: str
    to_state: str
    took_effect: datetime
    recorded_at: datetime
    actor: str
    office: str
    office_name: str
    agent_for: str
    basis: str
    rulebook: str
    hash: str
    previous: str
    data: dict[str, Any] | None


class ActList(Schema):
    """The history of a matter."""

    acts: list[ActRow]
    version: int
    head: str


class FileRow(Schema):
    """A document, without its content."""

    id: UUID
    name: str
    role: str
    media_type: str
    size: int
    sha256: str
    uploaded_at: datetime
    public: bool


class FileList(Schema):
    """The documents of a matter."""

    files: list[FileRow]


class Taken(Schema):
    """A step was taken."""

    act: ActRow
    matter: MatterRow


class TakeStep(Schema):
    """Take a step: which, what it records, and the version of the matter that was seen."""

    step: Key
    data: dict[str, Any] = {}
    seen: Annotated[int, Field(ge=0, le=2_147_483_647)]


class OpenMatter(Schema):
    """Open a matter by one of the procedure's opening steps."""

    procedure: Key
    step: Key
    data: dict[str, Any] = {}


class Figures(Schema):
    """Figures with their formula, part, whole and what is left out."""

    figures: list[dict[str, Any]]

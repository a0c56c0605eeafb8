"""What deputies do in the grids 网格五员 (A19): a row for each deputy and record, in one of the five roles, written with the record itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_noop as declared

from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.figures import Figure, Group, Period, Population, Shown, Split
from openrenda.figures.asof import moment
from openrenda.figures.groups import by_month, by_street
from openrenda.figures.language import TIMES
from openrenda.people.models import Grid
from openrenda.people.models.grid import ROLE_LABELS
from openrenda.tenancy import TenantFK, TenantModel

OPINION, MEDIATION = "opinion", "mediation"


class GridDuty(TenantModel):
    """One deputy in one role in one grid, by the record of a gathering, an opinion or a mediation."""

    matter = TenantFK(Matter, models.CASCADE, related_name="grid_duties")
    grid = TenantFK("people.Grid", models.PROTECT, related_name="duties", verbose_name="网格")
    role = models.CharField("五员角色", max_length=20)
    mandate = TenantFK("people.Mandate", models.PROTECT, related_name="+", verbose_name="代表")
    name = models.CharField("代表", max_length=100)
    held_on = models.DateField("日期")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter", "mandate", "role"], name="grid_duty_once"),
            models.CheckConstraint(condition=Q(role__in=list(ROLE_LABELS)), name="grid_duty_one_of_five"),
        ]
        indexes = [
            models.Index(fields=["congress", "grid", "held_on"], name="grid_duty_grid"),
            models.Index(fields=["congress", "held_on"], name="grid_duty_day"),
        ]


def on_duty(situation: Situation, grid: Grid | UUID | str, role: str, holder: UUID, name: str, held_on: Any) -> None:
    """Write the row with the record; once a deputy and role."""
    known = {(row.mandate_id, row.role) for row in situation.rows(GridDuty)}
    if (holder, role) not in known:
        pk = grid.pk if isinstance(grid, Grid) else grid
        situation.add(GridDuty(grid_id=pk, role=role, mandate_id=holder, name=name, held_on=held_on))


def done(period: Period) -> QuerySet[Any]:
    """Duties of the period; those of a gathering entered twice count once."""
    merged = Act.objects.filter(procedure="gathering", step="merged_into", took_effect__lt=moment(period.end))
    rows = GridDuty.objects.filter(held_on__gte=period.since, held_on__lte=period.end)
    return rows.exclude(matter__in=merged.values("matter"))


def _roles(period: Period, found: Any) -> list[Group]:
    return [Group(key, str(label), (key,)) for key, label in ROLE_LABELS.items() if key in found]


DUTIES = Population(
    "grid_duties", "代表网格履职", TIMES, done,
    splits=(Split("role", declared("五员角色"), lambda _period: F("role"), _roles), by_street("grid__street_id"), by_month("held_on")),
    columns=(Shown("代表", "name"), Shown("网格", "grid__name"), Shown("日期", "held_on")),
)  # fmt: skip
FIGURES = (
    Figure("grid_duties", "代表网格履职次数", "统计期内代表以五员身份在网格中履职的记录，一名代表一种身份计一次，可以按身份分列。", DUTIES, label_en="Duties of deputies in the grids", group="代表联系", basis="A19.grid"),
)  # fmt: skip

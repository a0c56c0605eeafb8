"""Promises written down before they were matters are brought over whole: the same rows, with everything that belongs to them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

BEFORE = """
import datetime, django, json, sys
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
call_command("migrate", verbosity=0, interactive=False, app_label="people")
call_command("migrate", "procedures", "0002", verbosity=0, interactive=False)
apps = MigrationExecutor(connection).loader.project_state([("procedures", "0002_hidden_names"), ("docket", "0002_append_only")]).apps
day = datetime.date(2024, 5, 6)
moment = datetime.datetime(2024, 5, 6, 4, tzinfo=datetime.UTC)
congress = apps.get_model("people", "Congress").objects.create(
    division_code="990999", name="试验区人民代表大会", short_name="试验区人大", level="county", fictional=True)
organ = apps.get_model("people", "Organ").objects.create(congress=congress, code="roads", name="交通局", kind="department", since=day)
Matter = apps.get_model("docket", "Matter")
suggestion = Matter.objects.create(congress=congress, procedure="suggestion", state="closed", title="建议", opened_on=day,
    state_since=day, confidential=True)
apps.get_model("procedures", "Suggestion").objects.create(congress=congress, matter=suggestion, sponsor_name="陈一鸣", street=organ)
from openrenda.tenancy import uuid7
deputy = uuid7()
for role, holder, name in (("handler", organ.pk, "交通局"), ("sponsor", deputy, "陈一鸣"), ("cosigner", uuid7(), "林翀")):
    apps.get_model("docket", "Party").objects.create(congress=congress, matter=suggestion, role=role, holder=holder, name=name, since=moment)
Commitment = apps.get_model("procedures", "Commitment")
for what, due, done in (("装护栏", 30, None), ("划线", 10, 20)):
    Commitment.objects.create(congress=congress, matter=suggestion, organ=organ, what=what, who="科长", promised_on=day,
        due_on=day + datetime.timedelta(due), done_on=done and day + datetime.timedelta(done))
rows = sorted(str(pk) for pk in Commitment.objects.values_list("pk", flat=True))
call_command("migrate", verbosity=0, interactive=False)
"""
AFTER = """
from openrenda import docket
from openrenda.docket.models import Act, Matter, Party, RunningClock
from openrenda.docket.verify import verify_congress
from openrenda.people.models import Congress
from openrenda.procedures.commitment.records import Commitment
from openrenda.tenancy import congress_scope
house = Congress.objects.get()
with congress_scope(house):
    found = [{
        "pk": str(row.pk), "state": row.matter.state, "number": row.matter.number, "title": row.matter.title,
        "secret": row.matter.confidential, "parent": row.matter.parent_id == row.suggestion_id,
        "first": row.first_due_on == row.due_on, "reported": row.reported_on and row.reported_on.isoformat(),
        "street": row.street_id == row.organ_id,
        "roles": sorted(Party.objects.filter(matter=row.matter).values_list("role", flat=True)),
        "running": list(RunningClock.objects.filter(matter=row.matter, stopped_on=None).values_list("key", flat=True)),
        "steps": list(Act.objects.filter(matter=row.matter).values_list("step", flat=True)),
    } for row in Commitment.objects.order_by("due_on")]
    matters = {str(pk) for pk in Commitment.objects.values_list("matter", flat=True)}
    problems = [str(one) for one in verify_congress(house) if str(one.where) in matters]
print(json.dumps({"before": rows, "after": found, "problems": problems}, ensure_ascii=False))
"""


def test_every_old_row_becomes_a_matter(tmp_path: Path) -> None:
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "openrenda.settings", "OPENRENDA_VAR": str(tmp_path),
        "OPENRENDA_DATABASE": f"sqlite:///{tmp_path}/old.sqlite3", "OPENRENDA_DEBUG": "1",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", BEFORE + AFTER], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    kept, open_ = told["after"]
    assert sorted(row["pk"] for row in told["after"]) == told["before"], "the same rows"
    assert (open_["state"], open_["title"], open_["steps"], open_["running"]) == (
        "open",
        "装护栏",
        ["bring_over"],
        ["due"],
    )
    assert (kept["state"], kept["reported"], kept["running"]) == ("reported", "2024-05-26", [])
    for row in told["after"]:
        assert row["number"].startswith("承诺〔2024〕")
        assert row["secret"]
        assert row["parent"]
        assert row["first"]
        assert row["street"]
        assert row["roles"] == ["cosigner", "handler", "speaker", "sponsor"]
    assert told["problems"] == []

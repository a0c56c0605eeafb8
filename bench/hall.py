"""``bin/bench --hall``: a thousand people sign in to one sitting, and three hundred read its two hundred papers. Real connections on
loopback, the load on the same cores.

Printed: how long signing in takes and its p99, with the numbers that decide the quorum asked for between every two; whether all of them are
there afterwards; how long the papers take, whether every answer was good, and the memory of the web processes.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

PEOPLE, READERS, PAPERS, PAPER_KILOBYTES, DOORS, CLIENTS = 1000, 300, 200, 100, 4, 16


def main() -> None:
    """Measure one database, named by the environment, and print one JSON line."""
    django.setup()
    from django.core.management import call_command

    from openrenda.command.places import make_folders
    from openrenda.tenancy import congress_scope
    from tests.cast import assemble

    make_folders()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    cast = assemble("990000")
    with congress_scope(cast.congress):
        print(json.dumps(measured(cast)))


def measured(cast: Any) -> dict[str, Any]:
    """Sign in, and read."""
    from openrenda.activities.hall import Attendance
    from tests import sittings

    from .servers import OURS, asked, serving

    cookies = members(cast)
    sitting = sittings.called(cast, "听取和审议工作报告")
    papers = registered(cast, sitting)
    sittings.take(cast, sitting, "office", "send_papers")
    sittings.take(cast, sitting, "office", "begin_sign_in")
    with tempfile.TemporaryDirectory() as folder, serving(OURS, Path(folder) / "log") as server:
        arriving = asked(server.port, sign_ins(sitting, cookies), DOORS)
        here = Attendance.objects.filter(sitting=sitting, matter__state="present").count()
        reading = asked(server.port, readings(sitting, papers, list(cookies.values())[:READERS]), CLIENTS)
        memory = server.megabytes()
    return {
        "people": len(cookies), "sign_in_seconds": arriving["count"] / arriving["per_second"], "sign_in_p99_ms": arriving["p99"],
        "sign_in_statuses": arriving["statuses"], "present": here, "fetched": reading["count"],
        "reading_seconds": reading["count"] / reading["per_second"], "reading_p99_ms": reading["p99"],
        "reading_statuses": reading["statuses"], "web_megabytes": memory,
    }  # fmt: skip


def members(cast: Any) -> dict[str, str]:
    """A body of a thousand: the cookies of each by the name."""
    from openrenda.people.models import Account, District, GroupMembership, Mandate, Membership, Person, Seat, Term
    from tests import sittings
    from tests.cast import BEGAN

    from .people import sign_in

    term, district, group = Term.objects.get(), District.objects.get(), sittings.committee(cast, ())
    found = {}
    for number in range(PEOPLE):
        name = f"到会{number:04}"
        person = Person.objects.create(name=name, birth_year=1975)
        mandate = Mandate.objects.create(
            person=person, term=term, district=district, since=BEGAN, card_number=f"h{number}"
        )
        GroupMembership.objects.create(group=group, mandate=mandate, since=BEGAN)
        account = Account.objects.create(login=f"h{number}", name=name)
        Membership.objects.create(account=account, congress=cast.congress)
        seat = Seat.objects.create(account=account, key="deputy", holder_kind="mandate", holder=mandate.pk, since=BEGAN)
        found[name] = sign_in(seat)
    return found


def registered(cast: Any, sitting: Any) -> list[str]:
    """Two hundred different papers."""
    from openrenda.activities.hall import Paper
    from tests import sittings

    for number in range(PAPERS):
        text = f"第{number}号材料。" + "本材料为测速而作。\n" * (PAPER_KILOBYTES * 1024 // 28)
        file = sittings.uploaded(sitting, f"材料{number}.txt", text)
        sittings.take(cast, sitting, "office", "register_paper", {"title": f"材料{number}", "file": str(file.pk)})
    return [str(key) for key in Paper.objects.filter(matter=sitting).values_list("pk", flat=True)]


def sign_ins(sitting: Any, cookies: dict[str, str]) -> list[bytes]:
    """Each signs in with the day's code, and somebody looks at the numbers."""
    from openrenda.activities.hall import Attendance
    from tests.sittings import code

    from .works import get, post

    said, asked = code(sitting), []
    for place in Attendance.objects.filter(sitting=sitting, name__in=cookies).select_related("matter"):
        fields = {"seen": place.matter.version, "key": uuid4().hex, "code": said}
        asked.append(post(f"/matters/{place.matter_id}/sign_in/", cookies[place.name], **fields))
        asked.append(get(f"/hall/{sitting.pk}/live/", cookies[place.name]))
    return asked


def readings(sitting: Any, papers: list[str], cookies: list[str]) -> list[bytes]:
    """Every paper for every reader."""
    from .works import get

    return [get(f"/hall/{sitting.pk}/papers/{paper}/content/", reader) for paper in papers for reader in cookies]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openrenda.settings")
    main()

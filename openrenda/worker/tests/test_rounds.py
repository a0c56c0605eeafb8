"""The worker: a failing task does not stop the others, and everything is safe twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from openrenda import docket
from openrenda.channels.models import Notice
from openrenda.docket.models import Act, Autosave, DailySeal, OutboxEntry
from openrenda.tenancy import congress_scope
from openrenda.web.portal.models import Feedback
from openrenda.worker import rounds
from tests.cast import SUBMIT, assemble, draft


def test_rounds_deliver_seal_remind_and_forget(db: None, settings: object, tmp_path: Path) -> None:
    settings.VAR = tmp_path  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    with time_machine.travel("2026-03-02T10:00:00+08:00", tick=False):
        cast = assemble()
        with congress_scope(cast.congress):
            matter = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft()).matter
            docket.act(matter, "submit_to_street", by=cast["chen"], data=SUBMIT)
            Autosave.objects.create(account=cast["chen"].account, form="new", data={}, saved_at=timezone.now())
    with time_machine.travel("2026-10-09T10:00:00+08:00", tick=False):
        rounds.once(rounds.tasks())
        rounds.once(rounds.tasks())
    assert (tmp_path / rounds.HEARTBEAT).exists()
    with congress_scope(cast.congress):
        assert DailySeal.objects.count() == 1
        assert not Autosave.objects.exists()
        assert OutboxEntry.objects.filter(kind="reminder").count() == 1
        assert Notice.objects.filter(kind="reminder").count() == 1
        assert Act.objects.count() == 2
        assert OutboxEntry.objects.filter(sent_at=None).count() == 0


def test_feedback_is_forgotten_after_its_answer_and_never_before(db: None, settings: object) -> None:
    """Two years after the answer; what waits for one stays, and so does another congress's newer one."""
    settings.KEEP_FEEDBACK_DAYS = 730  # type: ignore[attr-defined]
    now = timezone.now()
    cast, other = assemble(), assemble("990102", name="邻区")
    for congress, days in ((cast.congress, (731, 729, None)), (other.congress, (731,))):
        with congress_scope(congress):
            for number, answered in enumerate(days):
                Feedback.objects.create(
                    number=f"N{number}", kind="idea", text="字小", received_at=now - timedelta(days=900),
                    answered_at=now - timedelta(days=answered) if answered else None,
                )  # fmt: skip
    rounds.forget_old()
    rounds.forget_old()
    with congress_scope(cast.congress):
        assert sorted(Feedback.objects.values_list("number", flat=True)) == ["N1", "N2"]
    with congress_scope(other.congress):
        assert not Feedback.objects.exists()


def test_a_failing_task_leaves_the_others_running(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def fail() -> None:
        raise RuntimeError("broken")

    rounds.once([rounds.Task("bad", 0, fail), rounds.Task("good", 0, lambda: done.append("good"))])
    assert done == ["good"]


def test_at_rest_one_question_is_asked(db: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        rounds.deliver_outboxes()

"""I01 on pages and papers: the register of office holders, what the public reads, the candidate's own page, registers brought in from files."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openrenda import rulebook, tickets
from openrenda.docket.models import Act, Matter
from openrenda.documents.tables import Row, read_table
from openrenda.people.imports import SHEETS, run
from openrenda.people.models import ExamQuestion, Organ, Person, Post, Tenure
from openrenda.procedures.law_exam.records import LawExam
from openrenda.procedures.new_term import new_government
from openrenda.web.portal import codes
from openrenda.web.tests.stage import seat, text
from tests.cast import BEGAN, Cast

from . import appointing
from .appointing import add, announce, appointed, bank, committee, draft, hold, to_the_vote, vote
from .conftest import Wall
from .stage import take

PUBLIC = "/c/990701"
CHOICES = "到会人员；全体组成人员；主任会议"


@pytest.fixture(autouse=True)
def _people(cast: Cast, wall: Wall) -> None:
    committee(cast)
    appointing.people(cast)


def test_the_register_of_any_day_is_a_page_and_a_workbook(cast: Cast, wall: Wall) -> None:
    """I01 Must (5): who held what on a day, vacant posts too, and by which decision."""
    before = timezone.localdate()
    wall.pass_days(10)
    appointed(cast)
    office = seat(cast, "office")
    now, then = text(office.get("/posts/")), text(office.get(f"/posts/?on={before}"))
    assert "林知" in now
    assert "林知" not in then
    assert "高远" in then
    assert "空缺" in then
    book = office.get(f"/posts/export/?on={before}")
    rows = read_table(book.content, "任职登记.xlsx", expected=["机构", "职务", "姓名"]).rows
    assert "高远" in [row.cells["姓名"] for row in rows]
    assert "林知" not in [row.cells["姓名"] for row in rows]


def test_what_is_no_day_is_said_and_today_is_shown(cast: Cast) -> None:
    page = text(seat(cast, "office").get("/posts/?on=2026-13-45"))
    assert "不是日期" in page
    assert "高远" in page


def test_more_office_holders_ask_no_more_questions(cast: Cast) -> None:
    office = seat(cast, "office")
    office.get("/posts/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        office.get("/posts/")
    for number in range(20):
        hold("judge", f"法官{number}")
    with CaptureQueriesContext(connection) as many:
        office.get("/posts/")
    assert len(many) == len(few)


def a_new_head() -> date:
    """A head of the government who was elected today."""
    today = timezone.localdate()
    organ = Organ.objects.get(code="cabinet")
    post = Post.objects.create(code="head", title="区长", organ=organ, kind="government_head", holders=1, since=BEGAN)
    person = Person.objects.create(name="新任区长", birth_year=1972)
    Tenure.objects.create(post=post, person=person, since=today, begun_as="elected", basis="区五届人大第六次会议")
    return today


def test_app10_a_new_government_is_put_forward_within_two_months_of_its_election(cast: Cast, wall: Wall) -> None:
    """Each post for which nobody was put forward is named with the day, and marked once the day is over; deputy heads are elected."""
    book = rulebook.book_for(cast.congress)
    assert new_government(book, timezone.localdate()) is None
    elected = a_new_head()
    found = new_government(book, elected)
    assert found is not None
    # Two months end on a holiday, and so on the first working day after it.
    assert (found.due_on, [post.title for post in found.waiting]) == (date(2026, 5, 6), ["区交通运输局局长"])
    page = text(seat(cast, "office").get("/posts/"))
    assert "换届后还没有提请任命的政府组成人员" in page
    assert "区交通运输局局长" in page.partition("换届后")[2].partition("</section>")[0]
    assert "换届后还没有提请" not in text(seat(cast, "roads_clerk").get("/posts/"))
    wall.pass_days((found.due_on - elected).days)
    assert not found.is_late(timezone.localdate())
    wall.pass_days(1)
    assert found.is_late(timezone.localdate())


def test_app10_who_was_put_forward_or_appointed_is_not_missing(cast: Cast, wall: Wall) -> None:
    """A proposal that was submitted counts, one that was withdrawn or refused does not."""
    a_new_head()
    book, today = rulebook.book_for(cast.congress), timezone.localdate()

    def missing() -> int:
        found = new_government(book, today)
        assert found is not None
        return len(found.waiting)

    proposal = draft(cast, "government")
    old = add(cast, proposal, "remove", "bureau", "高远", "government")
    act = add(cast, proposal, "appoint", "bureau", "杜若", "government")
    assert missing() == 1
    to_the_vote(cast, proposal, "government")
    assert missing() == 0
    vote(old)
    vote(act, approve=2, against=4)
    announce(cast, proposal)
    take(cast, act, "office", "end_refused", {"told": "已告知。"})
    assert missing() == 1


def test_app08_nothing_is_public_before_the_vote_and_the_announcement(cast: Cast) -> None:
    """Neither the proposal nor its person is on any public page; then name, post and day alone."""
    proposal = draft(cast)
    act = add(cast, proposal, "appoint", "judge", "林知")
    pages = (f"{PUBLIC}/appointments/", f"{PUBLIC}/posts/")

    def shown() -> list[bool]:
        return ["林知" in text(Client().get(page)) for page in pages]

    assert shown() == [False, False]
    to_the_vote(cast, proposal)
    assert shown() == [False, False]
    vote(act)
    announce(cast, proposal)
    assert shown() == [True, True]
    public = "".join(text(Client().get(page)) for page in pages)
    assert "1970" not in public
    assert "工作需要" not in public
    assert "赞成" not in public


def test_app08_the_register_of_a_voted_act_is_silent_until_it_is_announced(cast: Cast) -> None:
    """Between the vote and the announcement the public register still says nothing of it; staff see it at once."""
    proposal = draft(cast)
    act = add(cast, proposal, "appoint", "judge", "林知")
    gone = add(cast, proposal, "remove", "vice_president", "许安")
    to_the_vote(cast, proposal)
    vote(act)
    vote(gone)
    public, office = Client(), seat(cast, "office")
    assert ("林知" in text(office.get("/posts/")), "许安" in text(office.get("/posts/"))) == (True, False)
    shown = text(public.get(f"{PUBLIC}/posts/"))
    assert ("林知" in shown, "许安" in shown) == (False, True)


def test_app08_an_announcement_has_an_address_once_it_is_made(cast: Cast) -> None:
    """Number, sitting and what passed, word for word; nothing before, nothing of what did not pass, neither ages nor votes."""
    proposal = draft(cast)
    acts = [add(cast, proposal, "appoint", "judge", name) for name in ("林知", "周行")]
    address = f"{PUBLIC}/appointments/{codes.code_of(proposal.pk)}/"
    to_the_vote(cast, proposal)
    vote(acts[0])
    vote(acts[1], approve=2, against=4)
    assert Client().get(address).status_code == 404
    announce(cast, proposal)
    assert address in text(Client().get(f"{PUBLIC}/appointments/"))
    page = text(Client().get(address))
    for words in ("第8号公告", "通过下列人事任免事项，现予公告", "任命林知为区人民法院审判员"):
        assert words in page
    for words in ("周行", "1970", "工作需要", "赞成"):
        assert words not in page
    rejected = appointed(cast, "vice_president", "吴往", approve=2, against=4)
    assert Client().get(f"{PUBLIC}/appointments/{codes.code_of(rejected.parent_id)}/").status_code == 404


def test_more_announcements_ask_no_more_questions(cast: Cast) -> None:
    appointed(cast)
    client = Client()
    client.get(f"{PUBLIC}/appointments/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{PUBLIC}/appointments/")
    for number in range(5):
        appointed(cast, name=f"法官{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(f"{PUBLIC}/appointments/")
    assert len(many) == len(few)


def test_who_was_rejected_is_never_public(cast: Cast) -> None:
    appointed(cast, approve=2, against=4)
    assert "林知" not in text(Client().get(f"{PUBLIC}/appointments/"))


def word(content: bytes) -> str:
    """The text of a Word file."""
    with ZipFile(io.BytesIO(content)) as file:
        return file.read("word/document.xml").decode()


def test_the_certificate_and_the_announcement_are_word_files(cast: Cast) -> None:
    act = appointed(cast)
    office = seat(cast, "office")
    assert office.get(f"/matters/{act.pk}/certificate.docx").status_code == 422
    take(cast, act, "office", "certify", {"number": "任字1号", "signed_by": "程岳"})
    letter = word(office.get(f"/matters/{act.pk}/certificate.docx").content)
    for words in ("任命书", "林知", "区人民法院审判员", "程岳"):
        assert words in letter
    paper = word(office.get(f"/matters/{act.parent_id}/announcement.docx").content)
    assert "任命林知为区人民法院审判员" in paper
    assert seat(cast, "roads_clerk").get(f"/matters/{act.pk}/certificate.docx").status_code == 404


# The examination, by the candidate's own link


def test_the_candidate_sits_it_by_her_link_and_number(cast: Cast) -> None:
    bank()
    Post.objects.filter(code="judge").update(examined=True)
    act = add(cast, draft(cast), "appoint", "judge", "林知")
    take(cast, act, "office", "examine", {})
    exam = Matter.objects.get(procedure="law-exam")
    number = tickets.in_groups(tickets.number_of(exam.pk))
    slip = text(seat(cast, "office").get(f"/matters/{exam.pk}/"))
    assert number in slip
    assert tickets.link_of(exam.pk) in slip
    assert tickets.link_of(exam.pk) not in text(seat(cast, "auditor").get(f"/matters/{exam.pk}/"))
    client, address = Client(), f"{PUBLIC}/exams/mine/{tickets.link_of(exam.pk)}/"
    assert "第0题" not in text(client.get(address))
    wrong = client.post(f"{address}begin/", {"number": "2222 2222 2222", "alone": "on"})
    assert wrong.status_code == 422
    assert "考试号不对" in text(wrong)
    client.post(f"{address}begin/", {"number": number, "alone": "on"})
    paper = LawExam.objects.get().paper
    sitting = text(client.get(address))
    assert all(f"q_{key}" in sitting for key in paper)
    client.post(f"{address}hand_in/", {f"q_{key}": "A" for key in paper})
    assert "100" in text(client.get(address))
    assert LawExam.objects.get().passed
    assert Client().get(f"{PUBLIC}/exams/mine/{tickets.link_of(act.pk)}/").status_code == 404


def test_practice_stores_nothing(cast: Cast) -> None:
    bank(10, use="practice")
    bank(10)
    before = {model: model.objects.count() for model in (Act, Matter, LawExam)}
    client = Client()
    assert "第0题" in text(client.get(f"{PUBLIC}/exams/practice/"))
    paper = [str(key) for key in ExamQuestion.objects.filter(use="practice").values_list("pk", flat=True)]
    secret = str(ExamQuestion.objects.filter(use="exam").first().pk)  # type: ignore[union-attr]
    answers: dict[str, Any] = {"paper": [*paper, secret, "nonsense"], **{f"q_{key}": "A" for key in paper}}
    shown = text(client.post(f"{PUBLIC}/exams/practice/", answers))
    assert "答对 10 题，共 10 题" in shown
    assert secret not in shown
    assert {model: model.objects.count() for model in (Act, Matter, LawExam)} == before


# Registers from files


def brought(key: str, *rows: dict[str, Any]) -> Any:
    """Rows of a file as clerks fill it in."""
    sheet = SHEETS[key]
    return run(sheet, sheet.headers, [Row(number, row) for number, row in enumerate(rows, 2)], keep=True)


def question(**changes: Any) -> dict[str, Any]:
    """A row of the bank."""
    row = {"题号": "F-1", "题型": "单选题", "用途": "考试", "题目": "由谁的过半数通过？", "选项": CHOICES, "答案": "B"}
    return {**row, **changes}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"答案": "D"}, "不在选项之内"),
        ({"答案": "AB"}, "只能有一个答案"),
        ({"答案": "第二个"}, "不是答案"),
        ({"选项": "只有一个"}, "应为2至6个"),
        ({"选项": None}, "请填写选项"),
        ({"题型": "填空题"}, "不在可选范围内"),
    ],
)
def test_a_wrong_row_of_the_bank_is_named_and_nothing_is_kept(
    cast: Cast, changes: dict[str, Any], sentence: str
) -> None:
    outcome = brought("exam-questions", question(题号="F-0"), question(**changes))
    assert sentence in outcome.bad_rows[0].reasons[0]
    assert outcome.bad_rows[0].number == 3
    assert not ExamQuestion.objects.exists()


def test_the_bank_is_brought_in_and_its_answers_are_not_readable_in_the_database(cast: Cast) -> None:
    rows = (
        question(),
        question(题号="F-2", 题型="判断题", 选项=None, 答案="错"),
        question(题号="F-3", 题型="多选题", 答案="C、A"),
    )
    assert brought("exam-questions", *rows).kept
    assert list(ExamQuestion.objects.order_by("code").values_list("code", flat=True)) == ["F-1", "F-2", "F-3"]
    assert [row.key for row in ExamQuestion.objects.order_by("code")] == ["B", "B", "AC"]
    with connection.cursor() as cursor:
        cursor.execute("select key from people_examquestion")
        assert all(key.startswith("v1:") for (key,) in cursor.fetchall())


def test_posts_and_tenures_are_brought_in_and_a_second_holder_is_refused(cast: Cast) -> None:
    Person.objects.create(name="杜若", birth_year=1980)
    post = {
        "职务代码": "x",
        "职务": "区园林局局长",
        "机构代码": "parks",
        "职务类别": "政府秘书长、局长、委员会主任、科长",
        "可任人数": 1,
        "设立日期": "2022-01-10",
    }
    assert brought("posts", post).kept
    assert "没有“打字员”" in brought("posts", {**post, "职务代码": "y", "职务类别": "打字员"}).bad_rows[0].reasons[0]
    tenure = {"职务代码": "x", "姓名": "杜若", "任职日期": "2022-02-25", "任职依据": "首次会议"}
    assert brought("tenures", tenure).kept
    second = brought("tenures", {**tenure, "姓名": "高远"})
    assert second.bad_rows
    left = {
        **tenure,
        "终止日期": (timezone.localdate() - timedelta(days=1)).isoformat(),
        "终止原因": "去世，职务自然终止",
    }
    assert brought("tenures", left).kept
    assert brought("tenures", {**tenure, "姓名": "高远", "任职日期": timezone.localdate().isoformat()}).kept
    assert Tenure.objects.filter(post__code="x").count() == 2

"""Taking steps and opening matters from pages: nothing typed is lost, and nothing is done twice."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from openrenda.docket.models import Act, Autosave, Matter
from openrenda.people import sessions
from openrenda.web import drafts
from openrenda.web.tests.stage import Way, address, hidden, seat, text
from tests.cast import SUBMIT, Cast, draft

JUDGE = {"attitude": "satisfied", "result": "satisfied"}
PASSWORD = "Duty-2026-roads"


def forgetful(cast: Cast, who: str) -> Client:
    """A client that proved who it is more than ten minutes ago, and knows its password."""
    client = seat(cast, who)
    account = cast.seats[who].account
    account.set_password(PASSWORD)
    account.save()
    session = client.session
    sessions.keep_hash(session, account)
    session["people.confirmed_at"] = 0
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


# Stale pages, repetitions, refusals


def test_a_stale_page_is_told_what_happened_and_keeps_what_was_typed(cast: Cast) -> None:
    way = Way(cast)
    client = seat(cast, "chen")
    form = hidden(client.get(address(way.matter, "revise")))
    way.take("chen", "revise", draft(title="别处先改的标题"))
    answer = client.post(address(way.matter, "revise"), {**form, **draft(title="我正在写的标题")})
    page = text(answer)
    assert answer.status_code == 409
    assert "有人先办了一步" in page
    assert "陈一鸣：修改" in page
    assert 'value="我正在写的标题"' in page
    assert (
        client.post(address(way.matter, "revise"), {**hidden(answer), **draft(title="我正在写的标题")}).status_code
        == 302
    )
    assert way.matter.title == "我正在写的标题"


def test_pressing_twice_does_it_once(cast: Cast) -> None:
    way = Way(cast)
    client = seat(cast, "chen")
    data = {**hidden(client.get(address(way.matter, "submit_to_street"))), **SUBMIT}
    first = client.post(address(way.matter, "submit_to_street"), data)
    second = client.post(address(way.matter, "submit_to_street"), data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Act.objects.filter(step="submit_to_street").count() == 1


def test_somebody_else_s_key_repeats_nothing(cast: Cast) -> None:
    way, other = Way(cast), Way(cast, title="另一件建议")
    key = uuid.uuid4().hex
    seat(cast, "chen").post(address(way.matter, "submit_to_street"), {"seen": 1, "key": key, **SUBMIT})
    answer = seat(cast, "lin").post(address(other.matter, "submit_to_street"), {"seen": 1, "key": key, **SUBMIT})
    assert answer.status_code == 404


def test_a_version_that_never_was_is_a_stale_page(cast: Cast) -> None:
    way = Way(cast)
    for seen in ("", "-1", "9" * 5000, "一"):
        answer = seat(cast, "chen").post(address(way.matter, "revise"), {"seen": seen, **draft(title="改")})
        assert answer.status_code == 409
    assert way.matter.version == 1


def test_a_barred_step_says_its_reason_and_keeps_the_form(cast: Cast) -> None:
    """代表法第五十一条第二款."""
    way = Way(cast).handling()
    client = seat(cast, "roads_clerk")
    data = {**hidden(client.get(address(way.matter, "draft_reply"))), "result_class": "A", "done": "已经修好",
            "disclosure": "public"}  # fmt: skip
    answer = client.post(address(way.matter, "draft_reply"), data)
    assert answer.status_code == 422
    assert "答复前应当与代表联系沟通" in text(answer)
    assert "已经修好" in text(answer)


def test_a_step_of_another_office_is_not_for_this_seat(cast: Cast) -> None:
    way = Way(cast).received()
    answer = seat(cast, "leader").get(address(way.matter, "assign"))
    assert answer.status_code == 403
    assert "交办由代表工作机构办理" in text(answer)
    assert seat(cast, "leader").post(address(way.matter, "assign"), {"seen": way.matter.version}).status_code == 422


@pytest.mark.parametrize("step", ["nothing", "hand_over", "open_sealed"])
def test_an_unknown_step_does_not_exist(cast: Cast, step: str) -> None:
    url = address(Way(cast).received().matter, step)
    assert seat(cast, "office").get(url).status_code == 404
    assert seat(cast, "office").post(url, {"seen": 1}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": "长" * 5000}, "200"),
        ({"title": ""}, "标题"),
        ({"category": "不是编号"}, "类别"),
        ({"wished_organ": str(uuid.uuid4())}, "希望承办单位"),
        ({"origin_address": "javascript:alert(1)"}, "来源链接"),
    ],
)
def test_nonsense_is_refused_field_by_field_and_stays_in_the_form(
    cast: Cast, typed: dict[str, str], words: str
) -> None:
    way = Way(cast)
    client = seat(cast, "chen")
    data = {**hidden(client.get(address(way.matter, "revise"))), **draft(background="写了很久的情况"), **typed}
    answer = client.post(address(way.matter, "revise"), data)
    page = text(answer)
    assert answer.status_code == 422
    assert "还没有提交，请先改好下面几处" in page
    assert words in page
    assert "写了很久的情况" in page
    assert way.matter.version == 1


@pytest.mark.parametrize(
    "title", ["关于𠮷祥里🚸过街设施的建议（䶮）", "<script>alert(1)</script>", "{{ settings }} %s 'OR 1=1"]
)
def test_rare_and_hostile_characters_come_back_as_they_were(cast: Cast, title: str) -> None:
    from markupsafe import escape

    way = Way(cast)
    client = seat(cast, "chen")
    client.post(
        address(way.matter, "revise"), {**hidden(client.get(address(way.matter, "revise"))), **draft(title=title)}
    )
    assert way.matter.title == title
    page = text(client.get(address(way.matter)))
    assert escape(title) in page
    assert "<script>alert" not in page


def test_a_form_without_its_token_is_not_taken(cast: Cast) -> None:
    way = Way(cast)
    client = seat(cast, "chen", enforce_csrf_checks=True)
    answer = client.post(address(way.matter, "submit_to_street"), {"seen": 1, **SUBMIT})
    assert answer.status_code == 403
    assert "这一页放得太久了" in text(answer)
    assert way.matter.state == "draft"


# Proving identity again


def test_judging_asks_for_the_password_and_loses_nothing(cast: Cast) -> None:
    """SUG-12: the deputy herself judges."""
    way = Way(cast).replied()
    client = forgetful(cast, "chen")
    page = client.get(address(way.matter, "judge"))
    assert "再次验证身份" in text(page)
    data = {**hidden(page), **JUDGE, "reasons": "办得很好"}
    refused = client.post(address(way.matter, "judge"), data)
    assert refused.status_code == 422
    assert "办得很好" in text(refused)
    wrong = client.post(address(way.matter, "judge"), {**data, "identity-password": "不对"})
    assert "没有通过验证" in text(wrong)
    assert "办得很好" in text(wrong)
    assert "不对" not in re.sub("没有通过验证：密码或者动态口令不对", "", text(wrong))
    assert client.post(address(way.matter, "judge"), {**data, "identity-password": PASSWORD}).status_code == 302
    assert way.matter.state == "closed"


def test_what_cannot_be_undone_says_so(cast: Cast) -> None:
    way = Way(cast).drafted()
    page = text(seat(cast, "roads_head").get(address(way.matter, "sign_reply")))
    assert page.count("签发后答复即送达代表，答复期限停止计算，不能撤回。") == 2


def test_the_new_due_day_is_shown_before_an_extension_is_granted(cast: Cast) -> None:
    """代表法第五十一条: six months at most, counted from the hand-over."""
    way = Way(cast).handling()
    way.take("roads_office", "request_extension", {"reason": "管线迁改"})
    page = text(seat(cast, "office").get(address(way.matter, "grant_extension")))
    assert "办理后，期限将到" in page


# What is typed and not yet sent


def test_typing_is_kept_and_found_again(cast: Cast) -> None:
    way = Way(cast)
    client = seat(cast, "chen")
    url = address(way.matter, "revise")
    kept = client.post(
        f"{url}autosave/", {**draft(title="写到一半"), "willing_to_meet": "", "contact_phone": "13912345678"}
    )
    assert kept.status_code == 204
    page = text(client.get(url))
    assert "已恢复您上次没有提交的内容" in page
    assert 'value="写到一半"' in page
    assert 'value="13912345678"' in page
    assert "13912345678" not in str(Autosave.objects.get().data), "what is sealed is kept encrypted"
    assert not re.search(r'name="willing_to_meet"[^>]* checked', page)
    client.post(url, {**hidden(client.get(url)), **draft(title="写完了")})
    assert "已恢复" not in text(client.get(url))


def test_an_expired_session_in_the_middle_of_a_form_loses_nothing(cast: Cast) -> None:
    way = Way(cast).received()
    client = seat(cast, "office")
    url = address(way.matter, "categorise")
    form = hidden(client.get(url))
    client.post(f"{url}autosave/", {"category": str(cast.category.pk)})
    with time_machine.travel(timezone.now() + timedelta(minutes=45), tick=False):
        answer = client.post(url, {**form, "category": str(cast.category.pk)})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")
        assert Act.objects.filter(step="categorise").count() == 0
        page = text(seat(cast, "office").get(url))
    assert re.search(f'value="{cast.category.pk}" selected', page)


def test_a_question_of_the_page_itself_never_moves_the_writer_away(cast: Cast) -> None:
    """What resembles it is asked for while she types: an ended session answers 401, and the page says so."""
    typed, asked = draft(title="写到一半的建议"), {"HX-Request": "true"}
    client = seat(cast, "office")
    with time_machine.travel(timezone.now() + timedelta(minutes=45), tick=False):
        answers = [client.post("/similar/suggestion/propose/", typed, headers=asked) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert not any("HX-Redirect" in answer for answer in answers)


def test_after_signing_in_one_is_back_at_the_page_and_not_where_it_posted(cast: Cast) -> None:
    way = Way(cast)
    page = f"http://testserver{address(way.matter)}"
    answer = Client().post(f"{address(way.matter)}files/", {"files": b""}, headers={"Referer": page})
    assert answer["Location"] == f"/sign-in/?next={quote(page, safe='')}"


def test_more_than_any_form_holds_is_not_kept(cast: Cast) -> None:
    way = Way(cast)
    answer = seat(cast, "chen").post(f"{address(way.matter, 'revise')}autosave/", {"background": "字" * 500_000})
    assert answer.status_code == 413
    assert not Autosave.objects.exists()


def test_what_others_type_is_their_own(cast: Cast) -> None:
    way = Way(cast).received()
    url = address(way.matter, "assign")
    seat(cast, "office").post(f"{url}autosave/", {"note": "内部考虑"})
    assert seat(cast, "lin").post(f"{url}autosave/", {"note": "x"}).status_code in (204, 404)
    assert "内部考虑" not in text(seat(cast, "lin").get(url))
    assert Autosave.objects.filter(account=cast["office"].account).count() == 1


# Opening a matter


def opened(client: Client, **data: Any) -> tuple[Any, str]:
    """The form of a new suggestion sent off, and the form's address."""
    url = client.get("/new/suggestion/propose/")["Location"]
    form = hidden(client.get(url))
    return client.post(url, {**form, **draft(**data)}), url


def test_a_suggestion_is_opened_once_however_often_it_is_sent(cast: Cast) -> None:
    client = seat(cast, "chen")
    answer, url = opened(client, title="关于路灯的建议")
    again = client.post(url, {"draft": url.partition("draft=")[2], **draft(title="关于路灯的建议")})
    assert answer["Location"].partition("?")[0] == again["Location"].partition("?")[0]
    assert Matter.objects.count() == 1
    assert "关于路灯的建议" in text(client.get(answer["Location"]))


def test_an_unfinished_draft_is_listed_found_again_and_thrown_away(cast: Cast) -> None:
    client = seat(cast, "chen")
    url = client.get("/new/suggestion/propose/")["Location"]
    client.post(url.replace("/?", "/autosave/?"), draft(title="还没有写完的建议"))
    assert "还没有写完的建议" in text(client.get("/"))
    assert 'value="还没有写完的建议"' in text(client.get(url))
    assert "还没有写完的建议" not in text(seat(cast, "lin").get("/new/"))
    client.post(f"/new/discard/{Autosave.objects.get().pk}/")
    assert not Autosave.objects.exists()


def test_a_draft_from_a_text_file_fills_the_form(cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = seat(cast, "chen")
    url = client.get("/new/suggestion/propose/")["Location"]
    words = "关于增设路灯的建议\n一、基本情况\n夜间昏暗。\n二、存在问题\n行人不安全。\n三、具体建议\n增设二十盏路灯。\n"
    file = SimpleUploadedFile("稿.txt", words.encode("gb18030"))
    page = text(client.get(client.post(url.replace("/?", "/from-file/?"), {"file": file})["Location"]))
    assert 'value="关于增设路灯的建议"' in page
    for words in ("夜间昏暗。", "行人不安全。", "增设二十盏路灯。"):
        assert words in page
    assert re.search(r'name="consent_public"[^>]* checked', page)


def test_a_program_dressed_as_a_draft_is_refused_with_a_sentence(cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = seat(cast, "chen")
    url = client.get("/new/suggestion/propose/")["Location"]
    answer = client.post(url.replace("/?", "/from-file/?"), {"file": SimpleUploadedFile("稿.docx", b"MZ\x90\x00")})
    assert "可执行程序" in text(client.get(answer["Location"]))


def test_seats_that_open_nothing_are_told_so(cast: Cast) -> None:
    answer = seat(cast, "leader").get("/new/suggestion/propose/?draft=" + str(uuid.uuid4()))
    assert answer.status_code == 403
    assert seat(cast, "chen").get("/new/nothing/propose/").status_code == 404


def test_similar_suggestions_appear_while_writing_with_what_became_of_them(cast: Cast) -> None:
    """B02: each with its state and its outcome; another congress's never."""
    Way(cast).judged()
    client = seat(cast, "lin")
    page = text(client.post("/similar/suggestion/propose/", draft(title="关于学府路早高峰拥堵的建议")))
    assert "关于改善学府路早高峰通行的建议" in page
    assert "办结" in page
    assert "区交通运输局" in page
    assert client.post("/similar/suggestion/propose/", {"title": "' OR 1=1 --"}).status_code == 200


def test_a_hidden_draft_never_shows_as_similar(cast: Cast) -> None:
    Way(cast)
    page = text(seat(cast, "lin").post("/similar/suggestion/propose/", draft(title="关于学府路早高峰拥堵的建议")))
    assert "改善学府路" not in page


def test_kept_drafts_pour_back_only_what_the_form_knows() -> None:
    from django import forms

    class Two(forms.Form):
        name = forms.CharField()
        ticks = forms.MultipleChoiceField(choices=[("a", "甲"), ("b", "乙")], widget=forms.CheckboxSelectMultiple)
        yes = forms.BooleanField(initial=True)

    form = Two()
    drafts.pour(form, {"name": ["名"], "ticks": ["a", "b"], "other": ["x"]})
    assert form.initial == {"name": "名", "ticks": ["a", "b"], "yes": False}

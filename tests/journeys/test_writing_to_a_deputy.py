"""A resident writes to a deputy on her telephone, the deputy answers on his, both go on, and he has it seen to."""

from __future__ import annotations

import pytest

from openrenda.docket.models import Matter
from openrenda.procedures.opinion.records import Opinion
from openrenda.web.portal import codes

from .conftest import Town

pytestmark = pytest.mark.browser
SAID = "孩子上学的路口没有红绿灯，想单独跟您说说。"
ANSWER = "我明天去看。请问是哪一个路口？"
MORE = "学府路和文昌街路口，就在小学东门。"


def test_from_the_first_word_to_the_matter(town: Town) -> None:
    """Written without an account, alerted, answered, gone on with by the link, handed over in her own words."""
    resident = town.browser(phone=True)
    resident.go(f"/c/990601/deputies/{codes.code_of(town.cast.mandates['chen'].pk)}/").follow("一对一留言")
    resident.sees("给陈一鸣代表留言", "3个工作日").fill({"您想说什么": SAID}).press("送出").sees(
        "送到了", SAID, "最迟答复"
    )
    matter = Matter.objects.get(procedure="palm-express")
    deputy = town.seated("chen", phone=True).sees("群众留言")
    deputy.go(f"/matters/{matter.pk}/").sees(SAID).go(f"/matters/{matter.pk}/answer/")
    deputy.fill({"内容": ANSWER}).press("答复").sees("代表已答复")
    resident.go(resident.path.partition("?")[0]).sees(ANSWER, "首次答复等待")
    resident.fill({"内容": MORE}).press("送出").sees(MORE, "等代表答复")
    deputy.go(f"/matters/{matter.pk}/hand/").choose("哪一条留言", MORE).press_and_confirm("转为意见办理")
    assert Opinion.objects.get().text == MORE
    resident.go(resident.path).sees("已转为意见办理")
    town.seated("office").go("/lists/").misses(SAID, MORE)

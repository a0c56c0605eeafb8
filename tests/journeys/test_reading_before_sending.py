"""A clerk drafts a reply that is another one again, sees both side by side, and sends it anyway; the head sees it too, and signs."""

from __future__ import annotations

import pytest

from openrenda.docket.models import Act, Matter
from openrenda.web.tests.stage import Way
from tests.cast import REPLY

from .conftest import Town

pytestmark = pytest.mark.browser
TITLE, EARLIER = "关于改善学府路早高峰通行的建议", "关于改善城南路通行的建议"
SENT = (
    "我局已在学府路南侧设置临时停靠区三十米，划定家长等候线，并安排两名协管员在早高峰值守。"
    "与交警部门会商后调整了两处路口的信号配时，早高峰平均通行时间由九分钟降到六分钟。"
)


def test_a_copied_reply_is_shown_side_by_side_and_sent_anyway(town: Town) -> None:
    earlier = Way(town.cast, title=EARLIER).contacted()
    earlier.take("roads_clerk", "draft_reply", {**REPLY, "done": SENT})
    earlier.take("roads_head", "sign_reply")
    Way(town.cast, title=TITLE).contacted()

    clerk = town.seated("roads_clerk").go("/lists/suggestion/").follow(TITLE).step("拟写答复")
    clerk.answer("办理结果分类", "A类：所提问题已经解决或者基本解决").fill({"已经办了什么": SENT})
    # Nothing is pressed: a moment after the last key the advice is there, and what was typed is where it was.
    clerk.page.get_by_role("heading", name="发出之前看一看").wait_for()
    clerk.sees("几乎一样", EARLIER, "这一份", "那一份")
    assert clerk.page.locator("#advice mark").count() >= 4
    assert clerk.typed("已经办了什么") == SENT
    clerk.press("拟写答复").sees("答复待签发")

    head = town.seated("roads_head", phone=True).follow(TITLE).step("签发答复").sees("几乎一样", EARLIER)
    head.press_and_confirm("签发答复").sees("已答复")
    matter = Matter.objects.get(title=TITLE)
    assert matter.state == "replied"
    assert not Act.objects.filter(matter=matter, data__icontains="几乎一样").exists()

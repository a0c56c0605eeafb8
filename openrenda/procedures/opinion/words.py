"""The words of opinions that are stored as keys: by which way it came, what it is, how high it reaches, and what came of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..residents import choices, said
from ..telling_back import EXPLAINED, IMPOSSIBLE, PROMISED, SOLVED

CODE, PORTAL, WALK_IN, PHONE, VISIT = "code", "portal", "walk_in", "phone", "visit"
NIGHT_TALK, MOBILE_POINT, PAPER_BOARD, HOTLINE, LIVE_STUDIO, LETTER, EXPRESS = (
    "night_talk", "mobile_point", "paper_board", "hotline", "live_studio", "letter", "express",
)  # fmt: skip
MEMBER_CONTACT = "member_contact"
OTHER_SYSTEM = "other_system"
PAST = "past"
CHANNELS = {
    CODE: _("扫码"),
    PORTAL: _("网上代表之家"),
    WALK_IN: _("到站反映"),
    PHONE: _("电话"),
    VISIT: _("代表走访"),
    NIGHT_TALK: _("夜谈"),
    MOBILE_POINT: _("流动站点"),
    PAPER_BOARD: _("意见栏"),
    HOTLINE: _("12345热线"),
    LIVE_STUDIO: _("直播间"),
    LETTER: _("来信"),
    EXPRESS: _("掌上直通车"),
    MEMBER_CONTACT: _("双联系"),
    OTHER_SYSTEM: _("其他系统转来"),
    PAST: _("历年留言"),
}
BY_RESIDENTS = (CODE, PORTAL)
# What somebody may say or enter today: not what a file of past years brought.
OPEN_CHANNELS = {key: label for key, label in CHANNELS.items() if key != PAST}

DANGER, TROUBLE, QUESTION, IDEA, CONDUCT, PETITION, COURT = (
    "danger", "trouble", "question", "idea", "conduct", "petition", "court",
)  # fmt: skip
NATURES = {
    DANGER: _("安全隐患"),
    TROUBLE: _("急难愁盼"),
    QUESTION: _("咨询求助"),
    IDEA: _("意见建议"),
    CONDUCT: _("反映公职人员问题"),
    PETITION: _("信访诉求"),
    COURT: _("涉法涉诉"),
}

AT_STATION, AT_STREET, AT_DISTRICT, AT_CITY = "station", "street", "district", "city"
LEVELS = {AT_STATION: _("站点"), AT_STREET: _("街道、乡镇"), AT_DISTRICT: _("区县"), AT_CITY: _("市级以上")}

RESULTS = {
    SOLVED: _("已经解决"),
    PROMISED: _("列入计划，限期解决"),
    EXPLAINED: _("解释说明"),
    IMPOSSIBLE: _("目前不能解决"),
}

YES, PARTLY, NO = "yes", "partly", "no"
SOLVED_WORDS = {YES: _("解决了"), PARTLY: _("部分解决"), NO: _("没有解决")}
GOOD, FAIR, POOR = "good", "fair", "poor"
ATTITUDES = {GOOD: _("满意"), FAIR: _("基本满意"), POOR: _("不满意")}

__all__ = ["choices", "said"]

"""Names of private persons in running text 居民姓名: complainants, witnesses, neighbours, who did not ask to stand on a public page.

Nothing but the words around a name tells whose it is. ``sure`` means that they do: 居民张建国, 王女士, 业主李军、赵小红. Any other name may be
an official's or a deputy's, or no name at all (高峰); a person has to look. What is found is a proposal, never complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rjieba

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石"
    "姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦"
    "向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴"
    "华车冉房边"
)
# fmt: off
COMPOUND = frozenset((
    "欧阳", "上官", "司马", "诸葛", "尉迟", "皇甫", "夏侯", "慕容", "司徒", "令狐", "东方", "端木", "公孙", "南宫", "长孙", "宇文", "鲜于", "百里",
    "钟离",
))
WHO = (
    "居民", "村民", "业主", "群众", "市民", "住户", "租户", "租客", "商户", "店主", "摊主", "家长", "学生", "老人", "患者", "反映人", "投诉人", "来电人",
    "信访人", "举报人", "当事人", "申请人", "残疾人", "低保户", "贫困户", "特困户", "户主", "房东", "司机", "车主", "乘客", "游客", "邻居", "职工", "工人",
    "农户", "孤儿",
)
FORMS_OF_ADDRESS = frozenset((
    "先生", "女士", "大爷", "大妈", "大娘", "大叔", "大婶", "大姐", "大哥", "阿姨", "叔叔", "伯伯", "奶奶", "爷爷", "婆婆", "老人", "老太", "太太",
    "师傅", "同学", "小朋友",
))
# fmt: on
JOINING = frozenset("、和与及：: \u3000（(\n")
PERSON_TAG = "nr"
FUNCTION_TAGS = frozenset(("p", "c", "d", "u", "uj", "v", "r"))
MASKED = "某"
LONGEST_NAME = 4
NOTE_CHARACTERS = 8


@dataclass(frozen=True)
class Named:
    """A name where it stands first in a text, and whether the words around it say that it is a private person's."""

    name: str
    sure: bool
    around: str


def named(text: str) -> list[Named]:
    """The names in a text, each once, those that are sure first."""
    found: dict[str, Named] = {}
    for start, name, sure in _names(text):
        if name not in found or (sure and not found[name].sure):
            around = text[max(0, start - NOTE_CHARACTERS) : start + len(name) + NOTE_CHARACTERS].replace("\n", " ")
            found[name] = Named(name, sure, around)
    return sorted(found.values(), key=lambda one: not one.sure)


def private(text: str) -> list[str]:
    """The names of which the words around say that they are private persons'."""
    return [one.name for one in named(text) if one.sure]


def _names(text: str) -> Iterator[tuple[int, str, bool]]:
    """Every name with its place. Of several in a row the first one tells for all."""
    tokens, start, follows = list(_tagger().tag(text)), 0, False
    place = 0
    while place < len(tokens):
        word = tokens[place][0]
        length, addressed = _name_at(tokens, place, follows=follows)
        if length:
            name = "".join(token for token, _tag in tokens[place : place + length])
            yield start, name, follows or addressed
            follows = follows or addressed
            start, place = start + len(name), place + length
            continue
        joined = follows and word in JOINING
        start, place = start + len(word), place + 1
        # The dictionary may cut such a word in two (投诉｜人).
        follows = joined or text.endswith(WHO, 0, start)


def _name_at(tokens: list[tuple[str, str]], place: int, *, follows: bool) -> tuple[int, bool]:
    """How many words make a name here (0: none), and whether it is followed by a form of address."""
    word, tag = tokens[place]
    after, kind = tokens[place + 1] if place + 1 < len(tokens) else ("", "")
    if MASKED in word or MASKED in after:
        return 0, False
    if tag == PERSON_TAG and 2 <= len(word) <= LONGEST_NAME and _surname(word):
        addressed = any(word.endswith(form) for form in FORMS_OF_ADDRESS) or after in FORMS_OF_ADDRESS
        return 1, addressed
    if (word in SURNAMES or word in COMPOUND) and tag not in FUNCTION_TAGS:
        if after in FORMS_OF_ADDRESS:
            return 2, True
        if tag == kind == PERSON_TAG and len(after) <= 2:
            return 2, False
        # A rare character is a word of its own to the dictionary.
        if follows and len(after) == 1 and after.isalpha() and after not in JOINING:
            return 2, False
    return 0, False


def _surname(word: str) -> bool:
    return word[0] in SURNAMES or word[:2] in COMPOUND


@cache
def _tagger() -> rjieba.Jieba:
    import rjieba  # its dictionary is only worth loading where texts are published

    return rjieba.Jieba()

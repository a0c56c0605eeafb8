"""Surnames: the compound ones, and how a surname is read when the character is usually read otherwise.

The table is our own. Only readings that hold for the character as a surname are listed.
"""

from __future__ import annotations

from openrenda.people.names.text import HAN

_READINGS = """
单 shan|曾 zeng|解 xie|查 zha|仇 qiu|区 ou|任 ren|朴 piao|华 hua|盖 ge|葛 ge|盛 sheng|召 shao|折 she|黑 he|秘 bi|冼 xian
翟 zhai|尉 wei|繁 po|覃 qin|缪 miao|乐 yue|员 yun|贠 yun|晁 chao|种 chong|逄 pang|隗 wei|句 gou|洗 xian|宓 mi|哈 ha
燕 yan|应 ying|宁 ning|干 gan|令 ling|长 chang|车 che|佴 nai|郗 xi|卜 bu|钭 tou|曲 qu|那 na|撒 sa|谌 chen
祭 zhai|过 guo|纪 ji|石 shi|揭 jie|都 du|沈 shen|贾 jia|阚 kan|万 wan|俞 yu|余 yu|谷 gu|牟 mou
臧 zang|焦 jiao|瞿 qu|麻 ma|占 zhan|晟 cheng|夏 xia|洪 hong|厍 she|幺 yao|尹 yin|於 yu|芮 rui|褚 chu|柏 bai
隽 juan|眭 sui|妫 gui|郇 xun|郄 qie
"""
_COMPOUND_READINGS = """
尉迟 yu chi|万俟 mo qi|长孙 zhang sun|单于 chan yu|澹台 tan tai|呼延 hu yan|欧阳 ou yang|司马 si ma|上官 shang guan
诸葛 zhu ge|夏侯 xia hou|皇甫 huang fu|公孙 gong sun|慕容 mu rong|司徒 si tu|司空 si kong|令狐 ling hu|宇文 yu wen
东方 dong fang|闻人 wen ren|赫连 he lian|濮阳 pu yang|淳于 chun yu|公冶 gong ye|宗政 zong zheng|太叔 tai shu
申屠 shen tu|仲孙 zhong sun|轩辕 xuan yuan|钟离 zhong li|鲜于 xian yu|闾丘 lü qiu|亓官 qi guan|司寇 si kou
子车 zi ju|颛孙 zhuan sun|端木 duan mu|巫马 wu ma|公西 gong xi|漆雕 qi diao|乐正 yue zheng|壤驷 rang si
公良 gong liang|拓跋 tuo ba|夹谷 jia gu|宰父 zai fu|谷梁 gu liang|百里 bai li|东郭 dong guo|南门 nan men
羊舌 yang she|微生 wei sheng|梁丘 liang qiu|左丘 zuo qiu|东门 dong men|西门 xi men|南宫 nan gong|第五 di wu|独孤 du gu
爱新觉罗 ai xin jue luo|叶赫那拉 ye he na la|完颜 wan yan|纳兰 na lan
"""


def _parse(text: str) -> dict[str, tuple[str, ...]]:
    pairs = (entry.split(" ") for line in text.split("\n") for entry in line.split("|") if entry)
    return {surname: tuple(syllable.replace("ü", "v") for syllable in syllables) for surname, *syllables in pairs}


SURNAME_READINGS = _parse(_READINGS) | _parse(_COMPOUND_READINGS)
COMPOUND = frozenset(_parse(_COMPOUND_READINGS))


def split_name(name: str) -> tuple[str, str]:
    """(surname, given name). A name with a middle dot, or without Chinese characters, has no surname to split off."""
    if "·" in name or not name or not all(map(HAN.match, name)):
        return name, ""
    for length in (4, 2):
        if len(name) > length and name[:length] in COMPOUND:
            return name[:length], name[length:]
    return name[:1], name[1:]

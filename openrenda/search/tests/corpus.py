"""Invented suggestions: places, matters and ways of saying them, mixed by a seeded chance.

Every matter is written in three independent ways, so that a suggestion can be said again in other words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

_FIRST = "云青临安和永福长瑞东南西北新上下金银玉翠景明清德仁义兴隆康宁"
_SECOND = "川山河湖泉溪江水林园平阳光华昌盛丰乐善庆远达通济源春秋霞"
_PLACE = ("路", "街", "大道", "小区", "社区", "村", "新村", "花园", "街道", "镇")


@dataclass(frozen=True)
class Matter:
    """One matter said in three ways: (title, text), with {place} in them."""

    ways: tuple[tuple[str, str], tuple[str, str], tuple[str, str]]


@dataclass(frozen=True)
class Written:
    """A suggestion: which matter at which place, and how it is said."""

    matter: int
    place: str
    title: str
    text: str


MATTERS = (
    Matter(
        (
            ("关于在{place}增设路灯的建议", "{place}沿线夜间没有照明，老人和学生晚上出行不安全，建议尽快安装路灯。"),
            (
                "关于解决{place}夜间照明不足的建议",
                "天黑以后{place}一片漆黑，居民反映走路看不清，希望加装路灯，改善照明。",
            ),
            ("{place}亮化改造的建议", "{place}路灯缺失，存在安全隐患，请有关部门安装路灯，方便群众夜间出行。"),
        )
    ),
    Matter(
        (
            (
                "关于{place}增加公交线路的建议",
                "{place}居民多，只有一条公交线路，早晚高峰等车时间长，建议增开公交线路。",
            ),
            ("关于优化{place}公交出行的建议", "{place}一带公交车班次少，候车超过半小时，希望新开线路、加密班次。"),
            ("解决{place}群众乘公交难的建议", "群众反映{place}乘坐公交不便，公交站点少，建议增加公交线路和站点。"),
        )
    ),
    Matter(
        (
            ("关于{place}老旧住宅加装电梯的建议", "{place}多为六层住宅，老年人上下楼困难，建议推进既有住宅加装电梯。"),
            (
                "关于支持{place}安装电梯的建议",
                "{place}没有电梯，老人下楼难，邻里意见不一，希望给予补贴，协调加装电梯。",
            ),
            ("推进{place}多层住宅电梯加装的建议", "{place}老龄化程度高，居民盼望加装电梯，请简化审批、做好协调。"),
        )
    ),
    Matter(
        (
            ("关于治理{place}餐饮油烟的建议", "{place}楼下餐馆密集，油烟直排，居民不敢开窗，建议加强油烟治理。"),
            ("关于解决{place}油烟扰民的建议", "{place}饭店油烟味重，夜间尤甚，居民多次投诉，希望安装净化设备并查处。"),
            ("整治{place}饭店油烟的建议", "{place}烧烤店、饭店排放油烟扰民，请城管和环保部门联合整治。"),
        )
    ),
    Matter(
        (
            ("关于缓解{place}停车难的建议", "{place}车位严重不足，车辆乱停，消防通道被占，建议挖潜增建停车位。"),
            ("关于{place}增加停车位的建议", "居民晚上回到{place}找不到车位，车停在人行道上，希望规划停车场。"),
            ("解决{place}停车矛盾的建议", "{place}停车位少，违停占用消防通道，请利用闲置地块建设停车场。"),
        )
    ),
    Matter(
        (
            ("关于{place}开设老年助餐点的建议", "{place}独居老人多，吃饭成难题，建议开办社区食堂，提供助餐服务。"),
            ("关于解决{place}老人吃饭难的建议", "{place}高龄老人做饭不便，希望设立老年食堂，送餐上门。"),
            ("在{place}建设社区食堂的建议", "{place}老年人占三成，居家养老缺少助餐，请布点社区食堂。"),
        )
    ),
    Matter(
        (
            ("关于整治{place}电动自行车充电的建议", "{place}居民从楼上拉线充电，火灾隐患大，建议建设集中充电棚。"),
            ("关于杜绝{place}飞线充电的建议", "{place}飞线充电屡禁不止，希望增设充电设施，加强巡查，防止火灾。"),
            ("在{place}建设电动车充电棚的建议", "{place}电动车多，充电设施少，存在火灾隐患，请安装充电桩。"),
        )
    ),
    Matter(
        (
            ("关于治理{place}河道黑臭的建议", "流经{place}的小河水质发黑发臭，蚊虫多，建议截污清淤，恢复水质。"),
            ("关于改善{place}水环境的建议", "{place}河道淤积，夏天气味难闻，希望河长牵头清淤疏浚、查清排污口。"),
            ("整治{place}黑臭水体的建议", "{place}旁的河道污水直排，水体黑臭，请尽快截污、清淤。"),
        )
    ),
    Matter(
        (
            ("关于增加{place}幼儿园学位的建议", "{place}新建住宅多，幼儿园学位紧张，孩子入园难，建议新建公办幼儿园。"),
            ("关于缓解{place}入园难的建议", "{place}适龄儿童逐年增加，公办园少，家长希望扩建幼儿园、增加学位。"),
            ("在{place}新建公办幼儿园的建议", "{place}只有一所幼儿园，班额超标，请规划建设公办园。"),
        )
    ),
    Matter(
        (
            ("关于{place}排水管网改造的建议", "{place}一下大雨就积水，最深处过膝，建议改造排水管网，消除积水点。"),
            ("关于解决{place}下雨积水的建议", "暴雨时{place}内涝严重，车辆熄火，希望疏通下水道、更换老化管道。"),
            ("治理{place}内涝的建议", "{place}地势低洼，排水不畅，逢雨必涝，请改造管网、增设泵站。"),
        )
    ),
)

_WHO = [
    "居民",
    "村民",
    "代表",
    "家长",
    "老人",
    "商户",
    "学生",
    "残疾人",
    "业主",
    "租户",
    "职工",
    "游客",
    "司机",
    "志愿者",
    "网格员",
    "社区干部",
]
_WHEN = [
    "近年来",
    "今年以来",
    "去年底",
    "上半年",
    "每逢节假日",
    "入夏以来",
    "调研中",
    "走访时",
    "联络站接待日",
    "座谈会上",
]
_WHAT = [
    "绿化养护",
    "健身器材",
    "公共厕所",
    "垃圾分类",
    "物业收费",
    "维修资金",
    "消防设施",
    "监控探头",
    "无障碍坡道",
    "课后服务",
    "家庭医生",
    "预约挂号",
    "医保报销",
    "技能培训",
    "农产品销路",
    "灌溉水渠",
    "机耕道路",
    "快递进村",
    "网络信号",
    "文化活动",
    "图书借阅",
    "广场舞噪声",
    "流浪犬只",
    "共享单车",
    "道路开裂",
    "斑马线",
    "红绿灯时长",
    "施工扬尘",
    "水压不足",
    "燃气改造",
    "供暖温度",
    "就业岗位",
    "创业贷款",
    "营商服务",
    "用地审批",
    "环境监测",
    "食品安全",
    "校车",
    "托育",
    "法律援助",
]
_HOW = [
    "长期没有改善",
    "群众意见较大",
    "进展缓慢",
    "缺少统筹",
    "标准不一",
    "资金不足",
    "责任不清",
    "宣传不够",
    "管理不到位",
    "反复发生",
]
_ASK = [
    "明确牵头单位",
    "列入年度计划",
    "加大财政投入",
    "开展专项整治",
    "建立长效机制",
    "公开办理进度",
    "组织实地调研",
    "完善配套政策",
]


def place(chance: Random) -> str:
    """An invented name of a road, an estate or a village."""
    return chance.choice(_FIRST) + chance.choice(_SECOND) + chance.choice(_PLACE)


def padding(chance: Random, sentences: int) -> str:
    """Sentences that belong to no matter in particular."""
    return "".join(
        f"{chance.choice(_WHEN)}，{place(chance)}的{chance.choice(_WHO)}反映{chance.choice(_WHAT)}{chance.choice(_HOW)}，"
        f"建议{chance.choice(_ASK)}。"
        for _ in range(sentences)
    )


def written(chance: Random, matter: int, where: str, way: int, sentences: int = 3) -> Written:
    """One suggestion about a matter at a place, said in one of three ways."""
    title, text = MATTERS[matter].ways[way]
    return Written(matter, where, title.format(place=where), text.format(place=where) + padding(chance, sentences))


def suggestions(count: int, seed: int = 1) -> Iterator[Written]:
    """That many suggestions; the same for the same seed. On average a little over 300 characters long."""
    chance = Random(seed)
    for _ in range(count):
        yield written(chance, chance.randrange(len(MATTERS)), place(chance), chance.randrange(3), chance.randint(4, 12))


def edited(chance: Random, text: str, share: float = 0.1) -> str:
    """The text with a share of its characters replaced and its sentences in another order."""
    letters = [chance.choice(_FIRST) if chance.random() < share else letter for letter in text]
    sentences = [sentence for sentence in "".join(letters).split("。") if sentence]
    chance.shuffle(sentences)
    return "。".join(sentences) + "。"

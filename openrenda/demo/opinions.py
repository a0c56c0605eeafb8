"""What the residents of the invented district say: some hundred and fifty opinions in every state, through the real steps. Nobody is real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from openrenda.docket.actor import Actor, the_public
from openrenda.docket.models import Matter
from openrenda.people.models import Mandate, Organ, Station
from openrenda.procedures.opinion import words

from .keeping import Keeping
from .places import streets

ALL, FEW = 150, 20
# How many are said after the one that is not clear yet, and after the one that says the same as another.
UNCLEAR, SAME = 6, 5
TO_THE_CITY = 47
# Two of the kind that the station answers itself, in which it found a problem: by number, how long ago, and whether that was solved.
FOLLOWED = ((195, 40, True), (260, 12, False))
SAID = (
    ("trouble", "{estate}门口的路灯坏了{n}盏，晚上老人出门看不清路。", "城市管理"),
    ("trouble", "{road}的井盖松了，车一压就响，夜里睡不着。", "城市管理"),
    ("danger", "{estate}外墙瓷砖往下掉，下面就是孩子上学的路。", "城市管理"),
    ("idea", "{community}想在空地上装几件健身器材，老人孩子都用得上。", "社会民生"),
    ("question", "请问{community}的老年食堂什么时候开，外面的人能不能去吃。", "社会民生"),
    ("trouble", "{road}早上堵得厉害，送孩子上学总迟到，能不能调一调红绿灯。", "交通"),
    ("trouble", "{estate}停水{n}次了，每次都不提前通知。", "社会民生"),
    ("idea", "{road}的行道树挡住了公交站牌，建议修剪一下。", "城市管理"),
    ("trouble", "{community}的健身步道积水，下雨天没法走。", "城市管理"),
    ("question", "老旧小区加装电梯的补贴怎么申请，{estate}几户人家都在问。", "社会民生"),
    ("conduct", "{community}有人反映发放物资时不公开名单。", ""),
    ("court", "我与{estate}物业的官司已经判了，对方一直不执行。", ""),
    ("petition", "关于{road}早年征地补偿的事，多次反映没有结果。", ""),
)  # fmt: skip
SURNAMES = ("王", "李", "周", "吴", "郑", "孙")
CHANNELS = (
    "code",
    "walk_in",
    "portal",
    "phone",
    "visit",
    "code",
    "night_talk",
    "paper_board",
    "code",
    "mobile_point",
    "letter",
    "live_studio",
    "hotline",
)
DONE = (
    "已经派人到现场处理好了，请您看看还有没有问题。",
    "当天就安排了维修，现已恢复正常。",
    "列入了下个月的整改计划，完成后会再告诉您。",
)
RATED = (("yes", "good"), ("yes", "fair"), ("partly", "fair"), ("yes", "good"), ("no", "poor"))


@dataclass
class Voice:
    """One opinion of the demo, with whom it concerns."""

    keeping: Keeping
    number: int
    street: Organ
    resident: Actor
    clerk: Actor
    matter: Matter
    day: date
    nature: str
    level: str

    def take(self, step: str, after: int, data: dict[str, Any] | None = None, by: Actor | None = None) -> None:
        """A step some days after it was said; what would lie in the future is left for the reader."""
        keeping = self.keeping
        day = keeping.worked(self.day + timedelta(days=after))
        if day <= keeping.cast.today:
            keeping.take(self.matter, step, day, data, by=by or self.clerk)

    @property
    def state(self) -> str:
        """The state now."""
        return Matter.objects.get(pk=self.matter.pk).state


def tell(keeping: Keeping, *, few: bool = False) -> None:
    """All of them, oldest first."""
    organs = [row for row in keeping.house.rows.values() if isinstance(row, Organ) and row.kind == "department"]
    count = FEW if few else ALL
    earlier: list[Voice] = []
    followed = list(FOLLOWED)
    for number in range(count):
        days = max(0, (count - number) * 240 // count - 4)
        while followed and followed[0][1] >= days:
            _followed(keeping, organs[0], *followed.pop(0))
        voice = _said(keeping, number, keeping.worked(keeping.cast.today - timedelta(days=days)))
        _went_on(voice, organs[number % len(organs)], earlier, left=count - number)
        earlier.append(voice)


def _followed(keeping: Keeping, organ: Organ, number: int, ago: int, is_solved: bool) -> None:
    """A problem was found in it and is followed; once it is solved, whoever said it is answered by that."""
    voice = _said(keeping, number, keeping.worked(keeping.cast.today - timedelta(days=ago)))
    voice.take("sort", 1, {"nature": voice.nature, "level": voice.level})
    voice.take("find_problem", 2, {"title": voice.matter.title})
    problem = Matter.objects.get(procedure="problem", origins__origin=voice.matter)
    for step, after, data in _on_the_problem(organ, is_solved):
        keeping.take(problem, step, keeping.worked(voice.day + timedelta(days=after)), data, by=voice.clerk)
    _rated(voice)


def _on_the_problem(organ: Organ, is_solved: bool) -> list[tuple[str, int, dict[str, Any]]]:
    steps: list[tuple[str, int, dict[str, Any]]] = [
        ("to_organ", 4, {"organ": organ.pk}),
        ("hand_off", 8, {"what": "单位已到现场察看，材料正在采购。"}),
    ]
    return [*steps, ("solve", 15, {"outcome": "已经修好，联络站到现场看过。"})] if is_solved else steps


def _said(keeping: Keeping, number: int, day: date) -> Voice:
    street = streets()[number % len(streets())]
    organ = keeping.house.row("organ", street.key)
    nature, pattern, _field = SAID[number % len(SAID)]
    near = number % min(len(street.places["estates"]), len(street.places["communities"]), len(street.places["roads"]))
    said = pattern.format(estate=street.places["estates"][near], community=street.places["communities"][near],
                          road=street.places["roads"][near], n=2 + number % 5)  # fmt: skip
    channel = CHANNELS[number % len(CHANNELS)]
    resident = the_public(keeping.house.congress.pk, uuid4())
    clerk = keeping.house.actors["station_clerk", street.key][0]
    station = Station.objects.on(day).filter(street=organ).order_by("number").first()
    data: dict[str, Any] = {"text": said, "channel": channel, "street": organ.pk, "place": street.places["roads"][near]}
    data |= {"station": station.pk} if station else {}
    if number % 3 == 0:
        data |= {"name": f"{SURNAMES[number % len(SURNAMES)]}（虚构）", "phone": f"1390000{number:04d}"}
    if channel == words.VISIT or number % 9 == 0:
        data["deputy"] = _deputy(keeping, number, day)
    by_resident = channel in words.BY_RESIDENTS
    step = "enter" if not by_resident else "say_slowly" if number % 29 == 12 else "say"
    data |= {} if by_resident else {"heard_on": day.isoformat()}
    matter = keeping.open("opinion", step, day, data, by=resident if by_resident else clerk)
    level = (
        "city"
        if number % TO_THE_CITY == FEW - 1
        else ("station", "district", "street", "district", "district")[number % 5]
    )
    return Voice(keeping, number, organ, resident, clerk, matter, day, nature, level)


def _deputy(keeping: Keeping, number: int, day: date) -> Any:
    sitting = keeping.cast.sitting(day)
    return keeping.house.ref("mandate", sitting[number % len(sitting)].key)


def _went_on(voice: Voice, organ: Organ, earlier: list[Voice], *, left: int) -> None:
    """Every road that an opinion may take, by turns; the newest ones stand where their days have brought them."""
    if voice.state == "screened":
        if voice.number % 2 == 0:
            return
        voice.take("let_through", 1)
    if voice.number % 31 == 7 or left == UNCLEAR:
        voice.take("ask_more", 1, {"question": "请说明是哪一栋楼、哪一段路。"})
        return
    if voice.number % 37 == 5 and voice.matter.opinion.get().entered_by is None:
        voice.take("withdraw", 2, by=voice.resident)
        return
    voice.take(
        "sort", 1, {"nature": voice.nature, "level": voice.level, "livelihood": "on" if voice.number % 4 == 0 else ""}
    )
    if voice.state != "sorted":
        return
    same = earlier[-len(SAID)] if left == SAME and len(earlier) >= len(SAID) else None
    if same is not None and Matter.objects.get(pk=same.matter.pk).closed_on is None:
        voice.take("merge", 2, {"into": same.matter.pk}, by=_keeper(voice))
        return
    route = voice.matter.opinion.get().route
    roads: dict[str, Callable[[Voice, Organ, list[Voice]], None]] = {
        "organ": _by_organ,
        "hotline": _by_hotline,
        "refused": _refused,
        "upper": _to_the_city,
    }
    roads.get(route, _here)(voice, organ, earlier)
    _rated(voice)


def _keeper(voice: Voice) -> Actor:
    """Who keeps it now: at the district the deputies' office."""
    return voice.keeping.office if voice.matter.opinion.get().level in ("district", "city") else voice.clerk


def _here(voice: Voice, organ: Organ, earlier: list[Voice]) -> None:
    if voice.number % 41 == 2:
        return
    receiver = voice.matter.parties.filter(role="receiver").first()
    if receiver is not None and voice.number % 2 == 1:
        deputy = _actor_of(voice.keeping, receiver.holder)
        if deputy is not None:
            voice.take("raise_suggestion", 4, by=deputy)
            return
    if voice.number % 5 == 0:
        voice.take("find_problem", 2, {"title": voice.matter.title, "livelihood": "on"})
    voice.take("answer", 3, _answer(voice), by=_keeper(voice))
    if voice.number % 6 == 0 and voice.state == "answered":
        voice.take("publish", 4, {"public_text": voice.matter.opinion.get().text}, by=_keeper(voice))


def _actor_of(keeping: Keeping, holder: Any) -> Actor | None:
    mandate = Mandate.objects.get(pk=holder)
    rows = [row for (seat, _key), actors in keeping.house.actors.items() if seat == "deputy" for row in actors]
    return next((row for row in rows if mandate.pk in row.holders), None)


def _answer(voice: Voice) -> dict[str, Any]:
    text = DONE[voice.number % len(DONE)]
    if text.startswith("列入"):
        due = voice.day + timedelta(days=60)
        return {"answer": text, "result": words.PROMISED, "due_by": due.isoformat()}
    return {"answer": text, "result": words.SOLVED}


def _by_organ(voice: Voice, organ: Organ, earlier: list[Voice]) -> None:
    keeping, office = voice.keeping, _keeper(voice)
    voice.take("hand", 2, {"organ": organ.pk, "note": "请现场察看后答复。"}, by=office)
    if voice.number % 17 == 3 or voice.state != "handling":
        return
    staff = next(
        (
            rows[0]
            for (seat, _k), rows in keeping.house.actors.items()
            if seat == "organ_office" and organ.pk in rows[0].holders
        ),
        None,
    )
    if staff is None:
        return
    voice.take("reply", 9 + voice.number % 14, _answer(voice), by=staff)
    if voice.number % 19 != 4 and voice.state == "replied":
        voice.take("release", 11 + voice.number % 14, by=office)


def _by_hotline(voice: Voice, organ: Organ, earlier: list[Voice]) -> None:
    office = _keeper(voice)
    voice.take("to_hotline", 2, {"ticket": f"JL{voice.number:06d}" if voice.number % 4 else ""}, by=office)
    if voice.number % 3 and voice.matter.opinion.get().ticket and voice.state == "hotline":
        voice.take(
            "hotline_answer",
            8,
            {"answer": "热线已派单处理，承办单位电话答复了您。", "result": words.EXPLAINED},
            by=office,
        )


def _to_the_city(voice: Voice, organ: Organ, earlier: list[Voice]) -> None:
    voice.take("send_up", 3, by=voice.keeping.office)
    if voice.number > ALL // 2 and voice.state == "upper":
        voice.take(
            "upper_answer",
            20,
            {"answer": "市里已列入明年的改造计划。", "result": words.EXPLAINED},
            by=voice.keeping.office,
        )


def _refused(voice: Voice, organ: Organ, earlier: list[Voice]) -> None:
    where = {"court": "人民法院执行局（12368）", "conduct": "监察委员会（12388）"}.get(voice.nature, "信访部门")
    told = {"reason": "这类事项依法由专门机关受理，联络站不能代办。", "where": where}
    voice.take("refuse", 2, told, by=_keeper(voice))


def _rated(voice: Voice) -> None:
    """Two in three give their word; the others keep silent."""
    if voice.state != "answered" or voice.number % 3 == 1:
        return
    solved, attitude = RATED[voice.number % len(RATED)]
    answered = voice.matter.opinion.get().answered_on
    assert answered is not None
    after = (answered - voice.day).days + 2
    if voice.matter.opinion.get().entered_by is None:
        voice.take("rate", after, {"solved": solved, "attitude": attitude}, by=voice.resident)
    else:
        told = {"solved": solved, "attitude": attitude, "way": "电话回访"}
        voice.take("rate_for", after, told, by=_keeper(voice))

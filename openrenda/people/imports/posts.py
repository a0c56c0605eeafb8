"""The sheets of posts, of who held and holds them, and of the questions of the law examination."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from openrenda.docket.situation import book_of
from openrenda.documents.cells import Cell, cell_text, normalise
from openrenda.languages import in_chinese
from openrenda.people.imports import cells
from openrenda.people.imports.sheet import Action, Column, Register, Sheet, Values, given, upsert
from openrenda.people.models import ExamQuestion, Post, Tenure
from openrenda.people.models.post import BEGIN_LABELS, CAPACITY_LABELS, END_LABELS
from openrenda.people.models.question import JUDGEMENT, KIND_LABELS, LETTERS, SINGLE, USE_LABELS
from openrenda.people.offices import DEPUTY_OFFICE, SYSTEM_ADMIN
from openrenda.people.posts import post_kinds, room_in
from openrenda.people.refusals import Refused
from openrenda.tenancy import current_congress_id

POST_KEEPERS = (SYSTEM_ADMIN, DEPUTY_OFFICE)
YES_NO = tuple(map(in_chinese, cells.YES_NO.values()))
FLAGS = ("one_by_one", "on_paper", "examined", "speaks")
FEWEST_CHOICES = 2


def _yes(flag: bool) -> str:
    return YES_NO[0] if flag else YES_NO[1]


def _write_post(values: Values, register: Register) -> Action:
    columns = given(values, "title", "holders", *FLAGS, "position", "since", "until")
    columns["organ"] = register.organ(values["organ"])
    columns["kind"] = _kind(values["kind"])
    found = Post.objects.filter(code=values["code"]).first()
    post, action = upsert(Post, found, columns if found else {"code": values["code"]} | columns)
    room = room_in(post)
    if room is not None and room < 0:
        raise Refused(_("“%(post)s”现有的任职人数超过可任人数，请先核对任职登记。") % {"post": post.title})
    Tenure.objects.filter(post=post).update(alone=post.holders == 1)
    return action


def _kind(written: str) -> str:
    kinds = post_kinds(book_of(current_congress_id()))
    found = next((key for key, kind in kinds.items() if written in (key, kind.label)), None)
    if found is None:
        labels = _("、").join(kind.label for kind in kinds.values())
        raise Refused(_("没有“%(kind)s”这一职务类别，请填：%(labels)s。") % {"kind": written, "labels": labels})
    return found


def _post_rows() -> Iterable[Sequence[Cell]]:
    kinds = post_kinds(book_of(current_congress_id()))
    for row in Post.objects.select_related("organ"):
        kind = kinds[row.kind].label if row.kind in kinds else row.kind
        yield [
            row.code, row.title, row.organ.code, kind, row.holders, *(_yes(getattr(row, flag)) for flag in FLAGS),
            row.position, row.since, row.until,
        ]  # fmt: skip


POSTS = Sheet(
    key="posts",
    title="职务",
    columns=(
        Column("职务代码", "code", cells.code(30), required=True, note="本地自编，不重复，以后不再改动"),
        Column("职务", "title", cells.text(80), required=True),
        Column("机构代码", "organ", cells.code(30), required=True),
        Column("职务类别", "kind", cells.text(50), required=True, note="见规则簿“由常委会任免的职务”"),
        Column("可任人数", "holders", cells.number, kind="integer", note="不填表示不限"),
        Column("逐人表决", "one_by_one", cells.yes_or_no, choices=YES_NO, cleared=False, rare=True),
        Column("纸质票表决", "on_paper", cells.yes_or_no, choices=YES_NO, cleared=False, rare=True),
        Column("法律知识考试", "examined", cells.yes_or_no, choices=YES_NO, cleared=False),
        Column("任前发言", "speaks", cells.yes_or_no, choices=YES_NO, cleared=False, rare=True),
        Column("排序", "position", cells.number, kind="integer", cleared=0, rare=True),
        Column("设立日期", "since", cells.date, required=True, kind="date"),
        Column("撤销日期", "until", cells.date, kind="date"),
    ),
    identity=("code",),
    write=_write_post,
    rows=_post_rows,
    examples=[["ZF-01", "青山区副区长", "Z01", "政府副职领导人员", 5, "否", "否", "是", "否", 10, "2022-01-10", None]],
    keepers=POST_KEEPERS,
)  # fmt: skip


def _write_tenure(values: Values, register: Register) -> Action:
    post = Post.objects.filter(code=values["post"]).first()
    if post is None:
        raise Refused(_("职务表中没有代码为“%(value)s”的职务，请先导入职务或者核对代码。") % {"value": values["post"]})
    person = register.person(values["name"], values.get("birth_year"))
    columns = given(values, "capacity", "begun_as", "basis", "until", "ended_as", "end_basis")
    key = {"post": post, "person": person, "since": values["since"]}
    found = Tenure.objects.filter(**key).first()
    if found is not None and found.matter_id:
        columns = given(values, "until", "ended_as", "end_basis")
    tenure, action = upsert(Tenure, found, columns if found else key | columns)
    if tenure.until is None and (room := room_in(post)) is not None and room < 0:
        raise Refused(
            _("“%(post)s”只能由%(count)d人担任，请先登记原任人员的终止日期。")
            % {"post": post.title, "count": post.holders}
        )
    return action


def _tenure_rows() -> Iterable[Sequence[Cell]]:
    for row in Tenure.objects.with_names().order_by("post__code", "since", "id"):
        yield [
            row.post.code, row.person.name, row.person.birth_year, in_chinese(CAPACITY_LABELS[row.capacity]),
            in_chinese(BEGIN_LABELS[row.begun_as]), row.since, row.basis, row.until,
            in_chinese(END_LABELS[row.ended_as]) if row.ended_as else None, row.end_basis,
        ]  # fmt: skip


TENURES = Sheet(
    key="tenures",
    title="任职",
    columns=(
        Column("职务代码", "post", cells.code(30), required=True),
        Column("姓名", "name", cells.name, required=True),
        Column("出生年份", "birth_year", cells.birth_year, kind="integer", note="有同名同姓时必填"),
        Column("任职方式", "capacity", cells.choice(CAPACITY_LABELS), choices=tuple(map(in_chinese, CAPACITY_LABELS.values()))),
        Column("产生方式", "begun_as", cells.choice(BEGIN_LABELS), choices=tuple(map(in_chinese, BEGIN_LABELS.values()))),
        Column("任职日期", "since", cells.date, required=True, kind="date"),
        Column("任职依据", "basis", cells.text(200), required=True, note="哪次会议的决定；系统中办理的任免自动登记，不在这里填"),
        Column("终止日期", "until", cells.date, kind="date"),
        Column("终止原因", "ended_as", cells.choice(END_LABELS), choices=tuple(map(in_chinese, END_LABELS.values()))),
        Column("终止依据", "end_basis", cells.text(200), rare=True),
    ),
    identity=("post", "name", "birth_year", "since"),
    write=_write_tenure,
    rows=_tenure_rows,
    examples=[["ZF-01", "张三", 1975, "任职", "常委会任命", "2022-02-25", "区五届人大常委会第一次会议", None, None, None]],
    keepers=POST_KEEPERS,
)  # fmt: skip


def _choices(value: Cell) -> list[str]:
    """The answers to choose from, a line or a semicolon between them, with or without their letters."""
    written = [part.strip() for part in re.split(r"[\n;；]", cell_text(value)) if part.strip()]
    found = [re.sub(r"^[A-Fa-fＡ-Ｆ][.、．:：\s]\s*", "", part) for part in written]
    if not FEWEST_CHOICES <= len(found) <= len(LETTERS):
        raise ValueError(_("选项有 %(count)s 个，应为2至6个，每个之间用分号或者换行隔开。") % {"count": len(found)})
    return found


def _key(value: Cell) -> str:
    """Letters; 对 and 错 for a judgement."""
    written = re.sub(r"[\s,，、]", "", normalise(cell_text(value))).upper()
    written = {"对": "A", "正确": "A", "√": "A", "错": "B", "错误": "B", "×": "B"}.get(written, written)
    if not written or set(written) - set(LETTERS):
        raise ValueError(
            _("“%(value)s”不是答案，请填选项的字母，例如 A 或者 ACD；判断题填“对”或者“错”。") % {"value": written}
        )
    return "".join(sorted(set(written)))


def _write_question(values: Values, register: Register) -> Action:
    choices = values.get("choices") or []
    options = LETTERS[: FEWEST_CHOICES if values["kind"] == JUDGEMENT else len(choices)]
    if values["kind"] != JUDGEMENT and not choices:
        raise Refused(_("单选题、多选题请填写选项。"))
    if set(values["key"]) - set(options):
        raise Refused(_("答案“%(key)s”不在选项之内，请核对。") % {"key": values["key"]})
    if values["kind"] in (SINGLE, JUDGEMENT) and len(values["key"]) != 1:
        raise Refused(_("单选题、判断题只能有一个答案。"))
    columns = given(values, "kind", "use", "text", "key", "law", "retired_on") | {"choices": choices}
    found = ExamQuestion.objects.filter(code=values["code"]).first()
    return upsert(ExamQuestion, found, columns if found else {"code": values["code"]} | columns)[1]


def _question_rows() -> Iterable[Sequence[Cell]]:
    for row in ExamQuestion.objects.all():
        lines = [f"{letter}. {words}" for letter, words in zip(LETTERS, row.choices, strict=False)]
        yield [
            row.code, in_chinese(KIND_LABELS[row.kind]), in_chinese(USE_LABELS[row.use]), row.text, "\n".join(lines),
            row.key, row.law, row.retired_on,
        ]  # fmt: skip


QUESTIONS = Sheet(
    key="exam-questions",
    title="法律知识考试题库",
    columns=(
        Column("题号", "code", cells.code(30), required=True),
        Column("题型", "kind", cells.choice(KIND_LABELS), required=True, choices=tuple(map(in_chinese, KIND_LABELS.values()))),
        Column("用途", "use", cells.choice(USE_LABELS), choices=tuple(map(in_chinese, USE_LABELS.values())), note="考试题不用于练习，以免泄题；不填为考试"),
        Column("题目", "text", cells.text(1000), required=True),
        Column("选项", "choices", _choices, note="用分号或者换行隔开；判断题不填"),
        Column("答案", "key", _key, required=True, rare=True),
        Column("法律条文", "law", cells.text(200)),
        Column("停用日期", "retired_on", cells.date, kind="date", rare=True),
    ),
    identity=("code",),
    write=_write_question,
    rows=_question_rows,
    examples=[["F-001", "单选题", "考试", "常务委员会的决议由谁的过半数通过？", "到会人员；全体组成人员；主任会议成员", "B", "《地方组织法》", None]],
    keepers=POST_KEEPERS,
)  # fmt: skip

"""The figures of suggestions (SUG-19, B16): each a part and a whole over the facts beside it, with its formula in words.

No official formula exists for these rates; each one prints its own. Received, answered, promised, done and confirmed are five
dates and never one.
"""

from __future__ import annotations

from django.db.models import F, Q

from openrenda.figures import Figure, FigureSet, Population, Shown
from openrenda.figures.groups import by_category, by_class, by_month, by_organ, by_session, by_street, by_year
from openrenda.figures.language import CASES

from . import facts
from .facts import SATISFIED, each, first_judgement, last_judgement, some, taken

PARTS_APART = "分别办理的建议在每个承办单位各计一次，所以各单位之和可能大于总数。"

SUGGESTIONS = Population(
    "suggestions", "接收的建议", CASES, facts.received, handled=facts.handled,
    facts={
        "during": lambda period: Q(in_session=True),
        "between": lambda period: Q(in_session=False) & ~facts.imported(period),
        "joint": lambda period: Q(cosigners__gt=0),
        "withdrawn": facts.withdrawn,
        "reference": taken("to_reference"),
        "merged": facts.merged,
        "assigned": facts.assigned,
        "declined": taken("decline"),
        "reassigned": taken("reassign"),
        "extended": taken(*facts.EXTENDING),
        "answered": facts.answered,
        "closed": facts.closed,
        "published_answer": facts.published_answer,
        "contacted": each(facts.contacted_itself),
        "met": each(facts.met_itself),
        "timed": each(facts.timed_itself),
        "late": some(facts.late_itself),
        "supervised": facts.supervised,
        "reopened": taken("reopen"),
        "reopened_open": some(facts.reopened_itself),
        "classed": facts.classed(),
        "solved": facts.classed(solved=True),
        "judged_first": each(facts.judged_first),
        "not_satisfied_first": first_judgement(~Q(result__in=SATISFIED)),
        "attitude_not_satisfied": first_judgement(~Q(attitude__in=SATISFIED)),
        "judged": each(facts.judged_itself),
        "not_satisfied": last_judgement(~Q(result__in=SATISFIED)),
        "less_than_satisfied": last_judgement(~Q(result="satisfied")),
        "fell_silent": taken("fall_silent"),
        "public": some(facts.public),
    },
    splits=(
        by_organ(lambda period: F("handler"), note=PARTS_APART), by_category("category_id"), by_street("street_id"),
        by_session("session_id"), by_class(facts.result_class, note=PARTS_APART), by_month("received_on"), by_year("received_on"),
    ),
    columns=(Shown("承办单位", "organ_name"), Shown("接收", "received_on"), Shown("答复", "replied_on")),
    beside=("received", "late", "response_rate"),
)  # fmt: skip
UNDATED = Population(
    "undated", "没有接收日期的历史记录", CASES, facts.undated,
    columns=(Shown("承办单位", "organ_name"), Shown("会次", "session_name"), Shown("答复", "replied_on")),
)  # fmt: skip
DRAFTS = Population("settled", "提出前解决的草稿", CASES, facts.settled)

ANSWERED = Q(answered=True)
DUE = Q(answered=True, timed=True) | Q(late=True)
JUDGED_FIRST = Q(answered=True, judged_first=True)
JUDGED = Q(answered=True, judged=True)
ON_RECORD = Q(answered=True, published_answer=False) | JUDGED
NOT_IN_RATE = "没有评价（逾期未评价、尚未评价、历史记录没有评价）"
NOT_FIRST = "没有首次评价（逾期未评价、尚未评价、历史记录分不清是否首次）"

FIGURES = (
    Figure("received", "接收", "统计期内接收（编号）的建议件数。分别办理的算一件，并案的每件都算；没有接收日期的历史记录不计入，另列。", SUGGESTIONS, label_en="Received", group="提"),
    Figure("in_session", "大会期间", "接收的建议中，大会期间提出的。", SUGGESTIONS, Q(during=True), label_en="In session", group="提"),
    Figure("between_sessions", "闭会期间", "接收的建议中，闭会期间提出的。", SUGGESTIONS, Q(between=True), label_en="Between sessions", group="提"),
    Figure("time_unknown", "提出时段不明", "接收的历史记录中，没有写明大会期间还是闭会期间提出的。", SUGGESTIONS, Q(during=False, between=False), label_en="In session or not unknown", group="提", basis="SUG-20"),
    Figure("joint", "联名提出", "接收的建议中，有联名代表的。", SUGGESTIONS, Q(joint=True), label_en="Joint", group="提", basis="SUG-04"),
    Figure("undated", "没有接收日期的历史记录", "导入的历史记录中没有写明接收日期的，不计入任何年度；会次写明的，按会次统计时计入。", UNDATED, label_en="Past records without a day", group="提", basis="SUG-20"),
    Figure("settled_before", "提出前已解决", "统计期内征询沟通后在提出前解决的草稿，单独统计，不计入接收。", DRAFTS, label_en="Settled before raising", group="提"),
    Figure("withdrawn", "撤回", "接收后撤回的建议；分别办理的，各件都撤回才算。", SUGGESTIONS, Q(withdrawn=True), label_en="Withdrawn", group="提", basis="SUG-05"),
    Figure("reference", "转工作参考", "接收后转工作参考或者代表来信处理的。", SUGGESTIONS, Q(reference=True), label_en="Kept for reference", group="交", basis="SUG-02"),
    Figure("assigned", "交办", "接收的建议中，截至统计日已交办的；并案的随主件交办。", SUGGESTIONS, Q(assigned=True), label_en="Handed over", group="交", basis="SUG-06"),
    Figure("not_assigned", "未交办", "接收的建议中，截至统计日尚未交办的（不含撤回、转工作参考、并案）。", SUGGESTIONS, Q(assigned=False, withdrawn=False, reference=False, merged=False), label_en="Not handed over", group="交", basis="SUG-06"),
    Figure("merged", "并案", "接收的建议中，截至统计日并入其他建议办理的；每件仍分别答复、分别评价。", SUGGESTIONS, Q(merged=True), label_en="Merged", group="交", basis="SUG-18"),
    Figure("declined", "申请退办", "接收的建议中，承办单位申请过退办的。", SUGGESTIONS, Q(declined=True), label_en="Declined", group="交", basis="SUG-07.return"),
    Figure("reassigned", "改交", "接收的建议中，退办后改交其他单位的。", SUGGESTIONS, Q(reassigned=True), label_en="Reassigned", group="交", basis="SUG-07.reassign"),
    Figure("extended", "延期", "接收的建议中，经同意或者依法延长过答复期限的。", SUGGESTIONS, Q(extended=True), label_en="Extended", group="办", basis="SUG-08"),
    Figure("contact_rate", "联系率", "有联系记录的 ÷ 已答复。并案的以主件的联系记录计；历史记录没有联系情况，不计入。", SUGGESTIONS, Q(contacted=True), Q(answered=True, published_answer=False), ANSWERED, "有联系记录", "已答复", "历史记录", label_en="Contacted", group="办", basis="REP-06"),
    Figure("meeting_rate", "面商率", "有当面联系记录（走访、座谈、现场察看）的 ÷ 已答复，仅电话联系的不算。并案的以主件的联系记录计；历史记录没有联系情况，不计入。", SUGGESTIONS, Q(met=True), Q(answered=True, published_answer=False), ANSWERED, "有当面联系", "已答复", "历史记录", label_en="Met in person", group="办"),
    Figure("answered", "已答复", "接收的建议中，截至统计日已答复的；分别办理的，各承办单位都答复才算。", SUGGESTIONS, ANSWERED, label_en="Answered", group="复"),
    Figure("closed", "办结", "接收的建议中，截至统计日已办结的（代表作出满意或基本满意的评价、逾期未评价、会商登记后）；办结不等于解决，办结后重新办理、还没有再次办结的不计；分别办理的，各件都办结才算。", SUGGESTIONS, Q(closed=True), label_en="Closed", group="复", basis="SUG-12", definition=2),
    Figure("not_answered", "未答复", "已交办、没有撤回、截至统计日尚未答复的。", SUGGESTIONS, Q(assigned=True, withdrawn=False, answered=False), label_en="Not answered", group="复"),
    Figure("answer_rate", "办复率", "已答复 ÷ 已交办。交办后撤回的不计入。", SUGGESTIONS, ANSWERED, Q(assigned=True, withdrawn=False), Q(assigned=True), "已答复", "已交办", "交办后撤回", label_en="Answer rate", group="复"),
    Figure("in_time_rate", "按期办复率", "按期答复（含延长后的期限） ÷ 应答复（已答复的和逾期未答复的）。分别办理的，有一件逾期即为逾期；没有期限的历史记录不计入。", SUGGESTIONS, Q(late=False), DUE, ANSWERED, "按期答复", "应答复", "没有期限记录", label_en="Answered in time", group="复", basis="REP-05"),
    Figure("late", "逾期", "超过答复期限才答复的，和超过期限仍未答复的。", SUGGESTIONS, Q(late=True), label_en="Late", group="复", basis="REP-05"),
    Figure("solved_rate", "解决率", "最后一次答复的分类属于“已经解决”的 ÷ 已答复且有分类的。分别办理的，各件都解决才算；核查不实重新办理、尚未再次答复的不算解决；分类不在现行方案中的不计入。", SUGGESTIONS, Q(solved=True), Q(answered=True, classed=True), ANSWERED, "已解决", "已答复且有分类", "没有分类或者分类不在现行方案中", label_en="Solved", group="复", basis="SUG-11", definition=2),
    Figure("supervised", "领衔督办", "接收的建议中，截至统计日有主任会议成员或者街道负责人督办的；撤销督办的不算。", SUGGESTIONS, Q(supervised=True), label_en="Under supervision", group="督", basis="SUG-16.lead"),
    Figure("not_supervised", "无人领衔督办", "大会期间提出并接收、截至统计日没有人领衔督办的（不含撤回、转工作参考、并案）。", SUGGESTIONS, Q(during=True, supervised=False, withdrawn=False, reference=False, merged=False), label_en="Nobody leads", group="督", basis="SUG-16.lead"),
    Figure("reopened", "办结后重新办理", "接收的建议中，办结后因现场核查与办结情况不符、背对背测评不满意而重新办理过的；原办结和评价保留。", SUGGESTIONS, Q(reopened=True), label_en="Reopened", group="督", basis="B15.reopen"),
    Figure("reopened_open", "重新办理尚未答复", "接收的建议中，办结后重新办理、截至统计日尚未再次答复的；这些不再计入已解决。", SUGGESTIONS, Q(reopened_open=True), label_en="Reopened and not answered again", group="督", basis="B15.reopen"),
    Figure("judged", "已评价", "已答复的建议中，领衔代表作出评价的。", SUGGESTIONS, JUDGED, label_en="Judged", group="评", basis="SUG-12"),
    Figure("response_rate", "评价反馈率", "作出评价 ÷ 已答复。没有评价的历史记录不计入。", SUGGESTIONS, JUDGED, ON_RECORD, ANSWERED, "已评价", "已答复", "没有评价的历史记录", label_en="Response rate", group="评", basis="SUG-12"),
    Figure("satisfaction_first", "满意率（首次）", "首次评价对结果满意和基本满意 ÷ 首次作出评价。", SUGGESTIONS, Q(not_satisfied_first=False), JUDGED_FIRST, ANSWERED, "满意和基本满意", "首次作出评价", NOT_FIRST, label_en="Satisfied, first judgement", group="评", basis="SUG-12"),
    Figure("satisfaction", "满意率（最终）", "最后一次评价对结果满意和基本满意 ÷ 作出评价。", SUGGESTIONS, Q(not_satisfied=False), JUDGED, ANSWERED, "满意和基本满意", "作出评价", NOT_IN_RATE, label_en="Satisfied, last judgement", group="评", basis="SUG-12"),
    Figure("fully_satisfied", "满意率（不含基本满意）", "最后一次评价对结果满意 ÷ 作出评价。", SUGGESTIONS, Q(less_than_satisfied=False), JUDGED, ANSWERED, "满意", "作出评价", NOT_IN_RATE, label_en="Satisfied without reservation", group="评", basis="SUG-12"),
    Figure("attitude", "态度满意率", "首次评价对态度满意和基本满意 ÷ 首次作出评价。", SUGGESTIONS, Q(attitude_not_satisfied=False), JUDGED_FIRST, ANSWERED, "满意和基本满意", "首次作出评价", NOT_FIRST, label_en="Attitude", group="评", basis="SUG-12"),
    Figure("not_satisfied", "不满意", "首次评价对结果不满意，应当重新办理的。", SUGGESTIONS, JUDGED_FIRST & Q(not_satisfied_first=True), label_en="Not satisfied", group="评", basis="SUG-13"),
    Figure("silent", "逾期未评价", "已答复，经催促逾期未作首次评价的；单独统计，不作满意计。", SUGGESTIONS, Q(answered=True, judged=False, fell_silent=True), label_en="Silent", group="评", basis="SUG-12"),
    Figure("not_yet_judged", "尚未评价", "已答复、没有评价，也没有逾期的；历史记录除外。", SUGGESTIONS, Q(answered=True, judged=False, fell_silent=False, published_answer=False), label_en="Not yet judged", group="评", basis="SUG-12"),
    Figure("public", "已公开", "接收的建议中，截至统计日已向社会公开的。", SUGGESTIONS, Q(public=True), label_en="Published", group="公开", basis="SUG-15"),
)  # fmt: skip

SETS = (
    FigureSet(
        "handling-report", "建议办理情况报告：各项数字", "Report on handling: its figures",
        ("received", "in_session", "between_sessions", "assigned", "answered", "answer_rate", "in_time_rate", "late", "contact_rate",
         "meeting_rate", "solved_rate", "promises", "open_promises", "overdue_promises", "satisfaction", "not_satisfied", "silent", "public"),
        basis="B15.report",
    ),
)  # fmt: skip

__all__ = ["FIGURES", "SETS"]

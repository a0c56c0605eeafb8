"""Deputies' suggestions 代表建议、批评和意见: 提、交、办、督、评.

代表法（2025）第二十四条、第三十六条、第五十一条; the working rules are local (SUG-01 to SUG-22) and come from the rulebook.
Read the table below beside the regulation: every row is one step.
"""

from __future__ import annotations

from openrenda.docket.language import (
    CHILDREN,
    HISTORY,
    LINKED,
    PARENT,
    THE_CLOCK,
    THE_KIN,
    After,
    Clock,
    Numbering,
    Procedure,
    Sealed,
    State,
    Step,
)  # fmt: skip
from openrenda.docket.situation import Situation

from ..offices import (
    ASKED_TO_CONFIRM,
    ASKED_TO_JUDGE,
    ATTITUDE_SUPERVISOR,
    AUDITORS,
    CONSULTED,
    COSIGNER,
    DELEGATION_HEADS,
    DEPUTIES,
    DEPUTY_OFFICE,
    GOVERNMENT_OFFICE,
    HANDLER,
    HANDLER_CHIEF,
    HANDLER_HEAD,
    HANDLER_OFFICE,
    INVITED,
    LEADERS,
    ONCE_CONSULTED,
    SPONSOR,
    STREET_REVIEWER,
)  # fmt: skip
from . import bars, effects, forms, history
from .records import PART_SERIES, RECORDS, Suggestion

SIGNERS = (SPONSOR, COSIGNER)
BEFORE_RAISED = (*SIGNERS, INVITED, CONSULTED, ONCE_CONSULTED)
IN_REVIEW = (*SIGNERS, STREET_REVIEWER, DEPUTY_OFFICE, AUDITORS)
EVERYBODY = (*SIGNERS, STREET_REVIEWER, DEPUTY_OFFICE, GOVERNMENT_OFFICE, HANDLER, HANDLER_OFFICE, HANDLER_HEAD, HANDLER_CHIEF,
             ASKED_TO_CONFIRM, ASKED_TO_JUDGE, ATTITUDE_SUPERVISOR, LEADERS, AUDITORS, ONCE_CONSULTED, DEPUTIES)  # fmt: skip
TRUSTED = tuple(office for office in EVERYBODY if office not in (DEPUTIES, LEADERS, ONCE_CONSULTED))

# fmt: off
DRAFT           = State("draft",           "拟稿",     "Draft",             "raise", untimed="由代表自行安排", seen_by=BEFORE_RAISED)
SETTLED         = State("settled",         "提出前已解决", "Settled beforehand", "raise", final=True, seen_by=(*SIGNERS, ONCE_CONSULTED, DEPUTY_OFFICE, AUDITORS))
STREET_REVIEW   = State("street_review",   "街道阅看",   "Subdistrict review", "raise", seen_by=IN_REVIEW)
DISTRICT_REVIEW = State("district_review", "区级阅看",   "District review", "raise", seen_by=IN_REVIEW)
RETURNED        = State("returned",        "退回修改",   "Returned",          "raise", untimed="由代表决定修改、坚持提交或者撤回", seen_by=IN_REVIEW)
RECEIVED        = State("received",        "已接收",    "Received",          "assign")
REFERRED        = State("referred",        "转政府交办",  "Referred to the government", "assign")
MERGED          = State("merged",          "并案办理",   "Merged",            "handle", untimed="随主件办理和答复")
SEPARATE        = State("separate",        "分别办理",   "Handled separately", "handle", untimed="各承办单位分别计时")
ASSIGNED        = State("assigned",        "已交办",    "Referred for handling", "assign")
DECLINING       = State("declining",       "申请退办",   "Return asked for",  "assign")
HANDLING        = State("handling",        "办理中",    "In handling",       "handle")
EXTENSION_ASKED = State("extension_asked", "申请延期",   "Extension asked",   "handle")
DRAFTED         = State("drafted",         "答复待签发",  "Reply to be signed", "handle")
REPLIED         = State("replied",         "已答复",    "Replied",           "judge")
REHANDLING      = State("rehandling",      "重新办理",   "Being re-handled", "handle")
DRAFTED_AGAIN   = State("drafted_again",   "再次答复待签发", "Second reply to be signed", "handle")
REPLIED_AGAIN   = State("replied_again",   "已再次答复",  "Replied again",     "judge")
MEETING         = State("meeting",         "双方会商",   "Meeting of both sides", "judge")
CLOSED          = State("closed",          "办结",     "Closed",            "judge", final=True)
WITHDRAWN       = State("withdrawn",       "已撤回",    "Withdrawn",         "raise", final=True, seen_by=(*SIGNERS, STREET_REVIEWER, DEPUTY_OFFICE, HANDLER, AUDITORS))
REFERENCE       = State("reference",       "转工作参考",  "Kept for reference", "assign", final=True)

UNDER_WAY = (RECEIVED, REFERRED, ASSIGNED, DECLINING, HANDLING, EXTENSION_ASKED, DRAFTED)
IN_HAND   = (HANDLING, EXTENSION_ASKED, REHANDLING)
SUPERVISED = (*UNDER_WAY, SEPARATE, REPLIED, REHANDLING, DRAFTED_AGAIN, REPLIED_AGAIN, MEETING)
ANSWERED  = (REPLIED, REHANDLING, DRAFTED_AGAIN, REPLIED_AGAIN, MEETING, CLOSED)


def raised_in_session(situation: Situation) -> bool:
    """Whether the suggestion was raised during a session."""
    return bool(situation.record.in_session) and history.day_is_known(situation)


def raised_between_sessions(situation: Situation) -> bool:
    """Whether the suggestion was raised when the congress was not in session."""
    return not situation.record.in_session and history.day_is_known(situation)


def series(situation: Situation) -> str:
    """Per session, or per year between sessions (SUG-20)."""
    record = situation.record
    return f"session:{record.session_id}" if record.in_session else f"between:{situation.today.year}"


def number(situation: Situation, counter: int) -> str:
    """As the congress prints it."""
    kind = "session" if situation.record.in_session else "between"
    pattern = str(situation.book.option(f"option.number_pattern.{kind}"))
    return pattern.format(number=counter, year=situation.today.year)


def series_of_parts(situation: Situation) -> str:
    """The parts of one suggestion are counted for themselves."""
    return f"{PART_SERIES}{situation.matter.parent_id}"


def number_of_part(situation: Situation, counter: int) -> str:
    """The number of the whole, and which part of it (SUG-06)."""
    pattern = str(situation.book.option("option.number_pattern.part"))
    return pattern.format(whole=situation.matter.parent.number, number=counter)


NUMBERED = Numbering(series, number)
PART_NUMBERED = Numbering(series_of_parts, number_of_part)

STEPS = (
    # 提：拟稿、联名、征询、提交
    Step("propose",      "起草建议",   None,     DRAFT,   by=(DEPUTIES, DELEGATION_HEADS), basis="REP-02", label_en="Draft",  records=forms.Draft, does=effects.begin_draft, agent=True),
    Step("open_split",   "由其他事项另立", None,     DRAFT,   by=THE_KIN,   basis="SUG-01", label_en="Opened from another matter", records=forms.Part, does=effects.begin_part),
    Step("open_from_bill", "由议案转来", None,   RECEIVED, by=THE_KIN,  basis="SUG-17", label_en="From a bill", records=forms.Part, does=effects.begin_from_bill, numbers=NUMBERED, tells=(SPONSOR,)),
    Step("revise",       "修改",     (DRAFT, RETURNED), None, by=SPONSOR, basis="REP-02", label_en="Revise", records=forms.Draft, does=effects.write_draft, optional=True, agent=True),
    Step("invite",       "邀请联名",   DRAFT,    None,    by=SPONSOR,   basis="SUG-04", label_en="Invite co-signers", records=forms.Invite, does=effects.invite, tells=(INVITED,), optional=True, agent=True),
    Step("uninvite",     "撤回邀请",   DRAFT,    None,    by=SPONSOR,   basis="SUG-04", label_en="Take invitations back", records=forms.Uninvite, does=effects.uninvite, optional=True, agent=True),
    Step("cosign",       "确认联名",   DRAFT,    None,    by=INVITED,   basis="SUG-04", label_en="Co-sign", records=forms.Cosign, does=effects.cosign, tells=(SPONSOR,), agent=True),
    Step("refuse_cosign","谢绝联名",   DRAFT,    None,    by=INVITED,   basis="SUG-04", label_en="Decline to co-sign", records=forms.OptionalReason, does=effects.refuse_cosign, tells=(SPONSOR,), agent=True),
    Step("consult",      "提出前征询",  DRAFT,    None,    by=SPONSOR,   basis="CONSULT.answer", label_en="Ask an organ beforehand", records=forms.Consult, does=effects.consult, tells=(CONSULTED,), optional=True, agent=True),
    Step("answer_consultation", "回复征询", DRAFT, None,   by=CONSULTED, basis="CONSULT.answer", label_en="Answer", records=forms.Answer, does=effects.answer, tells=(SPONSOR,)),
    Step("settle",       "提出前已解决", DRAFT,    SETTLED, by=SPONSOR,   basis="CONSULT.answer", label_en="Settled", records=forms.Settle, does=effects.settle, opens=effects.telling.settled, optional=True, agent=True, confirm="这件草稿将以“提出前已解决”结束，不再作为建议提出，单独统计。"),
    Step("submit_to_street", "提交街道阅看", DRAFT, STREET_REVIEW, by=SPONSOR, basis="B03.street", label_en="Submit to the subdistrict", only_if=("option.street_review", True), records=forms.Submit, barred_by=(bars.text_missing, bars.invitations_open, bars.no_street), does=effects.submit, tells=(STREET_REVIEWER,), agent=True),
    Step("submit",       "提交",     DRAFT,    DISTRICT_REVIEW, by=SPONSOR, basis="REP-03", label_en="Submit", records=forms.Submit, barred_by=(bars.text_missing, bars.invitations_open, bars.street_comes_first), does=effects.submit, tells=(DEPUTY_OFFICE,), agent=True),
    # 阅：街道、区级两级
    Step("street_pass",  "阅看通过",   STREET_REVIEW, DISTRICT_REVIEW, by=STREET_REVIEWER, basis="B03.street", label_en="Pass", records=forms.Review, does=effects.review_at("street"), tells=(SPONSOR, DEPUTY_OFFICE)),
    Step("street_return","退回修改",   STREET_REVIEW, RETURNED, by=STREET_REVIEWER, basis="B03.street", label_en="Return", records=forms.ReviewReturn, does=effects.review_at("street"), tells=(SPONSOR,)),
    Step("district_pass","阅看通过并接收", DISTRICT_REVIEW, RECEIVED, by=DEPUTY_OFFICE, basis="B03.district", label_en="Pass and receive", records=forms.Review, other_than=("street_pass",), does=effects.pass_and_receive, numbers=NUMBERED, tells=(SPONSOR,)),
    Step("district_return","退回修改", DISTRICT_REVIEW, RETURNED, by=DEPUTY_OFFICE, basis="B03.district", label_en="Return", records=forms.ReviewReturn, does=effects.review_at("district"), tells=(SPONSOR,)),
    Step("resubmit_to_street", "修改后提交街道", RETURNED, STREET_REVIEW, by=SPONSOR, basis="B03.street", label_en="Resubmit to the subdistrict", only_if=("option.street_review", True), records=forms.Submit, barred_by=(bars.text_missing, bars.no_street, bars.street_has_passed), does=effects.submit, tells=(STREET_REVIEWER,), agent=True),
    Step("resubmit",     "修改后提交",  RETURNED, DISTRICT_REVIEW, by=SPONSOR, basis="B03.district", label_en="Resubmit", records=forms.Submit, barred_by=(bars.text_missing, bars.street_comes_first), does=effects.submit, tells=(DEPUTY_OFFICE,), agent=True),
    Step("file_as_is",   "坚持按原文提交", RETURNED, RECEIVED, by=SPONSOR, basis="REP-02", label_en="File as it is", records=forms.Reason, barred_by=(bars.text_missing,), does=effects.receive, numbers=NUMBERED, tells=(DEPUTY_OFFICE,), optional=True, agent=True, confirm="阅看意见将随件保留，建议按您的原文接收。"),
    Step("split",        "拆为两件",   (DRAFT, RETURNED), None, by=SPONSOR, basis="SUG-01", label_en="Split in two", records=forms.Split, opens=effects.split_off, optional=True, agent=True),
    Step("agree_withdrawal", "同意撤回", UNDER_WAY, None, by=COSIGNER, basis="SUG-05", label_en="Agree to withdraw", records=forms.OptionalReason, tells=(SPONSOR,), optional=True, agent=True),
    Step("withdraw",     "撤回",     (DRAFT, STREET_REVIEW, DISTRICT_REVIEW, RETURNED, *UNDER_WAY), WITHDRAWN, by=SPONSOR, basis="SUG-05", label_en="Withdraw", records=forms.Reason, barred_by=(bars.cosigners_not_agreed,), opens=effects.telling.ended, tells=(COSIGNER, DEPUTY_OFFICE, HANDLER), optional=True, agent=True, confirm="撤回后办理终止，不能恢复。"),
    # 交：分类、合并、交办、签收、退办
    Step("categorise",   "归类",     (DISTRICT_REVIEW, *UNDER_WAY), None, by=DEPUTY_OFFICE, basis="SUG-06", label_en="Sort", records=forms.Categorise, does=effects.categorise, optional=True, batch=True),
    Step("merge",        "并案",     RECEIVED, MERGED,  by=DEPUTY_OFFICE, basis="SUG-18", label_en="Merge", records=forms.Merge, barred_by=(bars.main_is_unfit, bars.is_main_of_others), does=effects.merge, tells=(SPONSOR, COSIGNER), optional=True),
    Step("unmerge",      "撤销并案",   MERGED,   RECEIVED, by=DEPUTY_OFFICE, basis="SUG-18", label_en="Undo the merger", records=forms.Reason, does=effects.unmerge, tells=(SPONSOR, COSIGNER), optional=True),
    Step("to_reference", "转工作参考",  (DISTRICT_REVIEW, RECEIVED), REFERENCE, by=DEPUTY_OFFICE, basis="SUG-02", label_en="Keep for reference", records=forms.Reason, opens=effects.telling.ended, tells=(SPONSOR, COSIGNER), optional=True, confirm="这件建议将不交办，作为工作参考或者代表来信处理，并告知代表。"),
    Step("refer",        "转政府交办",  RECEIVED, REFERRED, by=DEPUTY_OFFICE, basis="REP-04", label_en="Refer to the government", only_if=("option.government_assigns", True), records=forms.OptionalReason, tells=(GOVERNMENT_OFFICE,), batch=True),
    Step("assign",       "交办",     RECEIVED, ASSIGNED, by=DEPUTY_OFFICE, basis="REP-04", label_en="Refer for handling", records=forms.Assign, does=effects.assign, opens=effects.open_assistance, tells=(HANDLER, SPONSOR), batch=True),
    Step("assign_by_government", "交办", REFERRED, ASSIGNED, by=GOVERNMENT_OFFICE, basis="SUG-06", label_en="Refer for handling", records=forms.Assign, does=effects.assign, opens=effects.open_assistance, tells=(HANDLER, SPONSOR, DEPUTY_OFFICE), batch=True),
    Step("assign_separately", "分别交办", RECEIVED, SEPARATE, by=DEPUTY_OFFICE, basis="SUG-06", label_en="Refer separately", records=forms.AssignSeparately, does=effects.separate, opens=effects.open_parts, tells=(SPONSOR,), optional=True),
    Step("open_part",    "分办",     None,     ASSIGNED, by=THE_KIN,   basis="SUG-06", label_en="Part", records=forms.Part, does=effects.begin_part, numbers=PART_NUMBERED, tells=(HANDLER,)),
    Step("conclude",     "各件办结",   SEPARATE, CLOSED,  by=THE_KIN,    basis="SUG-06", label_en="All parts closed", after=After(CHILDREN), opens=effects.telling.parts_closed, tells=(SPONSOR, DEPUTY_OFFICE)),
    Step("sign_for",     "签收",     ASSIGNED, HANDLING, by=HANDLER,   basis="SIGN.receive", label_en="Sign for", batch=True),
    Step("decline",      "申请退办",   (ASSIGNED, HANDLING), DECLINING, by=HANDLER_OFFICE, basis="SUG-07.return", label_en="Ask to return it", records=forms.Reason, barred_by=(bars.return_time_over,), tells=(DEPUTY_OFFICE,), optional=True),
    Step("reassign",     "改交",     DECLINING, ASSIGNED, by=DEPUTY_OFFICE, basis="SUG-07.reassign", label_en="Reassign", records=forms.Assign, does=effects.assign, opens=effects.open_assistance, tells=(HANDLER, SPONSOR)),
    Step("refuse_decline","退办不成立", DECLINING, HANDLING, by=DEPUTY_OFFICE, basis="SUG-07.reassign", label_en="Do not accept", records=forms.Reason, tells=(HANDLER,)),
    # 办：联系、协办、内部交办、延期
    Step("contact",      "登记联系",   IN_HAND,  None,    by=HANDLER,   basis="REP-06", label_en="Record a contact", records=forms.ContactForm, does=effects.contact, tells=(SPONSOR,)),
    Step("confirm_contact", "确认联系", (HANDLING, EXTENSION_ASKED, DRAFTED, REHANDLING, DRAFTED_AGAIN, *ANSWERED[:1]), None, by=ASKED_TO_CONFIRM, basis="REP-06", label_en="Confirm the contact", records=forms.OptionalReason, does=effects.confirm("confirmed"), agent=True),
    Step("dispute_contact", "联系不属实", (HANDLING, EXTENSION_ASKED, DRAFTED, REHANDLING, DRAFTED_AGAIN, *ANSWERED[:1]), None, by=ASKED_TO_CONFIRM, basis="REP-06", label_en="Dispute the contact", records=forms.Dispute, does=effects.confirm("disputed"), tells=(HANDLER, DEPUTY_OFFICE), optional=True, agent=True),
    Step("hand_down",    "内部交办",   IN_HAND,  None,    by=HANDLER_OFFICE, basis="SUG-06", label_en="Give to a section", records=forms.HandDown, opens=effects.hand_down, optional=True),
    Step("request_extension", "申请延期", HANDLING, EXTENSION_ASKED, by=HANDLER_OFFICE, basis="SUG-08", label_en="Ask for more time", only_if=("option.extension_needs_consent", True), records=forms.AskExtension, tells=(DEPUTY_OFFICE,), optional=True),
    Step("grant_extension", "同意延期", EXTENSION_ASKED, HANDLING, by=DEPUTY_OFFICE, basis="SUG-08.decide", label_en="Grant", records=forms.OptionalReason, tells=(SPONSOR, HANDLER)),
    Step("refuse_extension", "不同意延期", EXTENSION_ASKED, HANDLING, by=DEPUTY_OFFICE, basis="SUG-08.decide", label_en="Refuse", records=forms.Reason, tells=(HANDLER,)),
    Step("extend",       "延期",     HANDLING, None,    by=HANDLER_HEAD, basis="REP-05.long", label_en="Take more time", only_if=("option.extension_needs_consent", False), records=forms.Reason, tells=(SPONSOR, DEPUTY_OFFICE), optional=True),
    # 复：拟稿、签发
    Step("draft_reply",  "拟写答复",   HANDLING, DRAFTED, by=HANDLER,   basis="SUG-10", label_en="Draft the reply", records=forms.ReplyForm, barred_by=(bars.deputy_not_contacted, bars.assistance_missing), does=effects.draft_reply),
    Step("return_draft", "退回重拟",   DRAFTED,  HANDLING, by=HANDLER_HEAD, basis="SUG-10", label_en="Send the draft back", records=forms.Reason, tells=(HANDLER,), optional=True),
    Step("sign_reply",   "签发答复",   DRAFTED,  REPLIED, by=HANDLER_HEAD, basis="REP-05", label_en="Sign the reply", records=forms.SignReply, other_than=("draft_reply",), barred_by=(bars.promised_day_is_past,), does=effects.sign_reply, opens=effects.telling.answered, tells=(SPONSOR, COSIGNER, DEPUTY_OFFICE, GOVERNMENT_OFFICE), confirm="签发后答复即送达代表，答复期限停止计算，不能撤回。"),
    Step("reply_with_main", "随主件答复", MERGED, REPLIED, by=THE_KIN, basis="SUG-18", label_en="Answered with the main one", after=After(PARENT, ("sign_reply",)), does=effects.reply_with_main, opens=effects.telling.answered_with_main, tells=(SPONSOR, COSIGNER)),
    # 督：领衔督办；现场核查不属实、测评不满意的重新办理
    Step("supervise",    "落实领衔督办", SUPERVISED, None,   by=(DEPUTY_OFFICE, STREET_REVIEWER), basis="SUG-16.lead", label_en="Put under supervision", only_if=("option.led_supervision", True), records=forms.Supervise, opens=effects.put_under_supervision, optional=True, batch=True),
    Step("reopen",       "办结后重新办理", CLOSED, REHANDLING, by=(DEPUTY_OFFICE, THE_KIN), basis="B15.reopen", label_en="Reopen", records=forms.Reopen, after=After(LINKED, ("mark", "close_poll")), barred_by=(bars.nobody_handles,), tells=(HANDLER, SPONSOR, GOVERNMENT_OFFICE), optional=True, confirm="原办结和评价保留，由承办单位在期限内重新办理并再次答复。"),
    # 评：评价、重新办理、会商
    Step("judge",        "满意或基本满意", REPLIED, CLOSED, by=SPONSOR, basis="SUG-12", label_en="Satisfied or basically satisfied", records=forms.Judge, does=effects.judge, opens=effects.telling.closed, tells=(HANDLER, DEPUTY_OFFICE, ATTITUDE_SUPERVISOR), fresh=True, agent=True),
    Step("reject",       "对结果不满意", REPLIED,  REHANDLING, by=SPONSOR, basis="SUG-13", label_en="Not satisfied with the result", records=forms.Reject, does=effects.judge, tells=(HANDLER, DEPUTY_OFFICE, ATTITUDE_SUPERVISOR), fresh=True, agent=True),
    Step("cosigner_judge","联名代表评价", ANSWERED, None, by=ASKED_TO_JUDGE, basis="SUG-12", label_en="Judge as a co-signer", records=forms.AnyJudgement, does=effects.judge_as_cosigner, optional=True, invites=True, fresh=True, agent=True),
    Step("fall_silent",  "逾期未评价",  REPLIED,  CLOSED,  by=THE_CLOCK, basis="SUG-12", label_en="No judgement in time", barred_by=(bars.not_reminded,), does=effects.fall_silent, opens=effects.telling.closed, tells=(SPONSOR, DEPUTY_OFFICE)),
    Step("judge_late",   "补作评价",   CLOSED,   None,    by=SPONSOR,   basis="SUG-12", label_en="Judge late", records=forms.Judge, barred_by=(bars.judged_already,), does=effects.judge, tells=(HANDLER, DEPUTY_OFFICE), optional=True, fresh=True, agent=True),
    Step("draft_second_reply", "拟写再次答复", REHANDLING, DRAFTED_AGAIN, by=HANDLER, basis="SUG-13", label_en="Draft the second reply", records=forms.ReplyForm, barred_by=(bars.not_contacted_again,), does=effects.draft_reply),
    Step("return_second_draft", "退回重拟", DRAFTED_AGAIN, REHANDLING, by=HANDLER_CHIEF, basis="SUG-13", label_en="Send the draft back", records=forms.Reason, tells=(HANDLER,), optional=True),
    Step("sign_second_reply", "主要负责人签发", DRAFTED_AGAIN, REPLIED_AGAIN, by=HANDLER_CHIEF, basis="SUG-13", label_en="Sign the second reply", records=forms.SignReply, other_than=("draft_second_reply", "sign_reply"), barred_by=(bars.promised_day_is_past,), does=effects.sign_reply, opens=effects.telling.answered, tells=(SPONSOR, COSIGNER, DEPUTY_OFFICE, GOVERNMENT_OFFICE), confirm="再次答复由主要负责人签发，签发后送达代表，原答复保留。"),
    Step("judge_second", "满意或基本满意", REPLIED_AGAIN, CLOSED, by=SPONSOR, basis="SUG-12", label_en="Satisfied or basically satisfied", records=forms.Judge, does=effects.judge, opens=effects.telling.closed_again, tells=(HANDLER, DEPUTY_OFFICE, ATTITUDE_SUPERVISOR), fresh=True, agent=True),
    Step("reject_second","仍不满意",   REPLIED_AGAIN, MEETING, by=SPONSOR, basis="SUG-13.meeting", label_en="Still not satisfied", records=forms.Reject, does=effects.judge, tells=(HANDLER, DEPUTY_OFFICE, ATTITUDE_SUPERVISOR), fresh=True, agent=True),
    Step("stay_silent",  "逾期未评价",  REPLIED_AGAIN, CLOSED, by=THE_CLOCK, basis="SUG-12", label_en="No judgement in time", barred_by=(bars.not_reminded,), does=effects.fall_silent, opens=effects.telling.closed_again, tells=(SPONSOR, DEPUTY_OFFICE)),
    Step("record_meeting","登记会商",  MEETING,  CLOSED,  by=DEPUTY_OFFICE, basis="SUG-13.meeting", label_en="Record the meeting", records=forms.Meeting, opens=effects.telling.closed_again, tells=(SPONSOR, HANDLER)),
    # 公开
    Step("publish",      "公开",     ANSWERED, None,    by=DEPUTY_OFFICE, basis="SUG-15", label_en="Publish", records=forms.Publish, barred_by=(bars.asked_for_secrecy,), does=effects.publish, optional=True, batch=True),
    Step("withhold",     "不予公开",   ANSWERED, None,    by=DEPUTY_OFFICE, basis="SUG-15", label_en="Withhold", records=forms.Reason, does=effects.withhold, tells=(SPONSOR,), optional=True),
    # 历史数据
    Step("import_received", "导入：已接收", None, RECEIVED, by=HISTORY, basis="SUG-20", label_en="Imported as received", records=history.Imported, does=history.write),
    Step("import_assigned", "导入：办理中", None, HANDLING, by=HISTORY, basis="SUG-20", label_en="Imported as in handling", records=history.Imported, does=history.write),
    Step("import_replied",  "导入：已答复", None, REPLIED,  by=HISTORY, basis="SUG-20", label_en="Imported as replied", records=history.Imported, does=history.write),
    Step("import_closed",   "导入：已办结", None, CLOSED,   by=HISTORY, basis="SUG-20", label_en="Imported as closed", records=history.Imported, does=history.write),
)

CLOCKS = (
    Clock("consultation", "征询回复期限", "CONSULT.answer",  starts=("consult",), stops=("answer_consultation", "submit", "submit_to_street", "settle", "withdraw"), whose=CONSULTED, label_en="Time to answer the consultation"),
    Clock("street",    "街道阅看期限",  "B03.street",      starts=("submit_to_street", "resubmit_to_street"), stops=("street_pass", "street_return", "withdraw"), whose=STREET_REVIEWER, label_en="Time for subdistrict review"),
    Clock("district",  "区级阅看期限",  "B03.district",    starts=("submit", "street_pass", "resubmit"), stops=("district_pass", "district_return", "to_reference", "withdraw"), whose=DEPUTY_OFFICE, label_en="Time for district review"),
    Clock("assign",    "交办期限",     "SUG-07.assign",   starts=("district_pass", "file_as_is", "unmerge", "open_from_bill", "import_received"), stops=("assign", "assign_by_government", "assign_separately", "merge", "to_reference", "withdraw"), whose=DEPUTY_OFFICE, label_en="Time to refer", applies=raised_between_sessions),
    Clock("assign_session", "大会建议交办期限", "SUG-07.assign_session", starts=("district_pass", "file_as_is", "unmerge", "open_from_bill", "import_received"), stops=("assign", "assign_by_government", "assign_separately", "merge", "to_reference", "withdraw"), whose=DEPUTY_OFFICE, label_en="Time to refer a suggestion made in session", applies=raised_in_session),
    Clock("sign_for",  "签收期限",     "SIGN.receive",    starts=("assign", "assign_by_government", "reassign", "open_part"), stops=("sign_for", "decline", "withdraw"), whose=HANDLER, label_en="Time to sign for it"),
    Clock("return",    "退办期限",     "SUG-07.return",   starts=("assign", "assign_by_government", "reassign", "open_part"), stops=("decline", "contact", "draft_reply", "withdraw"), whose=HANDLER, label_en="Time to return it", right=True),
    Clock("reassign",  "改交期限",     "SUG-07.reassign", starts=("decline",), stops=("reassign", "refuse_decline", "withdraw"), whose=DEPUTY_OFFICE, label_en="Time to reassign"),
    Clock("contact",   "联系期限",     "SUG-07.contact",  starts=("assign", "assign_by_government", "reassign", "open_part"), stops=("contact", "withdraw"), whose=HANDLER, label_en="Time to contact the deputy"),
    Clock("extension", "延期审批期限",  "SUG-08.decide",   starts=("request_extension",), stops=("grant_extension", "refuse_extension", "withdraw"), whose=DEPUTY_OFFICE, label_en="Time to decide on the extension"),
    Clock("reply",     "答复期限",     "REP-05",          starts=("assign", "assign_by_government", "open_part", "import_assigned"), stops=("sign_reply", "withdraw"), whose=HANDLER, label_en="Time to reply", applies=history.day_is_known, extends=(("grant_extension", "REP-05.long"), ("extend", "REP-05.long"))),
    Clock("feedback",  "评价期限",     "SUG-07.feedback", starts=("sign_reply", "reply_with_main"), stops=("judge", "reject", "fall_silent"), whose=SPONSOR, label_en="Time to judge", then="fall_silent"),
    Clock("redo",      "重新办理期限",  "SUG-07.redo",     starts=("reject", "reopen"), stops=("sign_second_reply",), whose=HANDLER, label_en="Time to re-handle"),
    Clock("second_feedback", "再次评价期限", "SUG-07.feedback", starts=("sign_second_reply",), stops=("judge_second", "reject_second", "stay_silent"), whose=SPONSOR, label_en="Time for the second judgement", then="stay_silent"),
    Clock("meeting",   "会商期限",     "SUG-13.meeting",  starts=("reject_second",), stops=("record_meeting",), whose=DEPUTY_OFFICE, label_en="Time for the joint meeting"),
)
# fmt: on

PROCEDURE = Procedure(
    key="suggestion",
    label="代表建议、批评和意见",
    label_en="Deputies' suggestions",
    states=(
        DRAFT,
        SETTLED,
        STREET_REVIEW,
        DISTRICT_REVIEW,
        RETURNED,
        RECEIVED,
        REFERRED,
        MERGED,
        SEPARATE,
        ASSIGNED,
        DECLINING,
        HANDLING,
        EXTENSION_ASKED,
        DRAFTED,
        REPLIED,
        REHANDLING,
        DRAFTED_AGAIN,
        REPLIED_AGAIN,
        MEETING,
        CLOSED,
        WITHDRAWN,
        REFERENCE,
    ),
    steps=STEPS,
    clocks=CLOCKS,
    record=Suggestion,
    body="procedures/suggestion.html",
    stages=(("raise", "提"), ("assign", "交"), ("handle", "办"), ("supervise", "督"), ("judge", "评")),
    sealed=(Sealed("contact", "代表联系方式", ("contact_phone",), opened_by=(HANDLER, DEPUTY_OFFICE)),),
    seen_by=EVERYBODY,
    seen_when_confidential=(*TRUSTED, *BEFORE_RAISED),
    basis="REP-02",
    handed_over=effects.handed_over,
)

__all__ = ["PROCEDURE", "RECORDS"]

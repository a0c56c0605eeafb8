"""What residents say 群众意见, from the code or the notebook to the answer and her word (A10, A15, A16, A17, C04, C05).

《代表法》第二十五条 asks that deputies hear and pass on the people's opinions and demands; how they are graded, sorted and answered is
practice, and stands in the rulebook as such. A resident has no account: she is known by a number and a link that only she was handed.
"""

from __future__ import annotations

from openrenda.docket.language import (
    HISTORY,
    LINKED,
    THE_CLOCK,
    THE_KIN,
    THE_PUBLIC,
    After,
    Clock,
    Numbering,
    Office,
    Procedure,
    State,
    Step,
)
from openrenda.docket.situation import Situation

from ..offices import (
    AUDITORS,
    DEPUTIES,
    DEPUTY_OFFICE,
    GUEST_DEPUTIES,
    HANDLER,
    LEADERS,
    RECEIVING_SEATS,
    STATION_CLERKS,
    STREET_REVIEWER,
    STREET_REVIEWERS,
)
from ..reasons import Reason
from ..residents import RESIDENT, forget, no_contact, title_of
from . import bars, effects, forms, history, sorting
from .facts import ANSWERING
from .records import RECORDS, Opinion

KEEPING_SEATS = ("station_clerk", "street_reviewer", "deputy_office")
KEEPER = Office(
    "keeper",
    "受理的站点、街道或者代表工作机构",
    "the station, subdistrict or office that keeps it",
    seats=KEEPING_SEATS,
    relation=("keeper",),
)
ONCE_KEEPER = Office(
    "once_keeper",
    "受理过的站点、街道",
    "a station or subdistrict that kept it",
    seats=KEEPING_SEATS,
    relation=("once_keeper",),
)
CLERK = Office(
    "clerk",
    "街道内站点工作人员",
    "clerks of the subdistrict's stations",
    seats=("station_clerk",),
    relation=("street",),
)
RECEIVER = Office("receiver", "受理代表", "the deputy who received it", seats=RECEIVING_SEATS, relation=("receiver",))
# Suggestions and proposals to this congress are its own deputies' alone.
OWN_RECEIVER = Office(
    "own_receiver",
    "受理的本级代表",
    "the deputy of this congress who received it",
    seats=("deputy",),
    relation=("receiver",),
)
GOVERNORS = Office("governors", "网格长", "governors of grids", seats=("grid_governor",))
GOVERNOR = Office(
    "governor", "所在网格的网格长", "the governor of its grid", seats=("grid_governor",), relation=("grid",)
)
SEES = (
    RESIDENT,
    KEEPER,
    ONCE_KEEPER,
    CLERK,
    STREET_REVIEWER,
    RECEIVER,
    OWN_RECEIVER,
    GOVERNOR,
    HANDLER,
    DEPUTY_OFFICE,
    LEADERS,
    AUDITORS,
)
ENTERING = (STATION_CLERKS, STREET_REVIEWERS, DEPUTY_OFFICE, DEPUTIES, GUEST_DEPUTIES, GOVERNORS)


def series(situation: Situation) -> str:
    """Opinions are counted by the year."""
    return f"opinion:{situation.today.year}"


def number(situation: Situation, counter: int) -> str:
    """As the congress prints it."""
    pattern = str(situation.book.option("option.number_pattern.opinion"))
    return pattern.format(number=counter, year=situation.today.year)


NUMBERED = Numbering(series, number)

# fmt: off
SCREENED   = State("screened",   "待人工查看",  "To be looked at",  "receive")
RECEIVED   = State("received",   "已收到",    "Received",         "receive")
CLARIFYING = State("clarifying", "请群众补充",  "More is asked",    "receive")
SORTED     = State("sorted",     "已分级分类",  "Sorted",           "receive")
HANDLING   = State("handling",   "承办单位办理中", "With an organ",    "handle")
REPLIED    = State("replied",    "答复核对中",  "Reply being checked", "handle")
HOTLINE    = State("hotline",    "12345热线办理中", "With the hotline", "handle")
UPPER      = State("upper",      "已报上级人大", "With the upper level", "handle", untimed="上级的办理期限不由本级确定")
RAISED     = State("raised",     "代表建议办理中", "Taken up as a suggestion", "handle", untimed="随代表建议的期限办理")
FOLLOWED   = State("followed",   "随问题、议题办理中", "Followed with a problem or topic", "handle", untimed="随问题、监督议题的期限办理；答复群众的期限照常计算")
ANSWERED   = State("answered",   "已答复",    "Answered",         "tell")
CLOSED     = State("closed",     "已办结",    "Closed",           "tell", final=True)
MERGED     = State("merged",     "已并案办理",  "Merged",           "receive", final=True)
REFUSED    = State("refused",    "不予受理",   "Not taken up",     "receive", final=True)
WITHDRAWN  = State("withdrawn",  "已撤回",    "Withdrawn",        final=True)

FRESH    = (RECEIVED, SORTED)
ELSEWHERE = (HANDLING, REPLIED, HOTLINE, UPPER, RAISED)
AT_WORK  = (*ELSEWHERE, FOLLOWED)
OPEN     = (SCREENED, *FRESH, CLARIFYING, *AT_WORK, ANSWERED)
EVERY    = (*OPEN, CLOSED, MERGED, REFUSED, WITHDRAWN)
HERE, BY_ORGAN, BY_HOTLINE, UPWARD = (bars.against_the_rule(route) for route in (sorting.HERE, sorting.ORGAN, sorting.HOTLINE, sorting.UPPER))
# What of a suggestion, or of anything else that was raised from an opinion or joined, is told to its resident.
OUTCOMES = ("sign_reply", "sign_second_reply", "reply_with_main", "settle", "judge", "fall_silent", "judge_second", "stay_silent", "record_meeting", "conclude")
ENDINGS  = ("withdraw", "to_reference")
# The same of a problem that was found in it, and how a topic of supervision comes to its end.
TOPIC_ENDS = ("close", "close_for", "drop", "cancel")

STEPS = (
    Step("say",         "提出意见",   None,       RECEIVED,   by=THE_PUBLIC, basis="A15.say", label_en="Say it", records=forms.Said, does=effects.say, numbers=NUMBERED, tells=(KEEPER, RECEIVER)),
    Step("say_slowly",  "提出意见（待查看）", None, SCREENED,   by=THE_PUBLIC, basis="A15.say", label_en="Say it, to be looked at", records=forms.Said, does=effects.say, numbers=NUMBERED),
    Step("join",        "附议公开事项", None,      RAISED,     by=THE_PUBLIC, basis="A15.say", label_en="Join a public matter", records=forms.Joined, does=effects.join, numbers=NUMBERED),
    Step("enter",       "登记意见",   None,       RECEIVED,   by=ENTERING,   basis="A15.say", label_en="Enter what was heard", records=forms.Entered, does=effects.enter, numbers=NUMBERED, tells=(KEEPER, RECEIVER)),
    Step("bring_in",    "由留言、提问转来", None, RECEIVED,  by=THE_KIN,    basis="A15.say", label_en="Brought in from a message or question", records=forms.BroughtIn, does=effects.bring_in, numbers=NUMBERED, tells=(KEEPER, RECEIVER)),
    Step("hear",        "联系代表时听到", None,     RECEIVED,   by=THE_KIN,    basis="A22.flow", label_en="Heard in contact with deputies", records=forms.Said, does=effects.hear, numbers=NUMBERED, tells=(KEEPER, RECEIVER)),
    Step("import_message", "导入：留言",   None,       RECEIVED,   by=HISTORY,   basis="A15.say", label_en="Imported message", records=history.PastMessage, does=history.write_message),
    Step("import_answer", "导入：答复",    RECEIVED,   CLOSED,     by=HISTORY,   basis="A15.say", label_en="Imported answer", records=history.PastAnswer, does=history.write_answer, optional=True),
    Step("let_through", "查看通过",   SCREENED,   RECEIVED,   by=KEEPER,     basis="C04.screen", label_en="Let it through", tells=(RECEIVER,)),
    Step("take_over",   "接手",     (SCREENED, *FRESH, CLARIFYING, *AT_WORK, ANSWERED), None, by=(STREET_REVIEWER, DEPUTY_OFFICE), basis="C04.sort", label_en="Take it over", does=effects.take_over, optional=True),
    # 分级分类交办
    Step("sort",        "分级分类",   FRESH,      SORTED,     by=KEEPER,     basis="C04.sort", label_en="Grade and sort", records=forms.Sort, does=effects.sort, tells=(KEEPER,)),
    Step("ask_deputy",  "请代表参与",  (*FRESH, *AT_WORK), None, by=KEEPER,   basis="C04.sort", label_en="Ask a deputy", records=forms.AskDeputy, barred_by=(bars.she_takes_part,), does=effects.ask_deputy, tells=(RECEIVER,), optional=True),
    Step("ask_more",    "请群众补充",  FRESH,      CLARIFYING, by=(KEEPER, RECEIVER), basis="C04.more", label_en="Ask for more", records=forms.Question, tells=(RESIDENT,), optional=True),
    Step("add_more",    "补充",     CLARIFYING, RECEIVED,   by=(RESIDENT, KEEPER), basis="C04.more", label_en="Add what was asked", records=forms.More, tells=(KEEPER, RECEIVER)),
    Step("go_on",       "没有补充，继续办理", CLARIFYING, RECEIVED, by=(THE_CLOCK, KEEPER), basis="C04.more", label_en="Go on without", tells=(KEEPER,), optional=True),
    Step("add",         "补充说明",   (*FRESH, *AT_WORK), None, by=RESIDENT,  basis="A15.say", label_en="Add something", records=forms.More, tells=(KEEPER, RECEIVER, HANDLER), optional=True),
    Step("refuse",      "不予受理",   (SCREENED, *FRESH), REFUSED, by=KEEPER, basis="C04.refuse", label_en="Do not take it up", records=forms.Refuse, tells=(RESIDENT, RECEIVER), optional=True, confirm="群众凭查询号会看到理由和可以去的地方。"),
    Step("merge",       "并案办理",   FRESH,      MERGED,     by=KEEPER,     basis="C04.merge", label_en="Merge", records=forms.Merge, does=effects.merge, opens=effects.tell_the_other, tells=(RESIDENT, RECEIVER), optional=True, confirm="两件意见的原话都保留；以后的进展和答复，两位群众都能看到。"),
    Step("take_in",     "并入一件意见", OPEN,       None,       by=THE_KIN,    basis="C04.merge", label_en="Another is merged into it", after=After(LINKED, ("merge",)), tells=(RESIDENT, KEEPER)),
    Step("answer",      "答复群众",   (*FRESH, FOLLOWED), ANSWERED,   by=(KEEPER, RECEIVER), basis="C04.answer", label_en="Answer", records=forms.AnswerHere, barred_by=(HERE,), does=effects.answer, tells=(RESIDENT, RECEIVER), optional=True),
    Step("hand",        "交办",     SORTED,     HANDLING,   by=KEEPER,     basis="C04.organ", label_en="Hand to an organ", records=forms.Hand, barred_by=(BY_ORGAN,), does=effects.hand, tells=(HANDLER, RECEIVER)),
    Step("give_back",   "退回",     HANDLING,   SORTED,     by=HANDLER,    basis="C04.organ", label_en="Give back", records=Reason, does=effects.give_back, tells=(KEEPER,), optional=True),
    Step("reply",       "报送答复",   HANDLING,   REPLIED,    by=HANDLER,    basis="C04.organ", label_en="Reply", records=forms.Answer, does=effects.reply, tells=(KEEPER,)),
    Step("send_back",   "退回重办",   REPLIED,    HANDLING,   by=KEEPER,     basis="C04.check", label_en="Send back", records=Reason, tells=(HANDLER,), optional=True),
    Step("release",     "核对并答复群众", REPLIED,  ANSWERED,   by=KEEPER,     basis="C04.check", label_en="Check and tell the resident", does=effects.release, tells=(RESIDENT, RECEIVER, HANDLER)),
    Step("go_up",       "逐级上报",   (SORTED, HANDLING), SORTED, by=(KEEPER, HANDLER), basis="C04.up", label_en="Send a level up", records=Reason, barred_by=(bars.highest_level,), does=effects.go_up, tells=(KEEPER, RECEIVER), optional=True),
    Step("to_hotline",  "转12345热线", SORTED,     HOTLINE,    by=KEEPER,     basis="C05.file", label_en="Send to 12345", records=forms.ToHotline, barred_by=(BY_HOTLINE,), does=effects.to_hotline, tells=(RECEIVER,), optional=True),
    Step("note_ticket", "登记工单号",  HOTLINE,    None,       by=(KEEPER, DEPUTY_OFFICE), basis="C05.file", label_en="Record the ticket", records=forms.Ticket, does=effects.to_hotline, optional=True),
    Step("hotline_answer", "登记热线答复", HOTLINE,  ANSWERED,   by=(KEEPER, DEPUTY_OFFICE), basis="C05.answer", label_en="Record the hotline's answer", records=forms.Answer, barred_by=(bars.no_ticket,), does=effects.answer, tells=(RESIDENT, RECEIVER)),
    Step("take_back",   "从热线转回",  HOTLINE,    SORTED,     by=KEEPER,     basis="C05.answer", label_en="Take it back", records=Reason, tells=(RECEIVER,), optional=True),
    Step("send_up",     "报上级人大",  SORTED,     UPPER,      by=DEPUTY_OFFICE, basis="C04.up", label_en="Send to the upper level", records=forms.Deviating, barred_by=(bars.not_of_the_city, UPWARD), tells=(RESIDENT, RECEIVER), optional=True),
    Step("upper_answer", "登记上级答复", UPPER,     ANSWERED,   by=DEPUTY_OFFICE, basis="C04.up", label_en="Record the upper level's answer", records=forms.Answer, does=effects.answer, tells=(RESIDENT, RECEIVER)),
    # 建议、督办、问题
    Step("raise_suggestion", "转为建议", (*FRESH, HANDLING, FOLLOWED, ANSWERED), RAISED, by=OWN_RECEIVER, basis="REP-02", label_en="Raise as a suggestion", barred_by=(bars.raised_already,), opens=effects.as_suggestion, tells=(RESIDENT, KEEPER), optional=True),
    Step("tell_outcome", "告知建议办理结果", RAISED, ANSWERED,   by=(KEEPER, RECEIVER), basis="C04.answer", label_en="Tell what came of the suggestion", records=forms.Answer, does=effects.answer, tells=(RESIDENT,), optional=True),
    Step("learn_outcome", "建议有了答复",  (RAISED, ANSWERED), ANSWERED, by=THE_KIN, basis="C04.answer", label_en="The suggestion is answered", records=forms.Outcome, after=After(LINKED, OUTCOMES), does=effects.learn_outcome, tells=(RESIDENT, KEEPER, RECEIVER)),
    Step("go_on_without", "建议没有继续，接着办理", RAISED, RECEIVED, by=THE_KIN, basis="C04.answer", label_en="The suggestion went no further", records=Reason, after=After(LINKED, ENDINGS), tells=(RESIDENT, KEEPER, RECEIVER)),
    Step("make_topic",  "列为监督议题", (*FRESH, FOLLOWED), FOLLOWED, by=DEPUTY_OFFICE, basis="C04.topic", label_en="Make it a topic of supervision", records=forms.Topic, barred_by=(bars.a_topic_already,), does=effects.make_topic, tells=(RESIDENT, KEEPER, RECEIVER), optional=True),
    Step("add_topic",   "列为监督议题", (*ELSEWHERE, ANSWERED, CLOSED), None, by=DEPUTY_OFFICE, basis="C04.topic", label_en="Make it a topic beside what is done", records=forms.Topic, barred_by=(bars.a_topic_already,), does=effects.make_topic, optional=True),
    Step("topic_over",  "监督议题已结束，接着办理", FOLLOWED, RECEIVED, by=THE_KIN, basis="C04.topic", label_en="The topic has ended", records=Reason, after=After(LINKED, TOPIC_ENDS), tells=(KEEPER, RECEIVER)),
    Step("find_problem", "登记问题",  (*FRESH, FOLLOWED), FOLLOWED, by=(KEEPER, RECEIVER), basis="A17.problem", label_en="Record a problem in it", records=forms.Found, opens=effects.a_problem, tells=(RESIDENT, KEEPER, RECEIVER), optional=True),
    Step("find_further", "登记问题",  (*ELSEWHERE, ANSWERED), None, by=(KEEPER, RECEIVER), basis="A17.problem", label_en="Record a problem beside what is done", records=forms.Found, opens=effects.a_problem, optional=True),
    Step("learn_solved", "登记的问题已解决", (FOLLOWED, ANSWERED), ANSWERED, by=THE_KIN, basis="A17.problem", label_en="Its problems are solved", records=forms.Outcome, after=After(LINKED, ("solve",)), does=effects.learn_outcome, tells=(RESIDENT, KEEPER, RECEIVER)),
    Step("go_on_unsolved", "问题不再跟踪，接着办理", FOLLOWED, RECEIVED, by=THE_KIN, basis="A17.problem", label_en="The problem is followed no further", records=Reason, after=After(LINKED, ("drop",)), tells=(KEEPER, RECEIVER)),
    Step("go_on_itself", "不等问题、议题，继续办理", FOLLOWED, RECEIVED, by=KEEPER, basis="C04.sort", label_en="Go on with the opinion itself", optional=True),
    Step("to_livelihood", "作为民生实事建议报送", (*FRESH, *AT_WORK, ANSWERED), None, by=(KEEPER, OWN_RECEIVER), basis="LIV-04", label_en="Send it in as a livelihood project", records=forms.ToLivelihood, barred_by=(bars.sent_in_already,), opens=effects.as_livelihood, tells=(RESIDENT,), optional=True),
    Step("publish",     "公开",     (*FRESH, *AT_WORK, ANSWERED, CLOSED), None, by=KEEPER, basis="A10.board", label_en="Publish", records=forms.Publish, does=effects.publish, optional=True),
    Step("unpublish",   "收回公开",   (*FRESH, CLARIFYING, *AT_WORK, ANSWERED, CLOSED, MERGED, REFUSED), None, by=(KEEPER, DEPUTY_OFFICE), basis="A10.board", label_en="Take it off the board", records=Reason, barred_by=(bars.not_public,), offered_unless=bars.not_public, does=effects.unpublish, optional=True),
    # 群众评价
    Step("rate",        "评价",     ANSWERED,   CLOSED,     by=RESIDENT,   basis="C04.rate", label_en="Say whether it is solved", records=forms.Rating, does=effects.rate, tells=(KEEPER, RECEIVER, HANDLER)),
    Step("rate_for",    "代为登记评价", ANSWERED,   CLOSED,     by=KEEPER,     basis="C04.rate", label_en="Record her word", records=forms.RatingFor, does=effects.rate, tells=(RECEIVER, HANDLER), optional=True),
    Step("reopen",      "没有解决，请再办", ANSWERED, SORTED,    by=(RESIDENT, KEEPER), basis="C04.reopen", label_en="Not solved: do it again", records=forms.StillOpen, barred_by=(bars.reopened_already,), does=effects.reopen, tells=(KEEPER, RECEIVER), optional=True),
    Step("close_silent", "逾期未评价，办结", ANSWERED, CLOSED,   by=THE_CLOCK,  basis="C04.rate", label_en="No word in time", tells=(KEEPER,)),
    Step("rate_late",   "补充评价",   CLOSED,     None,       by=RESIDENT,   basis="C04.rate", label_en="A late word", records=forms.Rating, barred_by=(bars.rated_already,), does=effects.rate, tells=(KEEPER, RECEIVER), optional=True),
    Step("withdraw",    "撤回",     (SCREENED, *FRESH, CLARIFYING, *AT_WORK), WITHDRAWN, by=RESIDENT, basis="A15.say", label_en="Withdraw", does=effects.withdraw, tells=(KEEPER, RECEIVER, HANDLER), optional=True, confirm="撤回后不再办理；您可以另外再提。"),
    # 姓名和电话
    Step("open_contact", "查看姓名电话", EVERY,     None,       by=(KEEPER, HANDLER), basis="A15.contact", label_en="Open name and telephone", records=Reason, barred_by=(no_contact,), optional=True),
    Step("erase_contact", "删除姓名电话", EVERY,    None,       by=RESIDENT,   basis="A15.contact", label_en="Erase name and telephone", barred_by=(no_contact,), does=forget, optional=True),
    Step("forget_contact", "删除姓名电话（保存期满、本人要求）", (CLOSED, MERGED, REFUSED, WITHDRAWN), None, by=(THE_CLOCK, DEPUTY_OFFICE), basis="A15.contact", label_en="Forget the contact", barred_by=(no_contact,), does=forget, optional=True, confirm="姓名和电话删除后不能恢复。"),
)

TAKEN_UP = ("hand", "to_hotline", "send_up", "raise_suggestion")
FOLLOWING = ("find_problem", "make_topic")
OVER = ("refuse", "merge", "withdraw")
CLOCKS = (
    Clock("screen",  "人工查看期限", "C04.screen", starts=("say_slowly",), stops=("let_through", *OVER), whose=KEEPER, label_en="Time to look at it"),
    Clock("sort",    "分级分类期限", "C04.sort",   starts=("say", "enter", "bring_in", "hear", "let_through", "add_more", "go_on", "go_on_without", "go_on_unsolved", "go_on_itself", "topic_over"), stops=("sort", "answer", "ask_more", "raise_suggestion", *FOLLOWING, *OVER), whose=KEEPER, label_en="Time to sort"),
    Clock("assign",  "交办期限",   "C04.assign", starts=("sort", "give_back", "go_up", "take_back", "reopen"), stops=("hand", "to_hotline", "send_up", "answer", "raise_suggestion", "ask_more", *FOLLOWING, *OVER), whose=KEEPER, label_en="Time to hand on"),
    Clock("answer",  "答复群众期限", "C04.answer", starts=("say", "enter", "bring_in", "hear", "let_through", "reopen", "go_on_without"), stops=(*ANSWERING, "send_up", "raise_suggestion", *OVER), pauses=("ask_more",), resumes=("add_more", "go_on"), whose=KEEPER, label_en="Time to answer the resident"),
    Clock("organ",   "承办单位答复期限", "C04.organ", starts=("hand", "send_back"), stops=("reply", "give_back", "go_up", "raise_suggestion", "withdraw"), whose=HANDLER, label_en="Time for the organ"),
    Clock("check",   "核对答复期限", "C04.check",  starts=("reply",), stops=("release", "send_back", "withdraw"), whose=KEEPER, label_en="Time to check the reply"),
    Clock("hotline", "热线答复期限", "C05.answer", starts=("to_hotline",), stops=("hotline_answer", "take_back", "withdraw"), whose=KEEPER, label_en="Time to fetch the hotline's answer"),
    Clock("more",    "群众补充期限", "C04.more",   starts=("ask_more",), stops=("add_more", "go_on", "withdraw"), whose=RESIDENT, label_en="Time to add", right=True, then="go_on"),
    Clock("rate",    "群众评价期限", "C04.rate",   starts=ANSWERING, stops=("rate", "rate_for", "reopen", "close_silent", "raise_suggestion"), whose=RESIDENT, label_en="Time for her word", right=True, then="close_silent"),
)
# fmt: on

PROCEDURE = Procedure(
    key="opinion", label="群众意见", label_en="Residents' opinions", steps=STEPS, clocks=CLOCKS, record=Opinion,
    states=EVERY, body="procedures/opinion.html", basis="A15.say", stages=(("receive", "受理"), ("handle", "办理"), ("tell", "反馈")),
    seen_by=SEES, title=title_of,
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]

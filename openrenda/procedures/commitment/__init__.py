"""Promises made in replies 承诺事项, and the ledger of them 承诺事项台账: open until kept, and until a deputy has said so.

A matter of its own under the suggestion in whose reply it was promised, or linked to the one about which it was made face to face on
a reception day. It holds nothing up there and outlives it (SUG-12, SUG-14,
SUG-19; the articles are local and stand in the rule packs).

The organ reports and never closes. The promised day moves only by consent, and the clock that counts to it runs on to the same day
when what stopped it did not hold. The deputy who leads speaks, after her the co-signers in the order of signing; the deputies'
office inspects when none of them is a deputy any more.
"""

from __future__ import annotations

from openrenda.docket.language import HISTORY, THE_CLOCK, THE_KIN, Clock, Numbering, Office, Procedure, State, Step
from openrenda.docket.situation import Situation

from ..offices import (
    AUDITORS,
    COSIGNER,
    DEPUTIES,
    DEPUTY_OFFICE,
    GOVERNMENT_OFFICE,
    HANDLER,
    HANDLER_OFFICE,
    LEADERS,
    SPONSOR,
    STREET_REVIEWER,
)  # fmt: skip
from ..reasons import Reason
from . import bars, effects, forms
from .records import RECORDS, Commitment
from .speaking import SPEAKER as SPEAKER_ROLE
from .speaking import signers_in_office

DEPUTY_SEATS = ("deputy", "delegation_head")
SPEAKER = Office(
    "speaker", "评价落实的代表", "the deputy whose word is asked", seats=DEPUTY_SEATS, relation=("speaker",)
)
SILENT = Office(
    "silent_speaker", "逾期未评价的代表", "a deputy who kept silent", seats=DEPUTY_SEATS, relation=("silent_speaker",)
)
ASKED_FOR_RECEIPT = Office(
    "asked_for_receipt", "待填回执的代表", "the deputy asked for a receipt", seats=DEPUTY_SEATS, relation=("asked_for_receipt",)
)  # fmt: skip
KEEPER = Office(
    "keeper", "管理台账的街道", "the subdistrict that keeps the row", seats=("street_reviewer",), relation=("keeper",)
)
ONCE_KEEPER = Office(
    "once_keeper", "管理过台账的街道", "a subdistrict that kept the row", seats=("street_reviewer",), relation=("once_keeper",)
)  # fmt: skip

SIGNERS = (SPONSOR, COSIGNER)
SPEAKERS = (SPEAKER, SILENT)
TRUSTED = (*SIGNERS, *SPEAKERS, ASKED_FOR_RECEIPT, HANDLER, HANDLER_OFFICE, KEEPER, ONCE_KEEPER, STREET_REVIEWER, DEPUTY_OFFICE,
           GOVERNMENT_OFFICE, AUDITORS)  # fmt: skip
EVERYBODY = (*TRUSTED, LEADERS, DEPUTIES)


def series(situation: Situation) -> str:
    """Promises are counted by the year."""
    return f"commitment:{situation.today.year}"


def number(situation: Situation, counter: int) -> str:
    """As the congress prints it."""
    pattern = str(situation.book.option("option.number_pattern.promise"))
    return pattern.format(number=counter, year=situation.today.year)


NUMBERED = Numbering(series, number)


def a_deputy_is_asked(situation: Situation) -> bool:
    """Somebody is to say whether it was kept."""
    return bool(situation.holders(SPEAKER_ROLE))


def no_deputy_is_left(situation: Situation) -> bool:
    """Nobody who signed is in office."""
    return not signers_in_office(situation)


def asked_for_a_receipt(situation: Situation) -> bool:
    """Somebody is to answer the yearly word."""
    return bool(situation.holders("asked_for_receipt"))


def in_the_round(situation: Situation) -> bool:
    """The quarter of the yearly word has begun: the month after which it begins lies behind, this year."""
    return situation.book.due("SUG-14.round", situation.today).year > situation.today.year


def next_round_counts(situation: Situation) -> bool:
    """The next yearly word still covers a promise of that year: its own and as many more as the rulebook says."""
    covered = situation.record.promised_on.year + int(situation.book.option("option.promise_round_years"))
    return situation.book.due("SUG-14.round", situation.today).year <= covered


def a_word_is_due(situation: Situation) -> bool:
    """The round has opened for this promise, or was on already when it was made."""
    opened = situation.step is not None and situation.step.key == "open_round"
    return opened or in_the_round(situation)


ROUND = ("option.promise_round", True)
BY_OFFICE = ("option.promise_postponed_by", "deputy_office")
BY_DEPUTY = ("option.promise_postponed_by", "deputy")

# fmt: off
OPEN      = State("open",      "落实中",       "Being kept",        "keep")
LATER     = State("later",     "申请延期",      "A later day asked for", "keep")
NOT_KEPT  = State("not_kept",  "未落实，继续办理", "Not kept yet", "keep")
REPORTED  = State("reported",  "已报落实，待代表评价", "Reported as kept", "judge")
INSPECTED = State("inspected", "待代表工作机构核查", "To be inspected", "judge")
CONFIRMED = State("confirmed", "确认落实",      "Confirmed as kept", "judge", final=True)

IN_HAND  = (OPEN, LATER, NOT_KEPT)
NOT_OVER = (*IN_HAND, REPORTED, INSPECTED)

STEPS = (
    Step("promise",      "列入台账",   None,     OPEN,      by=THE_KIN, basis="SUG-14", label_en="Enter in the ledger", records=forms.Made, does=effects.promise, numbers=NUMBERED, tells=(KEEPER,)),
    Step("bring_over",   "从旧台账转入", None,    OPEN,      by=HISTORY, basis="SUG-14", label_en="Bring over", records=forms.BroughtOver, does=effects.bring_over, numbers=NUMBERED),
    Step("bring_over_kept", "从旧台账转入：已报落实", None, REPORTED, by=HISTORY, basis="SUG-14", label_en="Bring over as kept", records=forms.BroughtOver, does=effects.bring_over, numbers=NUMBERED),
    # 两级台账
    Step("give",         "转街道台账",  NOT_OVER, None, by=DEPUTY_OFFICE, basis="B10.level", label_en="Give to a subdistrict", records=forms.Give, barred_by=(bars.already_with_street,), does=effects.give, tells=(KEEPER, HANDLER), optional=True),
    Step("give_back",    "转回区级台账", NOT_OVER, None, by=(KEEPER, DEPUTY_OFFICE), basis="B10.level", label_en="Give back to the district", records=Reason, barred_by=(bars.not_with_street,), does=effects.give_back, tells=(DEPUTY_OFFICE, ONCE_KEEPER), optional=True),
    # 落实、通报
    Step("progress",     "登记进展",   IN_HAND,  None,      by=HANDLER, basis="SUG-14", label_en="Record progress", records=forms.Progress, tells=(*SIGNERS, KEEPER), optional=True),
    Step("open_round",   "开始年度通报", NOT_OVER, None,     by=THE_CLOCK, basis="SUG-14.round", label_en="The yearly round begins", only_if=ROUND, tells=(HANDLER,)),
    Step("tell_deputies", "年度通报",  IN_HAND,  None,      by=HANDLER, basis="SUG-14.report", label_en="Yearly word to the deputies", only_if=ROUND, records=forms.Progress, barred_by=(bars.round_not_open,), does=effects.tell, tells=(*SIGNERS, DEPUTY_OFFICE, KEEPER)),
    Step("receipt",      "填写回执",   (*NOT_OVER, CONFIRMED), None, by=ASKED_FOR_RECEIPT, basis="SUG-12.promise", label_en="Receipt", only_if=ROUND, records=forms.Receipt, does=effects.receipt, tells=(HANDLER, DEPUTY_OFFICE), agent=True),
    # 延期
    Step("ask_postponement", "申请延期", (OPEN, NOT_KEPT), LATER, by=HANDLER_OFFICE, basis="SUG-14.postpone", label_en="Ask for a later day", records=forms.AskPostponement, does=effects.ask_later, tells=(SPEAKER, DEPUTY_OFFICE, KEEPER), optional=True),
    Step("say_on_postponement", "对延期表示意见", LATER, None, by=SPEAKER, basis="SUG-14.heard", label_en="Say on the later day", only_if=BY_OFFICE, records=forms.Opinion, tells=(DEPUTY_OFFICE, HANDLER), agent=True),
    Step("grant",        "同意延期",   LATER,    OPEN,      by=DEPUTY_OFFICE, basis="SUG-14.postpone", label_en="Consent", only_if=BY_OFFICE, records=forms.Grant, barred_by=(bars.deputy_not_heard,), does=effects.grant, tells=(HANDLER, *SIGNERS, KEEPER)),
    Step("refuse",       "不同意延期",  LATER,    OPEN,      by=DEPUTY_OFFICE, basis="SUG-14.postpone", label_en="Do not consent", only_if=BY_OFFICE, records=Reason, tells=(HANDLER, *SIGNERS, KEEPER)),
    Step("grant_as_deputy", "代表同意延期", LATER, OPEN,    by=SPEAKER, basis="SUG-14.postpone", label_en="The deputy consents", only_if=BY_DEPUTY, records=forms.Grant, does=effects.grant, tells=(HANDLER, DEPUTY_OFFICE, KEEPER), agent=True),
    Step("refuse_as_deputy", "代表不同意延期", LATER, OPEN,  by=SPEAKER, basis="SUG-14.postpone", label_en="The deputy does not consent", only_if=BY_DEPUTY, records=Reason, tells=(HANDLER, DEPUTY_OFFICE, KEEPER), agent=True),
    # 报告落实、代表评价
    Step("report",       "报告落实",   IN_HAND,  REPORTED,  by=HANDLER, basis="SUG-14", label_en="Report it kept", records=forms.Report, does=effects.report, tells=(SPEAKER, *SIGNERS, DEPUTY_OFFICE, KEEPER), confirm="报告后由代表评价；代表确认之前，这一项仍在台账中。"),
    Step("confirm",      "已经落实",   REPORTED, CONFIRMED, by=SPEAKERS, basis="SUG-12.promise", label_en="It is kept", records=forms.Kept, does=effects.confirm, tells=(HANDLER, DEPUTY_OFFICE, KEEPER), fresh=True, agent=True),
    Step("deny",         "没有落实",   REPORTED, NOT_KEPT,  by=SPEAKERS, basis="SUG-12.promise", label_en="It is not kept", records=forms.NotKept, does=effects.not_kept, tells=(HANDLER, DEPUTY_OFFICE, KEEPER), fresh=True, agent=True),
    Step("pass_word",    "由下一位联名代表评价", REPORTED, None, by=(DEPUTY_OFFICE, THE_CLOCK), basis="SUG-12.promise", label_en="The next deputy is asked", barred_by=(bars.speaker_can_still_answer, bars.nobody_else_to_ask), does=effects.pass_word, tells=(SPEAKER, DEPUTY_OFFICE), optional=True),
    Step("pass_to_office", "转代表工作机构核查", REPORTED, INSPECTED, by=(DEPUTY_OFFICE, THE_CLOCK), basis="SUG-14.unheard", label_en="The deputies' office inspects", barred_by=(bars.somebody_can_answer,), tells=(DEPUTY_OFFICE, HANDLER), optional=True),
    Step("inspect_kept", "核查：已经落实", INSPECTED, CONFIRMED, by=DEPUTY_OFFICE, basis="SUG-14.inspection", label_en="Inspected: kept", records=forms.Inspection, does=effects.inspect_kept, tells=(HANDLER, KEEPER), fresh=True),
    Step("inspect_not_kept", "核查：没有落实", INSPECTED, NOT_KEPT, by=DEPUTY_OFFICE, basis="SUG-14.inspection", label_en="Inspected: not kept", records=forms.Inspection, does=effects.inspect_not_kept, tells=(HANDLER, KEEPER), fresh=True),
    Step("study",        "登记研究",   NOT_KEPT, None,      by=DEPUTY_OFFICE, basis="SUG-14.study", label_en="Record the meeting", only_if=("option.promise_study", True), records=forms.Study, tells=(*SIGNERS, HANDLER, KEEPER), optional=True),
    Step("reopen",       "重新列入台账", CONFIRMED, NOT_KEPT, by=(*SIGNERS, *SPEAKERS, DEPUTY_OFFICE), basis="SUG-14.reopen", label_en="Open it anew", records=Reason, does=effects.reopen, tells=(HANDLER, *SIGNERS, DEPUTY_OFFICE, KEEPER), optional=True, fresh=True, agent=True, confirm="这一项将回到承办单位继续落实；原来的确认保留在办理记录中。"),
)

BACK = ("deny", "inspect_not_kept", "reopen")
LATER_DAY = ("grant", "grant_as_deputy")
DECIDED = (*LATER_DAY, "refuse", "refuse_as_deputy", "report")
CLOCKS = (
    Clock("due",       "承诺期限",   "SUG-14.promised",   starts=("promise", "bring_over", *LATER_DAY), stops=(*LATER_DAY, "report"), goes_on=BACK, whose=HANDLER, label_en="The promised day", until="due_on"),
    Clock("again",     "再次落实期限", "SUG-14.again",    starts=BACK, stops=(*LATER_DAY, "report"), whose=HANDLER, label_en="Time to keep it after all"),
    Clock("heard",     "表示意见期限", "SUG-14.heard",    starts=("ask_postponement",), stops=("say_on_postponement", *DECIDED), whose=SPEAKER, label_en="Time to be heard", applies=a_deputy_is_asked, right=True),
    Clock("postpone",  "延期决定期限", "SUG-14.postpone", starts=("ask_postponement",), stops=DECIDED, whose=DEPUTY_OFFICE, label_en="Time to decide on the later day"),
    Clock("round",     "年度通报开始", "SUG-14.round",    starts=("promise", "bring_over", "tell_deputies", *BACK), stops=("open_round", "report"), whose=HANDLER, label_en="Until the yearly round", only_if=ROUND, applies=next_round_counts, right=True, then="open_round"),
    Clock("yearly",    "年度通报期限", "SUG-14.report",   starts=("promise", "bring_over", "open_round"), stops=("tell_deputies", "report"), whose=HANDLER, label_en="Time for the yearly word", only_if=ROUND, applies=a_word_is_due),
    Clock("receipt",   "回执期限",   "SUG-12.promise",    starts=("tell_deputies",), stops=("receipt",), whose=ASKED_FOR_RECEIPT, label_en="Time for the receipt", only_if=ROUND, applies=asked_for_a_receipt, right=True),
    Clock("judge",     "落实评价期限", "SUG-12.promise",  starts=("report", "pass_word"), stops=("confirm", "deny", "pass_word", "pass_to_office"), whose=SPEAKER, label_en="Time to judge", applies=a_deputy_is_asked, then="pass_word"),
    Clock("unheard",   "转核查期限",  "SUG-14.unheard",   starts=("report", "pass_word"), stops=("pass_to_office", "confirm", "deny"), whose=DEPUTY_OFFICE, label_en="Until the deputies' office inspects", applies=no_deputy_is_left, then="pass_to_office"),
    Clock("inspection", "核查期限",   "SUG-14.inspection", starts=("pass_to_office",), stops=("inspect_kept", "inspect_not_kept"), whose=DEPUTY_OFFICE, label_en="Time to inspect"),
)
# fmt: on

PROCEDURE = Procedure(
    key="commitment", label="承诺事项台账", label_en="Ledger of promises", steps=STEPS, clocks=CLOCKS, record=Commitment,
    states=(OPEN, LATER, NOT_KEPT, REPORTED, INSPECTED, CONFIRMED), body="procedures/commitment.html", basis="SUG-14",
    stages=(("keep", "落实"), ("judge", "评价")), seen_by=EVERYBODY, seen_when_confidential=TRUSTED,
    title=lambda data: str(data["what"]), handed_over=effects.handed_over,
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]

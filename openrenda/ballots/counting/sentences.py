"""The verdict in one sentence, with its base and its article, in the language now spoken."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as declared

from .tally import Tally
from .terms import ABSTAIN, AGAINST, APPROVE, CHOICE, ELECTION, GRADES, NOT_VALID, Terms
from .verdict import ELECTED, NO_RESULT, NOT_ELECTED, NOT_PASSED, PASSED, TIED, WITHDRAWN, Outcome, Verdict

MARK_WORDS = {APPROVE: declared("赞成"), AGAINST: declared("反对"), ABSTAIN: declared("弃权"), "chosen": declared("得票"),
              NOT_VALID: declared("无效")}  # fmt: skip
BASE_WORDS = {
    "congress": declared("全体代表"), "delegation": declared("代表团全体代表"), "presidium": declared("主席团全体成员"),
}  # fmt: skip
ALL_MEMBERS = declared("全体组成人员")
RESULT_WORDS = {
    PASSED: declared("通过"), NOT_PASSED: declared("未通过"), ELECTED: declared("当选"), NOT_ELECTED: declared("未当选"),
    TIED: declared("票数相等，再次投票"), WITHDRAWN: declared("已退出，不计票"), NO_RESULT: declared("没有结果"),
}  # fmt: skip
CHOICE_WORDS = {ELECTED: declared("选定"), NOT_ELECTED: declared("未选定")}


def base_words(terms: Terms) -> str:
    """Of whom more than half is asked."""
    return _within(gettext(BASE_WORDS.get(terms.body, ALL_MEMBERS)))


def result_words(terms: Terms, result: str) -> str:
    """What follows for a row."""
    if terms.kind == GRADES and result not in RESULT_WORDS:
        return next(gettext(grade.label) for grade in terms.grades if grade.key == result)
    words = CHOICE_WORDS if terms.kind == CHOICE else {}
    return gettext({**RESULT_WORDS, **words}[result])


def mark_words(terms: Terms, mark: str) -> str:
    """A mark by its name."""
    return next((gettext(grade.label) for grade in terms.grades if grade.key == mark), "") or gettext(MARK_WORDS[mark])


def sentence(terms: Terms, tally: Tally, result: Verdict) -> str:
    """应到、实到、票数、基数和依据，结论: what is said in the hall and written in the record."""
    said = _said(terms, tally, result)
    return gettext("%(said)s（意向性投票，不作决定）") % {"said": said} if terms.straw else said


def _said(terms: Terms, tally: Tally, result: Verdict) -> str:
    if result.void:
        words = {"issued": tally.issued, "returned": tally.returned}
        return gettext("发出%(issued)d张票，收回%(returned)d张，收回多于发出，本次表决无效。") % words
    if terms.kind in (ELECTION, CHOICE):
        return _of_ranked(terms, tally, result)
    return "\n".join(_named(terms, outcome, _of_row(terms, tally, outcome)) for outcome in result.outcomes)


def row_sentence(terms: Terms, tally: Tally, outcome: Outcome) -> str:
    """The same of one row, for the record of what stands in it."""
    if terms.kind not in (ELECTION, CHOICE):
        return _of_row(terms, tally, outcome)
    words = {"base": terms.base, "present": terms.present, "votes": outcome.votes, "result": _within(result_words(terms, outcome.result)),
             "article": _article(terms)}  # fmt: skip
    return gettext("应到 %(base)d，实到 %(present)d，得票 %(votes)d，%(result)s（%(article)s）") % words


def _within(words: str) -> str:
    """Words inside a sentence."""
    return words[:1].lower() + words[1:]


def _named(terms: Terms, outcome: Outcome, said: str) -> str:
    """With the row's name, where there are several."""
    return said if len(terms.rows) == 1 else gettext("%(label)s：%(said)s") % {"label": outcome.label, "said": said}


def _of_row(terms: Terms, tally: Tally, outcome: Outcome) -> str:
    if terms.kind == GRADES:
        rule = gettext("测评结果")
    elif outcome.result == PASSED:
        rule = gettext("%(base)s过半数") % {"base": base_words(terms)}
    else:
        rule = gettext("没有超过%(base)s的半数") % {"base": base_words(terms)}
    words = {
        "base": terms.base, "present": terms.present, "counts": _counts(terms, tally, outcome.marks), "rule": rule,
        "result": _within(result_words(terms, outcome.result)), "article": _article(terms),
    }  # fmt: skip
    if outcome.result == WITHDRAWN:
        said = gettext("已退出，所得的票不计")
    elif outcome.result == NO_RESULT:
        said = gettext("应到 %(base)d，实到 %(present)d，%(counts)s：没有有效票，没有结果") % words
    else:
        said = gettext("应到 %(base)d，实到 %(present)d，%(counts)s：%(rule)s，%(result)s（%(article)s）") % words
    return said


def _counts(terms: Terms, tally: Tally, marks: Mapping[str, int]) -> str:
    """Every mark that may be given, in order; what was void, and who gave none."""
    named = [(_within(mark_words(terms, mark)), marks.get(mark, 0)) for mark in terms.allowed]
    void = marks.get(NOT_VALID, 0) + tally.void
    named += [(gettext("无效"), void)] if void else []
    unmarked = terms.present - tally.returned
    named += [(gettext("未表决"), unmarked)] if unmarked > 0 else []
    return gettext("，").join(f"{word} {count}" for word, count in named)


def _article(terms: Terms) -> str:
    return terms.rungs[0].citation if terms.kind == GRADES and terms.rungs else terms.majority.citation


def _of_ranked(terms: Terms, tally: Tally, result: Verdict) -> str:
    chosen = [outcome for outcome in result.outcomes if outcome.result == ELECTED]
    names = gettext("、").join(
        f"{outcome.label} {outcome.votes}" for outcome in sorted(chosen, key=lambda one: -one.votes)
    )
    words = {
        "base": terms.base, "present": terms.present, "issued": tally.issued, "returned": tally.returned,
        "valid": tally.valid, "places": terms.places, "chosen": len(chosen), "names": names or gettext("无"),
        "rule": _rule(terms), "what": result_words(terms, ELECTED), "article": _article(terms),
    }  # fmt: skip
    said = gettext(
        "应到 %(base)d，实到 %(present)d，发出 %(issued)d，收回 %(returned)d，有效 %(valid)d：名额 %(places)d，%(rule)s，"
        "%(what)s %(chosen)d：%(names)s（%(article)s）"
    ) % words  # fmt: skip
    return said + _left(result)


def _rule(terms: Terms) -> str:
    if terms.plurality:
        return gettext("得票多的在前")
    return gettext("%(base)s过半数、得票多的在前") % {"base": base_words(terms)}


def _left(result: Verdict) -> str:
    if result.again:
        words = {"names": gettext("、").join(result.again), "places": result.places_left}
        return gettext("；%(names)s 票数相等，就这些再次投票，定%(places)d个") % words
    if result.unfilled:
        return gettext("；不足名额 %(count)d") % {"count": result.unfilled}
    return ""

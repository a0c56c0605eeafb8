"""Why not: each bar returns a sentence naming the article, or nothing."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Session

ASSISTANCE = "assistance"
OPEN_ASSISTANCE = ("asked", "redo")


def not_in_session(situation: Situation) -> str | None:
    """A delegation speaks only in session (SUG-04)."""
    if not situation.book.option("option.delegation_proposes"):
        return _("本级人大未规定以代表团名义提出建议。")
    if not Session.objects.on(situation.today).exists():
        return _("代表团只能在大会期间提出建议（%(article)s）。") % {"article": situation.book.citation("SUG-04")}
    return None


def text_missing(situation: Situation) -> str | None:
    """Clear and concrete, with facts and proposals (代表法第二十四条)."""
    record = situation.record
    missing = [
        label for label, text in ((_("情况"), record.background), (_("具体建议"), record.proposals)) if not text.strip()
    ]
    if missing:
        return _("还没有写%(parts)s：建议应当明确具体（%(article)s）。") % {
            "parts": _("和").join(missing),
            "article": situation.book.citation("REP-02"),
        }
    return None


def invitations_open(situation: Situation) -> str | None:
    """Each co-signer confirms it is her own will; open invitations must be settled first (SUG-04)."""
    waiting = situation.holders("invited")
    if waiting:
        return _("%(names)s尚未确认联名：请等待确认，或撤回邀请（%(article)s）。") % {
            "names": _("、").join(party.name for party in waiting),
            "article": situation.book.citation("SUG-04"),
        }
    return None


def no_street(situation: Situation) -> str | None:
    """Two-level reading needs a street (B03)."""
    return None if situation.record.street_id else _("提出人没有所属街道，直接提交区级阅看。")


def street_comes_first(situation: Situation) -> str | None:
    """Street before district, where the congress reads twice (B03)."""
    if not situation.book.option("option.street_review") or not situation.record.street_id:
        return None
    if situation.matter.state != "draft" and situation.took("street_pass"):
        return None
    return _("须先经街道阅看（%(article)s）。") % {"article": situation.book.citation("B03.street")}


def street_has_passed(situation: Situation) -> str | None:
    """A draft the street has passed goes back to the level that returned it."""
    return _("街道已经阅看通过，修改后直接提交区级。") if situation.took("street_pass") else None


def cosigners_not_agreed(situation: Situation) -> str | None:
    """A joint suggestion is withdrawn by all (SUG-05)."""
    if not situation.book.option("option.cosigners_withdraw"):
        return None
    agreed = {act.account for act in situation.took("agree_withdrawal")}
    waiting = [party.name for party in situation.holders("cosigner")][len(agreed) :]
    if waiting:
        return _("联名建议由全体联名代表同意后撤回，还有%(count)d位未同意（%(article)s）。") % {
            "count": len(waiting),
            "article": situation.book.citation("SUG-05"),
        }
    return None


def return_time_over(situation: Situation) -> str | None:
    """Declining is possible inside the limit only (SUG-07)."""
    late = [
        row
        for row in situation.clocks
        if row.key == "return" and row.stopped_on is None and situation.today > row.due_on
    ]
    if late:
        return _("退办期限已于%(day)s届满（%(article)s）。") % {
            "day": date_format(late[0].due_on),
            "article": situation.book.citation("SUG-07.return"),
        }
    return None


def deputy_not_contacted(situation: Situation) -> str | None:
    """The organ talks with the deputy before it replies (代表法第五十一条第二款)."""
    if situation.record.contacted_on or situation.took("contact"):
        return None
    return _("答复前应当与代表联系沟通，请先登记联系情况（%(article)s）。") % {
        "article": situation.book.citation("REP-06")
    }


def not_contacted_again(situation: Situation) -> str | None:
    """A second handling talks with the deputy again (REP-06, SUG-13)."""
    rejected = situation.took("reject", "reopen")
    if rejected and not [act for act in situation.took("contact") if act.seq > rejected[-1].seq]:
        return _("重新办理也应当先与代表沟通，请登记联系情况（%(article)s）。") % {
            "article": situation.book.citation("REP-06")
        }
    return None


def nobody_handles(situation: Situation) -> str | None:
    """Only what an organ handles here is handled again: a divided suggestion by its parts, a past record by nobody."""
    if situation.holders("handler"):
        return None
    return _("这件建议在系统中没有承办单位（分别办理的由各件重新办理），不能在这里重新办理。")


def assistance_missing(situation: Situation) -> str | None:
    """The lead organ states the assisting organs' opinions (SUG-06)."""
    waiting = [
        child for child in situation.children if child.procedure == ASSISTANCE and child.state in OPEN_ASSISTANCE
    ]
    if waiting:
        return ngettext(
            "还有%(count)d个协办单位没有提出意见（%(article)s）。",
            "还有%(count)d个协办单位没有提出意见（%(article)s）。",
            len(waiting),
        ) % {"count": len(waiting), "article": situation.book.citation("SUG-07.assist")}
    return None


def promised_day_is_past(situation: Situation) -> str | None:
    """A promise is not signed once its day has passed; the draft goes back for a new day (SUG-14)."""
    drafted = situation.took("draft_reply", "draft_second_reply")
    promises = drafted[-1].data.get("promises", []) if drafted else []
    past = [row for row in promises if row["by"] < situation.today.isoformat()]
    if not past:
        return None
    return _("“%(what)s”承诺的完成期限%(day)s已经过去，请退回重拟，写明新的期限（%(article)s）。") % {
        "what": past[0]["what"],
        "day": date_format(date.fromisoformat(past[0]["by"])),
        "article": situation.book.citation("SUG-14"),
    }


def not_reminded(situation: Situation) -> str | None:
    """A deputy who has not judged is reminded before she is counted as silent (SUG-12)."""
    from openrenda.docket.models import OutboxEntry

    if situation.past:
        return None
    reminded = OutboxEntry.objects.filter(
        matter_id=situation.matter.pk, kind="reminder", detail__clock__in=["feedback", "second_feedback"]
    )
    return None if reminded.exists() else _("催促代表评价之后，方可按逾期未评价处理。")


def judged_already(situation: Situation) -> str | None:
    """One judgement a round."""
    return _("代表已经作出评价。") if situation.record.judged_on else None


def asked_for_secrecy(situation: Situation) -> str | None:
    """What the deputy asked to keep secret is not published (SUG-15)."""
    if situation.matter.confidential:
        return _("代表要求保密，不予公开（%(article)s）。") % {"article": situation.book.citation("SUG-15")}
    return None


def main_is_unfit(situation: Situation) -> str | None:
    """A suggestion is merged into another one that is still open (SUG-18)."""
    chosen = situation.data.get("main")
    if not chosen:
        return None
    main = Matter.objects.filter(pk=chosen, procedure=situation.matter.procedure).first()
    if main is None or main.pk == situation.matter.pk:
        return _("请选择另一件建议作为主件。")
    if main.closed_on or main.parent_id:
        return _("所选主件已经办结或已并入其他建议，请另选一件。")
    return None


def is_main_of_others(situation: Situation) -> str | None:
    """What others were merged into is not itself merged."""
    merged = [child for child in situation.children if child.state == "merged"]
    return _("已有其他建议并入本件，不能再并入别件。") if merged else None

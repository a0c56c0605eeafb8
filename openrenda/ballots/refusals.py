"""Why a ballot is not given out or not taken in: each with a sentence that says what to do."""

from __future__ import annotations

from django.utils.translation import gettext


class NotAccepted(Exception):
    """Nothing was changed. ``code`` is for a script, ``sentence`` for the person."""

    code = "refused"

    @property
    def sentence(self) -> str:
        """What is said."""
        return gettext("没有办理，请刷新页面再试。")


class NotOpen(NotAccepted):
    """The vote has not begun or is over."""

    code = "not_open"

    @property
    def sentence(self) -> str:
        return gettext("表决没有开始或者已经结束，这一票没有计入。")


class NotOnTheRoll(NotAccepted):
    """She may not vote here."""

    code = "not_on_the_roll"

    @property
    def sentence(self) -> str:
        return gettext("您不在这次表决的投票人名单中：名单在表决开始时按到会情况确定。请向会议工作人员查询。")


class OnPaper(NotAccepted):
    """She votes on paper."""

    code = "on_paper"

    @property
    def sentence(self) -> str:
        return gettext("您已登记使用纸质票，不再领电子票。")


class AlreadyTaken(NotAccepted):
    """Another device has her ballot."""

    code = "already_taken"

    @property
    def sentence(self) -> str:
        return gettext(
            "您已经在另一台设备或者另一个浏览器上领过票，一人只有一张。请在那台设备上投票；设备丢失的，请告诉会议主持人。"
        )


class AlreadyCast(NotAccepted):
    """The ballot was cast before, with other marks."""

    code = "already_cast"

    @property
    def sentence(self) -> str:
        return gettext("这一票先前已经投出，先投的有效，不能更改。")


class NotABallot(NotAccepted):
    """Not signed by this vote's authority, or not sealed by its own key, or no paper of this vote."""

    code = "not_a_ballot"

    @property
    def sentence(self) -> str:
        return gettext("这不是本次表决的有效票，没有计入。")


class TooManyMarks(NotAccepted):
    """For more than there are places."""

    code = "too_many_marks"

    def __init__(self, places: int) -> None:
        super().__init__(places)
        self.places = places

    @property
    def sentence(self) -> str:
        return gettext("最多选%(places)d个，多选的票无效，所以没有投出。请改好再投。") % {"places": self.places}

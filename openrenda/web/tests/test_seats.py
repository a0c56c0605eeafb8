"""The seat map of a sitting: drawn by the clerk, people seated by strokes or by hand, a seat pressed is a step of that person's own place."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from openrenda.activities.hall import Attendance, HallSeat, Sitting
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.tenancy import congress_scope
from tests import sittings
from tests.cast import Cast, assemble
from tests.sittings import take

from .stage import hidden, seat, text


def seated(sitting: Matter) -> dict[str, tuple[int, int]]:
    """Who sits where, by name."""
    rows = HallSeat.objects.filter(matter=sitting).select_related("attendance")
    return {row.attendance.name: row.spot for row in rows}


def planned(cast: Cast, rows: str = "2+2", **data: Any) -> Matter:
    """A sitting that was called, with a plan."""
    sitting = sittings.called(cast, **data)
    take(cast, sitting, "office", "plan_seats", {"rows": rows})
    return sitting


def give(cast: Cast, sitting: Matter, who: str, spot: str) -> None:
    """The clerk seats somebody by hand."""
    person = Attendance.objects.get(sitting=sitting, name=cast[who].name)
    take(cast, sitting, "office", "seat", {"person": str(person.pk), "seat": spot})


def page(sitting: Matter, rest: str = "") -> str:
    """The seat map's page."""
    return f"/hall/{sitting.pk}/seats/{rest}"


def state(sitting: Matter, cast: Cast, who: str) -> str:
    """How somebody stands."""
    return sittings.place(sitting, cast[who].name).state


def press(client: Client, sitting: Matter, spot: str, **more: Any) -> Any:
    """Press a seat on the page as it is now."""
    shown = client.get(page(sitting))
    button = re.search(rf'id="seat-{spot}" name="seen" value="(\d+)" formaction="([^"]+)"', text(shown))
    assert button
    return client.post(button[2], {**hidden(shown), "seen": button[1], **more})


def test_members_are_seated_in_the_order_of_strokes(cast: Cast) -> None:
    """From the front and from the left, in one press; as the list of members is."""
    sitting = planned(cast, "２＋1\n4")
    assert Sitting.objects.get(matter=sitting).seat_rows == "2+1\n4"
    take(cast, sitting, "office", "seat_all")
    order = [row.name for row in Attendance.objects.filter(sitting=sitting).order_by("mandate__person__stroke_key")]
    assert [name for name, _spot in sorted(seated(sitting).items(), key=lambda one: one[1])] == order
    assert sorted(seated(sitting).values()) == [(1, 1), (1, 2), (1, 3)]


def test_two_change_seats_and_one_gives_hers_up(cast: Cast) -> None:
    """A taken seat changes hands: each has the other's. Whoever had none leaves the other without."""
    sitting = planned(cast)
    for who, spot in (("chen", "1-1"), ("lin", "1-2")):
        give(cast, sitting, who, spot)
    give(cast, sitting, "chen", "1-2")
    assert seated(sitting) == {cast["chen"].name: (1, 2), cast["lin"].name: (1, 1)}
    give(cast, sitting, "ouyang", "1-2")
    assert seated(sitting) == {cast["ouyang"].name: (1, 2), cast["lin"].name: (1, 1)}
    give(cast, sitting, "lin", "none")
    assert seated(sitting) == {cast["ouyang"].name: (1, 2)}
    for nowhere in ("9-9", "", "1-2-3"):
        with pytest.raises(Incomplete):
            give(cast, sitting, "lin", nowhere)


def test_more_members_than_seats_are_told_in_words(cast: Cast) -> None:
    """Nobody is seated by halves."""
    sitting = planned(cast, "2")
    with pytest.raises(Refused, match="组成人员 3 人，座位只有 2 个"):
        take(cast, sitting, "office", "seat_all")
    assert "组成人员 3 人，座位只有 2 个" in text(seat(cast, "office").get(page(sitting)))
    assert seated(sitting) == {}


@pytest.mark.parametrize(
    "rows", ["", "八", "6++6", "0", "61", "30+31", "-5", "1e3", "99999999999", "\n".join(["5"] * 61), "6 6"]
)
def test_a_plan_that_is_none_is_refused_with_its_line(cast: Cast, rows: str) -> None:
    """Numbers of seats, sixty a row and sixty rows at most."""
    with pytest.raises(Incomplete):
        planned(cast, rows)


def test_a_smaller_plan_keeps_those_whose_seat_is_there(cast: Cast) -> None:
    sitting = planned(cast, "4")
    for who, spot in (("chen", "1-1"), ("lin", "1-4")):
        give(cast, sitting, who, spot)
    take(cast, sitting, "office", "plan_seats", {"rows": "2\n2"})
    assert seated(sitting) == {cast["chen"].name: (1, 1)}


def test_a_plan_that_is_cleared_is_gone(cast: Cast) -> None:
    """And with it everything that was shown of it."""
    sitting = planned(cast)
    take(cast, sitting, "office", "seat_all")
    take(cast, sitting, "office", "plan_seats", {"rows": ""})
    assert seated(sitting) == {}
    assert seat(cast, "chen").get(page(sitting)).status_code == 404


def test_the_last_plan_of_the_body_is_used_again(cast: Cast) -> None:
    """With its people where they sat; only while there is no plan yet, and not that of another body."""
    first = planned(cast)
    give(cast, first, "lin", "1-3")
    again = sittings.called(cast)
    take(cast, again, "office", "copy_seats")
    assert (seated(again), Sitting.objects.get(matter=again).seat_rows) == ({cast["lin"].name: (1, 3)}, "2+2")
    with pytest.raises(Refused, match="已经有座位图"):
        take(cast, again, "office", "copy_seats")


def test_without_a_plan_nothing_is_shown_or_asked(cast: Cast) -> None:
    """Members see no map; the clerk may draw one and need not."""
    sitting = sittings.called(cast)
    assert "座位图" not in text(seat(cast, "chen").get(f"/hall/{sitting.pk}/"))
    assert seat(cast, "chen").get(page(sitting)).status_code == 404
    shown = text(seat(cast, "office").get(page(sitting)))
    assert "不画也照常开会" in shown
    assert "按姓氏笔画排座" not in shown
    with pytest.raises(Refused, match="还没有画座位图"):
        take(cast, sitting, "office", "seat_all")


def test_a_seat_signs_in_and_asks_before_it_signs_out(cast: Cast) -> None:
    """The step of her own place, by the clerk; pressed again the page asks, and one press brings her back."""
    sitting = planned(cast)
    give(cast, sitting, "chen", "1-2")
    office = seat(cast, "office")
    assert "formaction" not in text(office.get(page(sitting))), "not before sign-in has begun"
    take(cast, sitting, "office", "begin_sign_in")
    answer = press(office, sitting, "1-2")
    assert answer["Location"].endswith("/seats/#seat-1-2")
    assert state(sitting, cast, "chen") == "present"
    assert Act.objects.get(step="sign_in").actor_name == cast["office"].name
    shown = text(office.get(page(sitting)))
    assert "在场 1 人" in shown
    place = sittings.place(sitting, cast["chen"].name)
    asked = office.get(page(sitting, f"?ask={place.pk}"))
    assert f"{cast['chen'].name}已到。要记为离席吗？" in text(asked)
    assert state(sitting, cast, "chen") == "present", "asking changes nothing"
    office.post(f"/hall/{place.pk}/take/leave_hall/?map=1-2", {**hidden(asked), "seen": place.version})
    assert state(sitting, cast, "chen") == "left"
    assert "离席" in text(office.get(page(sitting)))
    press(office, sitting, "1-2")
    assert state(sitting, cast, "chen") == "present"


def test_two_seats_pressed_on_one_page_are_two_acts(cast: Cast) -> None:
    """All seats are in one form: its mark stands for one press of each of them, and for the same press again only once."""
    sitting = planned(cast)
    take(cast, sitting, "office", "seat_all")
    take(cast, sitting, "office", "begin_sign_in")
    office = seat(cast, "office")
    shown = office.get(page(sitting))
    buttons = re.findall(r'name="seen" value="(\d+)" formaction="([^"]+)"', text(shown))
    for seen, where in (*buttons[:2], buttons[0]):
        office.post(where, {**hidden(shown), "seen": seen})
    assert Act.objects.filter(step="sign_in").count() == 2


def test_who_signed_in_meanwhile_is_not_signed_out(cast: Cast) -> None:
    """The clerk pressed a seat whose person was quicker with her phone: the page says so at its top."""
    sitting = planned(cast)
    give(cast, sitting, "chen", "1-2")
    take(cast, sitting, "office", "begin_sign_in")
    office = seat(cast, "office")
    shown = text(office.get(page(sitting)))
    button = re.search(r'name="seen" value="(\d+)" formaction="([^"]+)"', shown)
    assert button
    sittings.arrive(cast, sitting, "chen")
    answer = office.post(button[2], {"seen": button[1]}, follow=True)
    assert answer.redirect_chain[-1][0] == page(sitting)
    assert state(sitting, cast, "chen") == "present"


def test_leave_is_a_word_and_is_asked_about(cast: Cast) -> None:
    """She who has leave and comes all the same is signed in after a question."""
    sitting = planned(cast)
    give(cast, sitting, "chen", "1-2")
    place = sittings.place(sitting, cast["chen"].name)
    take(cast, place, "chen", "ask_leave", {"reason": "出差"})
    take(cast, place, "leader", "grant_leave")
    take(cast, sitting, "office", "begin_sign_in")
    shown = text(seat(cast, "office").get(page(sitting, f"?ask={place.pk}")))
    assert "seat-leave" in shown
    assert "请了假。到会了吗" in shown


def test_after_the_end_the_map_says_who_was_absent(cast: Cast) -> None:
    """And no seat can be pressed any more."""
    sitting = planned(cast)
    take(cast, sitting, "office", "seat_all")
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, "chen", "lin")
    take(cast, sitting, "office", "open")
    sittings.settle(cast, sitting)
    take(cast, sitting, "office", "close")
    shown = text(seat(cast, "office").get(page(sitting)))
    assert (shown.count("seat-there"), shown.count("seat-absent")) == (2, 1)
    assert "缺席" in shown
    assert "formaction" not in shown
    assert "?ask=" not in shown


def test_others_look_or_see_nothing_and_press_nothing(cast: Cast) -> None:
    """A member sees the map and her seat; deputies without a place, departments and other congresses have none."""
    sitting = planned(cast)
    take(cast, sitting, "office", "seat_all")
    take(cast, sitting, "office", "begin_sign_in")
    shown = text(seat(cast, "chen").get(page(sitting)))
    assert "我的座位" in shown
    assert "formaction" not in shown
    assert "座位图" in text(seat(cast, "chen").get(f"/hall/{sitting.pk}/"))
    for who in ("zhou", "roads_clerk", "auditor"):
        assert seat(cast, who).get(page(sitting)).status_code == 404, who
    lin = sittings.place(sitting, cast["lin"].name)
    for who in ("chen", "zhou", "roads_clerk"):
        answer = seat(cast, who).post(f"/hall/{lin.pk}/take/sign_in/?map=1-1", {"seen": lin.version})
        assert answer.status_code == 404, who
        answer = seat(cast, who).post(f"/hall/{sitting.pk}/take/seat_all/?map=", {"seen": sitting.version}, follow=True)
        assert not Act.objects.filter(step="seat_all", account=cast[who].account).exists()
    assert state(sitting, cast, "lin") == "invited"
    other = assemble("990102", name="邻区")
    with congress_scope(other.congress):
        assert seat(other, "office").get(page(sitting)).status_code == 404
        assert seat(other, "office").post(f"/hall/{lin.pk}/take/sign_in/?map=1-1").status_code == 404


def test_the_clerk_draws_and_seats_from_the_page(cast: Cast) -> None:
    """A bad plan is told in a sentence and stays as it was typed; where the page goes back to is a seat or nothing."""
    sitting = sittings.called(cast)
    office = seat(cast, "office")

    def sent(step: str, **data: Any) -> str:
        now = Matter.objects.get(pk=sitting.pk)
        answer = office.post(
            f"/hall/{sitting.pk}/take/{step}/?map=//evil.example", {"seen": now.version, **data}, follow=True
        )
        assert answer.redirect_chain[-1][0].partition("?")[0] == page(sitting)
        return text(answer)

    refused = sent("plan_seats", rows="6+6\n六座")
    assert "看不懂" in refused
    assert re.search(r"<textarea[^>]*>\s*6\+6\n六座</textarea>", refused)
    assert "主席台" in sent("plan_seats", rows="2+2")
    assert cast["chen"].name in sent("seat_all")
    person = Attendance.objects.get(sitting=sitting, name=cast["chen"].name)
    sent("seat", person=str(person.pk), seat="1-4")
    assert seated(sitting)[cast["chen"].name] == (1, 4)


def test_the_wall_shows_names_and_no_states_before_the_opening(cast: Cast) -> None:
    """So that everybody finds her seat."""
    sitting = planned(cast)
    take(cast, sitting, "office", "seat_all")
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, "chen", "lin")
    wall = f"/c/{cast.congress.division_code}/wall/{Sitting.objects.get(matter=sitting).wall}/"
    shown = text(Client().get(wall))
    assert cast["ouyang"].name in shown
    assert "未到" not in shown
    assert "formaction" not in shown
    take(cast, sitting, "office", "open")
    assert cast["ouyang"].name not in text(Client().get(wall))


def test_a_map_costs_the_same_for_a_full_hall(cast: Cast, django_assert_max_num_queries: Any) -> None:
    """Three members or thirty; and what has not changed is not sent again."""
    for number in range(30):
        sittings.deputy(cast, f"m{number}", f"委员{number}")
        sittings.committee(cast, (f"m{number}",))
    sitting = planned(cast, "\n".join(["6+6"] * 3))
    take(cast, sitting, "office", "seat_all")
    take(cast, sitting, "office", "begin_sign_in")
    client = seat(cast, "office")
    shown = text(client.get(page(sitting, "?change=1")))
    assert "调整一个人的座位" in shown
    shown = text(client.get(page(sitting)))
    assert "调整一个人的座位" not in shown, "what is not needed at the door is not asked for at every press"
    mark = re.search(r"mark=([0-9a-f]+)", shown)
    assert mark
    with django_assert_max_num_queries(26):
        client.get(page(sitting, "?change=1"))
    with django_assert_max_num_queries(17):
        client.get(page(sitting))
    with django_assert_max_num_queries(14):
        assert client.get(page(sitting, "?part=1&mark=x")).status_code == 200
    assert client.get(page(sitting, f"?part=1&mark={mark[1]}")).status_code == 204
    sittings.arrive(cast, sitting, "chen")
    assert client.get(page(sitting, f"?part=1&mark={mark[1]}")).status_code == 200

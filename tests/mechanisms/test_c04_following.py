"""C04 (5), A17 (3): what an opinion was made into moves it too: its page shows where it went, and its state follows, both ways."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from openrenda import docket, tickets
from openrenda.docket.models import Matter, RunningClock
from openrenda.docket.verify import verify_congress
from openrenda.web.tests.stage import address, text
from tests.cast import Cast

from .opining import ANSWER, RATING, SORTED, answered, handed, now, resident, said, topic
from .stage import chain, take


def problem_in(cast: Cast, opinion: Matter, title: str = "路灯不亮") -> Matter:
    """A problem that the street finds in the opinion."""
    take(cast, opinion, "street", "find_problem", {"title": title})
    return Matter.objects.filter(procedure="problem").latest("pk")


def her_page(cast: Cast, client: Client, opinion: Matter) -> str:
    """What the resident reads under her personal link."""
    return text(client.get(f"/c/{cast.congress.division_code}/opinions/mine/{tickets.link_of(opinion.pk)}/"))


def clocks_of(opinion: Matter) -> set[str]:
    """The time limits that run for it."""
    return set(RunningClock.objects.filter(matter=opinion, stopped_on=None).values_list("key", flat=True))


def test_c04_5_a_problem_takes_the_opinion_along_and_answers_it(cast: Cast, client: Client) -> None:
    """Must (5): its way leads there and back, nobody is reminded to sort it, and the resident is answered when it is solved."""
    by = resident(cast)
    opinion = said(cast, by)
    problem = problem_in(cast, opinion)
    assert now(opinion).state == "followed"
    assert clocks_of(opinion) == {"answer"}
    assert ("发现的问题", address(problem)) in chain(cast, opinion, "street")
    assert ("来自意见", address(opinion)) in chain(cast, problem, "street")
    assert "已登记为问题，正在解决" in her_page(cast, client, opinion)
    take(cast, problem, "street", "to_organ", {"organ": cast.organs["roads"].pk})
    take(cast, problem, "street", "solve", {"outcome": "已换好六盏路灯。"})
    assert now(opinion).state == "answered"
    shown = her_page(cast, client, opinion)
    for words in ("“路灯不亮”：已换好六盏路灯。", "登记的问题已解决", "问题解决了吗"):
        assert words in shown, words
    docket.act(now(opinion), "rate", by=by, data=RATING)
    assert now(opinion).state == "closed"
    assert verify_congress(cast.congress) == []


def test_a17_3_of_several_problems_the_last_one_answers(cast: Cast) -> None:
    """Must (3): one opinion may hold several."""
    opinion = said(cast)
    first, second = problem_in(cast, opinion), problem_in(cast, opinion, "井盖松动")
    take(cast, first, "street", "solve", {"outcome": "修好了"})
    assert now(opinion).state == "followed"
    take(cast, second, "street", "solve", {"outcome": "换新了"})
    assert now(opinion).state == "answered"


def test_a17_3_a_problem_that_is_dropped_gives_the_opinion_back(cast: Cast) -> None:
    opinion = said(cast)
    problem = problem_in(cast, opinion)
    take(cast, problem, "street", "drop", {"reason": "属于产权单位"})
    assert now(opinion).state == "received"
    assert clocks_of(opinion) == {"answer", "sort"}
    assert now(opinion).acts.latest("seq").data["reason"] == "属于产权单位"


def test_a17_3_a_problem_beside_what_is_done_leaves_the_opinion_where_it_is(cast: Cast) -> None:
    """An organ that handles it answers; one that was answered stays so, and learns of the solution."""
    with_organ, told = handed(cast, said(cast)), answered(cast, said(cast, text="另一件"))
    for opinion, state in ((with_organ, "handling"), (told, "answered")):
        take(cast, opinion, "office", "find_further", {"title": "路灯不亮"})
        assert now(opinion).state == state
        problem = Matter.objects.filter(procedure="problem").latest("pk")
        take(cast, problem, "office", "solve", {"outcome": "修好了"})
        assert now(opinion).state == state
    assert told.acts.filter(step="learn_solved").exists()


def test_a17_3_the_keeper_need_not_wait_for_the_problem(cast: Cast) -> None:
    """She answers at once, or goes on with the opinion itself."""
    waiting, answered_now = said(cast), said(cast, text="另一件")
    for opinion in (waiting, answered_now):
        problem_in(cast, opinion)
    assert waiting not in docket.inbox(cast["street"])
    take(cast, waiting, "street", "go_on_itself")
    take(cast, waiting, "street", "sort", SORTED)
    take(cast, answered_now, "street", "answer", ANSWER)
    assert (now(waiting).state, now(answered_now).state) == ("sorted", "answered")


def test_c04_5_a_topic_takes_the_opinion_along_and_gives_it_back(cast: Cast, client: Client) -> None:
    """Must (5): when the reception day is over, or called off, whoever keeps the opinion is told to answer; nothing is said for her."""
    first, second = said(cast), said(cast, text="另一件")
    day = topic(cast)
    for opinion in (first, second):
        take(cast, opinion, "office", "make_topic", {"topic": day.pk})
        assert now(opinion).state == "followed"
        assert ("来自", address(opinion)) in chain(cast, day, "office")
        assert ("产生", address(day)) in chain(cast, opinion, "office")
    assert "已列为监督议题" in her_page(cast, client, first)
    take(cast, second, "street", "answer", ANSWER)
    led = {
        "held_on": timezone.localdate().isoformat(),
        "place": "青石街道联络站",
        "places": 6,
        "leading": cast.seats["leader"].pk,
    }
    take(cast, day, "office", "change", led)
    take(cast, day, "office", "hold", {"deputies": [cast.mandates["chen"].pk]})
    take(cast, day, "office", "close")
    assert (now(first).state, now(second).state) == ("received", "answered")
    assert "请把结果答复群众" in now(first).acts.latest("seq").data["reason"]
    assert "监督议题已结束，由站点接着办理" in her_page(cast, client, first)


def test_c04_5_a_topic_that_is_called_off_gives_the_opinion_back_too(cast: Cast) -> None:
    opinion, day = said(cast), topic(cast)
    take(cast, opinion, "office", "make_topic", {"topic": day.pk})
    take(cast, day, "office", "cancel", {"reason": "改期"})
    assert now(opinion).state == "received"


def test_c04_5_what_is_handled_becomes_a_topic_beside_it(cast: Cast) -> None:
    opinion = handed(cast, said(cast))
    take(cast, opinion, "office", "add_topic", {"topic": topic(cast).pk})
    assert now(opinion).state == "handling"

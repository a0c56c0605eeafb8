"""C04 群众诉求分级分类交办."""

from __future__ import annotations

import pytest

from openrenda import docket
from openrenda.docket.models import Act, Link, Matter
from openrenda.docket.refusals import Incomplete, NotVisible, Refused
from openrenda.procedures.opinion import sorting
from openrenda.rulebook import book_for
from openrenda.web.tests.stage import address, seat, text
from tests.cast import SUBMIT, Cast

from .opining import ANSWER, RATING, SORTED, TO_ORGAN, answered, entered, handed, now, resident, said
from .stage import chain, take


def test_c04_1_nature_and_level_decide_where_it_goes_by_a_table_that_can_be_read(cast: Cast) -> None:
    """Must (1)."""
    matter = said(cast)
    take(cast, matter, "street", "sort", TO_ORGAN)
    record = now(matter).opinion.get()
    assert (record.nature, record.level, record.route) == ("trouble", "district", sorting.ORGAN)
    with pytest.raises(Refused, match="按分级分类规则"):
        take(cast, matter, "office", "to_hotline", {})
    take(cast, matter, "office", "hand", {"organ": cast.organs["roads"].pk})
    assert now(matter).state == "handling"
    page = text(seat(cast, "chen").get("/c/990701/opinions/rules/"))
    for row in sorting.table(book_for(cast.congress)):
        assert all(words in page for words in (row.nature_words, row.level_words, row.route_words))


def test_c04_1_going_another_way_than_the_table_takes_a_written_reason(cast: Cast) -> None:
    """Must (1)."""
    matter = said(cast)
    take(cast, matter, "street", "sort", TO_ORGAN)
    take(cast, matter, "office", "to_hotline", {"off_rule": "热线已有同类工单"})
    assert Act.objects.get(matter=matter, step="to_hotline").data["off_rule"] == "热线已有同类工单"


@pytest.mark.parametrize("nature", ["court", "petition", "conduct"])
def test_c04_1_what_is_not_taken_up_is_told_where_to_go(cast: Cast, nature: str) -> None:
    """Must (1): the place stands in the table, and the form brings it along."""
    matter = said(cast)
    take(cast, matter, "street", "sort", {"nature": nature, "level": "station"})
    with pytest.raises(Incomplete):
        take(cast, matter, "street", "refuse", {"reason": "不属于受理范围"})
    where = sorting.route_of(book_for(cast.congress), nature, "station").where
    assert where in text(seat(cast, "street").get(address(matter, "refuse")))


def test_c04_2_what_a_level_cannot_settle_goes_up_with_its_whole_history(cast: Cast) -> None:
    """Must (2): from the station to the street, the district and the city, one matter with all its acts."""
    matter = said(cast)
    take(cast, matter, "street", "sort", SORTED)
    for who, level in (("street", "street"), ("street", "district"), ("office", "city")):
        take(cast, matter, who, "go_up", {"reason": "本级解决不了"})
        assert now(matter).opinion.get().level == level
    with pytest.raises(Refused, match="最高一级"):
        take(cast, matter, "office", "go_up", {"reason": "还是解决不了"})
    take(cast, matter, "office", "send_up", {})
    assert now(matter).state == "upper"
    assert [act.step for act in matter.acts.order_by("seq")] == ["say", "sort", "go_up", "go_up", "go_up", "send_up"]
    # Whoever kept it before may still read all of it.
    assert "本级解决不了" in text(seat(cast, "street").get(address(matter)))


def test_c04_3_the_deputy_and_the_resident_see_the_same_state(cast: Cast) -> None:
    """Must (3): after every step, the word on the resident's page is the word on the deputy's."""
    from openrenda import tickets

    matter = said(cast, deputy=cast.mandates["chen"].pk)
    mine = f"/c/990701/opinions/mine/{tickets.link_of(matter.pk)}/"
    deputy = seat(cast, "chen")
    steps = [("street", "sort", TO_ORGAN), ("office", "hand", {"organ": cast.organs["roads"].pk}), ("roads_clerk", "reply", ANSWER),
             ("office", "release", {})]  # fmt: skip
    for who, step, data in steps:
        take(cast, matter, who, step, data)
        words = now(matter).state_now.words
        assert words in text(deputy.get(address(matter)))
        assert words in text(deputy.get(mine))


def test_c04_4_closing_needs_a_result_and_the_residents_word_or_her_silence(cast: Cast) -> None:
    """Must (4)."""
    by = resident(cast)
    matter = said(cast, by)
    with pytest.raises(Refused):
        docket.act(matter, "rate", by=by, data=RATING)
    with pytest.raises(Incomplete):
        take(cast, matter, "street", "answer", {"answer": "已修好"})
    answered(cast, matter)
    with pytest.raises(Incomplete):
        docket.act(now(matter), "rate", by=by, data={"solved": "yes"})
    docket.act(now(matter), "rate", by=by, data=RATING)
    closed = now(matter)
    assert (closed.state, closed.opinion.get().result, closed.opinion.get().solved) == ("closed", "solved", "yes")


def test_c04_4_nobody_but_the_resident_rates_her_own_opinion(cast: Cast) -> None:
    """Must (4): another resident does not even see it; a clerk who asked her says how."""
    matter = answered(cast, said(cast))
    with pytest.raises(NotVisible):
        docket.act(matter, "rate", by=resident(cast), data=RATING)
    with pytest.raises(Incomplete):
        take(cast, matter, "office", "rate_for", RATING)
    take(cast, matter, "office", "rate_for", {**RATING, "way": "上门回访"})
    assert now(matter).state == "closed"


def test_c04_4_what_is_not_solved_is_done_once_more(cast: Cast) -> None:
    """Must (4): the first answer stays in the ledger."""
    by = resident(cast)
    matter = answered(cast, said(cast, by))
    docket.act(matter, "reopen", by=by, data={"word": "只修了三盏"})
    assert now(matter).state == "sorted"
    take(cast, matter, "office", "hand", {"organ": cast.organs["roads"].pk})
    take(cast, matter, "roads_clerk", "reply", {**ANSWER, "answer": "其余三盏也换好了。"})
    take(cast, matter, "office", "release")
    with pytest.raises(Refused, match="重新办理过一次"):
        docket.act(now(matter), "reopen", by=by, data={"word": "还是不亮"})
    assert Act.objects.filter(matter=matter, step="reply").count() == 2


def test_c04_5_it_is_raised_to_a_suggestion_with_links_both_ways(cast: Cast) -> None:
    """Must (5): one act."""
    matter = entered(cast, "chen", channel="visit")
    take(cast, matter, "chen", "raise_suggestion")
    raised = Matter.objects.get(procedure="suggestion")
    assert now(matter).state == "raised"
    assert ("产生", address(raised)) in chain(cast, matter, "chen")
    assert ("来自", address(matter)) in chain(cast, raised, "chen")
    assert matter.opinion.get().text in raised.suggestion.get().background
    with pytest.raises(Refused):
        take(cast, matter, "chen", "raise_suggestion")
    take(cast, raised, "chen", "revise", {"title": raised.title, "background": "情况", "proposals": "请装路灯。"})
    take(cast, raised, "chen", "submit_to_street", SUBMIT)
    assert ("来自", address(matter)) in chain(cast, raised, "office")


def test_c04_5_it_becomes_a_topic_of_supervision_with_a_link_back(cast: Cast) -> None:
    """Must (5)."""
    from tests.mechanisms.opining import topic

    matter, inspection = said(cast), topic(cast)
    take(cast, matter, "office", "make_topic", {"topic": inspection.pk})
    link = Link.objects.get(matter=inspection)
    assert (link.origin_id, link.kind) == (matter.pk, "came_from")
    assert ("来自", address(matter)) in chain(cast, inspection, "office")
    assert ("产生", address(inspection)) in chain(cast, matter, "office")


def test_c04_two_opinions_about_the_same_are_merged_and_both_keep_their_words(cast: Cast) -> None:
    """In: opinions from every channel."""
    from openrenda import tickets

    first, second = said(cast), said(cast, text="路灯不亮，请修一修。")
    take(cast, second, "street", "merge", {"into": first.pk})
    assert (now(second).state, now(second).opinion.get().merged_into_id) == ("merged", first.pk)
    assert first.acts.filter(step="take_in").exists()
    answered(cast, first)
    for matter, words in ((first, "路灯坏了"), (second, "路灯不亮")):
        page = text(seat(cast, "chen").get(f"/c/990701/opinions/mine/{tickets.link_of(matter.pk)}/"))
        assert words in page
        assert ANSWER["answer"] in page


def test_c04_an_organ_sees_what_it_was_handed_and_nothing_else(cast: Cast) -> None:
    """Deny by default."""
    mine, other = handed(cast, said(cast)), said(cast, text="另一件事")
    clerk = seat(cast, "roads_clerk")
    assert clerk.get(address(mine)).status_code == 200
    assert clerk.get(address(other)).status_code == 404

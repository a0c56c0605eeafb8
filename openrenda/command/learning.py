"""How often what is proposed for an opinion is what the congress gave: each known one is left out in turn and proposed for from the others."""

from __future__ import annotations

import argparse

from openrenda.command.congress import congress_argument, congress_of

NAME = "learning"
HELP = "检验分级分类和承办单位的参考有多准 · measure what is proposed when opinions are sorted and handed over"
NEEDS_DJANGO = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Of which congress, and how many are tried."""
    congress_argument(parser, required=True)
    parser.add_argument(
        "--newest", type=int, default=200, metavar="N", help="检验最近几件 · how many of the newest are tried"
    )


def run(options: argparse.Namespace) -> int:
    """One line for each field."""
    from django.utils.translation import gettext as _

    from openrenda.docket.situation import book_of
    from openrenda.procedures.opinion import learning
    from openrenda.tenancy import congress_scope

    congress = congress_of(options.congress)
    labels = {learning.NATURE: _("性质"), learning.CATEGORY: _("类别"), learning.ORGAN: _("承办单位")}
    with congress_scope(congress):
        for field, label in labels.items():
            found = learning.measure(field, options.newest)
            state = _("已开启") if learning.enough(field, book_of(congress.pk)) else _("数据不够，未开启")
            print(
                _("%(label)s：检验 %(tried)d 件，给出参考 %(proposed)d 件，其中正确 %(right)d 件。%(state)s")
                % {
                    "label": label,
                    "state": state,
                    "tried": found.tried,
                    "proposed": found.proposed,
                    "right": found.right,
                }
            )
    return 0

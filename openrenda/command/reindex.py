"""Build the search index anew from what the procedures hold, or after the dictionary changed from the stored texts."""

from __future__ import annotations

import argparse

from openrenda.command.congress import congress_argument, congresses_of

NAME = "reindex"
HELP = "重建检索索引 · build the search index anew"
NEEDS_DJANGO = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which congress, and from what."""
    congress_argument(parser, required=False)
    parser.add_argument(
        "--words-only", action="store_true",
        help="只按新词典重新切分已存的文本 · only cut the stored texts anew by the present dictionary",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Rebuild, a transaction a batch, while work goes on."""
    from django.utils.translation import gettext as _

    from openrenda.procedures.apps import documents
    from openrenda.search import reindex

    for congress in congresses_of(options.congress):
        source = None if options.words_only else documents(congress.pk)
        done = 0
        for done in reindex(congress, source):
            print(f"\r{done}", end="", flush=True)
        print("\r" + _("✓ %(name)s：%(count)d 份文本") % {"name": congress.short_name, "count": done})
    return 0

"""The state diagram of a procedure, drawn from its table: stages as bands from top to bottom, states as boxes, steps as arrows.

A layered layout: every state has a row, every arrow between two states carries its label through a place of its own between
the rows, so that no label covers another. Long arrows are led past the rows between by invisible places.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from django.utils.translation import gettext as _

from .describing import CHINESE, speaking
from .language import BUILT_IN_STEPS, HISTORY, Procedure, State, Step

BOX, LABEL, THROUGH = "box", "label", "through"
BOX_HEIGHT, LINE, GAP, MARGIN, BAND = 46, 16, 18, 28, 64
MANY = 4
INK, LINES, ACCENT, PAPER = "#1f2328", "#57606a", "#b3171d", "#ffffff"
TINTS = ("#f6f1ee", "#eef3f6", "#eff5ee", "#f5f2e9", "#f1eff6")
FONT = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',sans-serif"


@dataclass(eq=False)
class Place:
    """A box, a label or a bend in a row of the drawing."""

    kind: str
    row: int
    width: float
    lines: tuple[str, ...] = ()
    state: State | None = None
    x: float = 0
    up: list[Place] = field(default_factory=list)
    down: list[Place] = field(default_factory=list)


@dataclass(eq=False)
class Arrow:
    """One arrow with the places it runs through, from its source to its target."""

    route: list[Place]


@dataclass
class Drawing:
    """Rows of places, arrows between them, and where each row stands."""

    table: Procedure
    rows: dict[int, list[Place]]
    boxes: dict[str, Place]
    arrows: list[Arrow]
    tops: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    width: float = 0
    height: float = 0


def diagram_svg(procedure: Procedure, language: str = CHINESE) -> str:
    """The state diagram as an SVG document, without scripts or styles.

    :param language: ``zh`` or ``en``.
    """
    with speaking(language):
        drawing = _drawn(procedure)
        _order(drawing)
        _spread(drawing)
        _stack(drawing)
        return _svg(drawing)


def text_width(text: str, size: float) -> float:
    """The width of a text in that size: a Chinese character is as wide as it is high."""
    return sum(size if ord(character) > 0x2E7F else size * 0.56 for character in text)


def _moves(table: Procedure) -> dict[tuple[str, str], list[str]]:
    """The labels of the steps between each two states, but for those that lead from many states to one end."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for step in table.steps:
        if step.target and not _from_many(step):
            for source in step.sources:
                if source != step.target and step.words not in found[source.key, step.target.key]:
                    found[source.key, step.target.key].append(step.words)
    return dict(found)


def _from_many(step: Step) -> bool:
    return bool(step.target and step.target.final and len(step.sources) >= MANY)


def _ranks(table: Procedure, moves: dict[tuple[str, str], list[str]]) -> dict[str, int]:
    """The row of each state: below the states of the same stage that lead to it, and below the stages before."""
    place = {state.key: number for number, state in enumerate(table.states)}
    stages = [key for key, _label in table.stages] or [""]
    rank: dict[str, int] = {}
    base = 0
    for stage in [*stages, *({state.stage for state in table.states} - set(stages))]:
        members = [state.key for state in table.states if state.stage == stage]
        for key in members:
            before = [rank[u] + 1 for u, v in moves if v == key and u in members and place[u] < place[key]]
            rank[key] = max(before, default=base)
        apart = [key for key in members if not any(key in pair for pair in moves)]
        lowest = max((rank[key] for key in members), default=base)
        rank.update(dict.fromkeys(apart, lowest))
        base = lowest + 1 if members else base
    return rank


def _drawn(table: Procedure) -> Drawing:
    moves = _moves(table)
    ranks = _ranks(table, moves)
    rows: dict[int, list[Place]] = defaultdict(list)
    boxes = {}
    for state in table.states:
        place = Place(BOX, 2 * ranks[state.key], max(92, text_width(state.words, 15) + 32), (state.words,), state)
        boxes[state.key] = place
        rows[place.row].append(place)
    arrows = []
    for (source, target), labels in moves.items():
        route = _route(boxes[source], boxes[target], labels)
        for place in route[1:-1]:
            rows[place.row].append(place)
        for upper, lower in pairwise(route):
            first, second = (upper, lower) if upper.row < lower.row else (lower, upper)
            first.down.append(second)
            second.up.append(first)
        arrows.append(Arrow(route))
    return Drawing(table, dict(rows), boxes, arrows)


def _route(source: Place, target: Place, labels: list[str]) -> list[Place]:
    """From box to box: the label beside the source, then a bend in each row passed."""
    direction = 1 if target.row >= source.row else -1
    label = Place(LABEL, source.row + direction, max(text_width(text, 12) for text in labels) + 10, tuple(labels))
    passed = range(label.row + direction, target.row, direction)
    return [source, label, *(Place(THROUGH, row, 10) for row in passed), target]


def _order(drawing: Drawing) -> None:
    """Put each row in the order that lets few arrows cross: next to where their neighbours stand."""
    for sweep in range(24):
        at = {id(place): number / max(1, len(row)) for row in drawing.rows.values() for number, place in enumerate(row)}
        down = sweep % 2 == 0
        for number in sorted(drawing.rows, reverse=not down):
            row = drawing.rows[number]
            wanted = {}
            for place in row:
                near = place.up if down else place.down
                wanted[id(place)] = sum(at[id(n)] for n in near) / len(near) if near else at[id(place)]
            row.sort(key=lambda place: wanted[id(place)])
            at.update({id(place): index / max(1, len(row)) for index, place in enumerate(row)})


def _spread(drawing: Drawing) -> None:
    """Give every place its x: over and under its neighbours as far as the row allows."""
    for row in drawing.rows.values():
        x = 0.0
        for place in row:
            place.x = x + place.width / 2
            x += place.width + GAP
    for sweep in range(60):
        for number in sorted(drawing.rows, reverse=bool(sweep % 2)):
            _settle(drawing.rows[number])
    left = min(place.x - place.width / 2 for row in drawing.rows.values() for place in row)
    for row in drawing.rows.values():
        for place in row:
            place.x += BAND + MARGIN - left
    drawing.width = MARGIN + max(place.x + place.width / 2 for row in drawing.rows.values() for place in row)


def _settle(row: list[Place]) -> None:
    """Move the places of a row towards their neighbours without touching: half from the left, half from the right."""
    wanted = [_drawn_to(place) for place in row]
    from_left, edge = [], float("-inf")
    for place, x in zip(row, wanted, strict=True):
        from_left.append(max(x, edge + place.width / 2))
        edge = from_left[-1] + place.width / 2 + GAP
    from_right, edge = [], float("inf")
    for place, x in zip(reversed(row), reversed(wanted), strict=True):
        from_right.append(min(x, edge - place.width / 2))
        edge = from_right[-1] - place.width / 2 - GAP
    for place, a, b in zip(row, from_left, reversed(from_right), strict=True):
        place.x = (a + b) / 2


def _drawn_to(place: Place) -> float:
    """Where the neighbours draw a place; the bends of one line draw each other most, so that long lines are straight."""
    near = [(n.x, 1 if BOX in (n.kind, place.kind) else 6) for n in (*place.up, *place.down)]
    total = sum(weight for _, weight in near)
    return sum(x * weight for x, weight in near) / total if total else place.x


def _stack(drawing: Drawing) -> None:
    """Give every row its y."""
    y = float(MARGIN + 20)
    for number in range(max(drawing.rows) + 1):
        row = drawing.rows.get(number, [])
        lines = max((len(place.lines) for place in row if place.kind == LABEL), default=0)
        drawing.tops[number] = y
        drawing.heights[number] = BOX_HEIGHT if number % 2 == 0 else lines * LINE + 44
        y += drawing.heights[number]
    drawing.height = y + MARGIN


def _middle(drawing: Drawing, place: Place) -> float:
    return drawing.tops[place.row] + drawing.heights[place.row] / 2


def _svg(drawing: Drawing) -> str:
    table = drawing.table
    notes = _notes(table)
    height = drawing.height + len(notes) * 22 + 8
    width = max(drawing.width, max((text_width(note, 13) for note in notes), default=0) + 2 * MARGIN)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'role="img" aria-labelledby="title desc" font-family="{FONT}" fill="{INK}">',
        f'<title id="title">{escape(_("%(procedure)s：状态图") % {"procedure": table.words})}</title>',
        f'<desc id="desc">{escape(_told(table))}</desc>',
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="{PAPER}"/>',
        f'<defs><marker id="head" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 0.5 8 4 0 7.5z" fill="{LINES}"/></marker></defs>',
        *_bands(drawing, width), *_lines(drawing), *_labels(drawing), *_boxes(drawing),
    ]  # fmt: skip
    for number, note in enumerate(notes):
        parts.append(_text(MARGIN, drawing.height + 14 + number * 22, note, 13, LINES, "start"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _bands(drawing: Drawing, width: float) -> list[str]:
    """A tinted band with its name for each stage."""
    parts = []
    for number, (key, label) in enumerate(drawing.table.stages):
        rows = [drawing.boxes[state.key].row for state in drawing.table.states if state.stage == key]
        if rows:
            top, bottom = drawing.tops[min(rows)] - 18, drawing.tops[max(rows)] + BOX_HEIGHT + 18
            tint = TINTS[number % len(TINTS)]
            parts.append(
                f'<rect x="8" y="{top:.1f}" width="{width - 16:.1f}" height="{bottom - top:.1f}" rx="8" fill="{tint}"/>'
            )
            parts.append(_text(22, top + 28, _(label), 17, ACCENT, "start", bold=True))
    return parts


def _lines(drawing: Drawing) -> list[str]:
    leaving = {id(a): offset for a, offset in _fanned(drawing, first=True)}
    coming = {id(a): offset for a, offset in _fanned(drawing, first=False)}
    parts = []
    for arrow in drawing.arrows:
        points = _points(drawing, arrow, leaving[id(arrow)], coming[id(arrow)])
        path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
        for (x, y), (next_x, next_y) in pairwise(points):
            bend = (next_y - y) / 2
            path += f" C{x:.1f} {y + bend:.1f} {next_x:.1f} {next_y - bend:.1f} {next_x:.1f} {next_y:.1f}"
        parts.append(f'<path d="{path}" fill="none" stroke="{LINES}" stroke-width="1.3" marker-end="url(#head)"/>')
    return parts


def _fanned(drawing: Drawing, *, first: bool) -> list[tuple[Arrow, float]]:
    """Where on a box's edge each arrow begins or ends, in the order of where it goes."""
    by_edge: dict[tuple[int, bool], list[Arrow]] = defaultdict(list)
    for arrow in drawing.arrows:
        box, beside = (arrow.route[0], arrow.route[1]) if first else (arrow.route[-1], arrow.route[-2])
        by_edge[id(box), beside.row > box.row].append(arrow)
    found = []
    for arrows in by_edge.values():
        arrows.sort(key=lambda arrow: (arrow.route[1] if first else arrow.route[-2]).x)
        width = (arrows[0].route[0] if first else arrows[0].route[-1]).width
        step = min(26.0, (width - 16) / max(1, len(arrows)))
        shift = 6 if first else -6
        found += [(arrow, (number - (len(arrows) - 1) / 2) * step + shift) for number, arrow in enumerate(arrows)]
    return found


def _points(drawing: Drawing, arrow: Arrow, leaving: float, coming: float) -> list[tuple[float, float]]:
    """The line's corners: out of the box, along its label, through the bends, to the edge of the target."""
    source, target = arrow.route[0], arrow.route[-1]
    down = arrow.route[1].row > source.row
    begin = (source.x + leaving, drawing.tops[source.row] + (BOX_HEIGHT if down else 0))
    from_below = arrow.route[-2].row > target.row
    end = (target.x + coming, drawing.tops[target.row] + (BOX_HEIGHT + 1 if from_below else -1))
    middle = []
    for place in arrow.route[1:-1]:
        if place.kind == THROUGH and place.row % 2:
            middle.append((place.x, _middle(drawing, place)))  # here the line has room to swing
            continue
        top, bottom = drawing.tops[place.row], drawing.tops[place.row] + drawing.heights[place.row]
        inset = 14 if place.kind == LABEL else 0
        corners = [(place.x, top + inset), (place.x, bottom - inset)]
        going_down = down if target.row != source.row else place.row > source.row
        middle += corners if going_down else corners[::-1]
    return [begin, *middle, end]


def _labels(drawing: Drawing) -> list[str]:
    parts = []
    for arrow in drawing.arrows:
        place = arrow.route[1]
        top = _middle(drawing, place) - len(place.lines) * LINE / 2
        width = place.width
        parts.append(
            f'<rect x="{place.x - width / 2:.1f}" y="{top - 1:.1f}" width="{width:.1f}" height="{len(place.lines) * LINE + 2:.1f}" '
            f'rx="4" fill="{PAPER}" fill-opacity="0.92"/>'
        )
        for number, line in enumerate(place.lines):
            parts.append(_text(place.x, top + number * LINE + 12.5, line, 12, INK))
    return parts


def _boxes(drawing: Drawing) -> list[str]:
    parts = []
    for state in drawing.table.states:
        place = drawing.boxes[state.key]
        x, y = place.x - place.width / 2, drawing.tops[place.row]
        outline = f'height="{BOX_HEIGHT}" rx="7" fill="{PAPER}" stroke="{INK}" stroke-width="1.4"'
        parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{place.width:.1f}" {outline}/>')
        if state.final:
            parts.append(
                f'<rect x="{x + 4:.1f}" y="{y + 4:.1f}" width="{place.width - 8:.1f}" height="{BOX_HEIGHT - 8}" rx="4" fill="none" '
                f'stroke="{INK}" stroke-width="1.1"/>'
            )
        parts.append(_text(place.x, y + 29, state.words, 15, INK, bold=True))
        parts += _entry(drawing.table, state, place, y)
    return parts


def _entry(table: Procedure, state: State, place: Place, y: float) -> list[str]:
    """A red dot with its words where a matter begins."""
    opening = [s.words for s in table.opening_steps if s.target == state and HISTORY not in s.offices]
    if not opening:
        return []
    x = place.x - place.width / 2 - 10
    return [
        f'<circle cx="{x:.1f}" cy="{y + BOX_HEIGHT / 2:.1f}" r="5" fill="{ACCENT}"/>',
        _text(x - 10, y + BOX_HEIGHT / 2 + 4, _("、").join(opening), 12, ACCENT, "end"),
    ]


def _text(x: float, y: float, text: str, size: int, colour: str, anchor: str = "middle", *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}"{weight}>{escape(text)}</text>'


def _notes(table: Procedure) -> list[str]:
    """What is said below the drawing instead of being drawn."""
    notes = [_("双框为终结状态；红点为事项的起点；不改变状态的步骤见下表。")]
    for step in table.steps:
        if step.target and _from_many(step):
            notes.append(_("%(step)s → %(target)s：可自%(sources)s。") % _names(step))
    return notes


def _told(table: Procedure) -> str:
    """The drawing in sentences, for those who do not see it."""
    moves = [
        _("%(sources)s经“%(step)s”到%(target)s") % _names(step)
        for step in table.steps
        if step.target and step.sources and step.key not in BUILT_IN_STEPS
    ]
    return _("；").join(moves) + _("。")


def _names(step: Step) -> dict[str, str]:
    """A step with where it comes from and leads to, in words."""
    target = step.target.words if step.target else ""
    return {"step": step.words, "target": target, "sources": _("、").join(state.words for state in step.sources)}

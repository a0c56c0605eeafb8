"""Start-up checks: a figure without its formula, its unit or its basis does not start the server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register

from openrenda.rulebook import known_options, known_rules

from .language import Figure
from .registry import figures


@register("figures")
def check_figures(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check every figure of the installation."""
    return list(problems(figures()))


def problems(listed: Iterable[Figure]) -> Iterator[CheckMessage]:
    """All contradictions of a list of figures."""
    listed = list(listed)
    for key, count in Counter(figure.key for figure in listed).items():
        if count > 1:
            yield _error(key, 1, f"统计项使用了{count}次。", "每个统计项用不同的 key。")
    for figure in listed:
        yield from _of_one(figure)
    yield from _beside(listed)


def _of_one(figure: Figure) -> Iterator[CheckMessage]:
    if not figure.formula.strip() or not figure.label.strip() or not figure.group:
        yield _error(figure.key, 2, "没有写明名称、口径或者所属环节。", "补上 label、formula 和 group。")
    if figure.basis not in known_rules() | known_options():
        yield _error(figure.key, 3, f"依据 {figure.basis} 不在规则库中。", "改正编号，或者在规则包中登记。")
    if figure.is_rate and not (figure.part_label and figure.whole_label):
        yield _error(figure.key, 4, "比率没有写明分子和分母。", "补上 part_label 和 whole_label。")
    if figure.excluded is not None and not (figure.is_rate and figure.excluded_label):
        yield _error(figure.key, 5, "未计入的部分没有名称，或者没有分母。", "补上 excluded_label 和 whole。")
    unknown = figure.facts() - figure.population.facts.keys()
    if unknown:
        yield _error(
            figure.key, 6, f"用到了没有定义的事实：{'、'.join(sorted(unknown))}。", "在统计对象的 facts 中定义。"
        )


def _beside(listed: list[Figure]) -> Iterator[CheckMessage]:
    known = {figure.key for figure in listed}
    for figure in listed:
        for key in set(figure.population.beside) - known if len(known) > 1 else ():
            yield _error(figure.key, 7, f"并列的统计项 {key} 不存在。", "改正统计对象的 beside。")


def _error(key: str, number: int, what: str, hint: str) -> Error:
    return Error(f"统计项 {key}：{what}", hint=hint, obj=key, id=f"figures.E{number:03}")

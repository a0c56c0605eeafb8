"""What a pack must keep to; every problem has a check id, a sentence and a hint."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields
from fractions import Fraction
from typing import Any

from .errors import Problem
from .rule import CONFIDENCES, KINDS, LIMITS, TIME_UNITS, UNITS, Option, Row, Rule, option_from, rule_from

PLACE_CODE = re.compile(r"\d{6}|\d{9}|\d{12}")
WORDS: dict[str, Any] = {"unit": UNITS, "limit": LIMITS, "kind": KINDS, "confidence": CONFIDENCES}
DUPLICATE, UNKNOWN, NO_BASIS, LOOSENED, CODE, UNREADABLE, VALUE = (f"rulebook.E00{number}" for number in range(1, 8))


def pack_problems(raw: list[dict[str, Any]]) -> list[Problem]:
    """Every problem of a set of raw packs, the nation's first."""
    found = [problem for item in raw for problem in _one_pack(item)]
    if not any(item["file"] == "cn" for item in raw):
        found.append(Problem(UNREADABLE, "缺少全国规则包 cn.toml。", "把 cn.toml 放回规则包目录。"))
    return found or [problem for item in raw[1:] for problem in _against_nation(raw[0], item)]


def _one_pack(raw: dict[str, Any]) -> Iterator[Problem]:
    name = raw["file"]
    if "unreadable" in raw:
        yield Problem(UNREADABLE, f"规则包 {name}.toml 无法读取：{raw['unreadable']}", "按 TOML 格式改正该行。")
        return
    head = raw.get("pack", {})
    code = str(head.get("code", ""))
    if code != name or not head.get("name") or not (code == "cn" or PLACE_CODE.fullmatch(code)):
        yield Problem(
            CODE,
            f"规则包 {name}.toml 的代码“{code}”不符合要求。",
            "代码用 cn 或者六、九、十二位行政区划代码，与文件名一致，并写明 name。",
        )
    for kind, table in ((Rule, "rule"), (Option, "option")):
        yield from _misplaced(name, raw.get(table, ()))
        for row in raw.get(table, ()):
            yield from _row_problems(f"规则包 {name} 的“{row.get('id', '（无编号）')}”", row, kind)
    ids = Counter(str(row.get("id")) for table in ("rule", "option") for row in raw.get(table, ()))
    for row_id, count in ids.items():
        if count > 1:
            yield Problem(DUPLICATE, f"规则包 {name} 中“{row_id}”出现了{count}次。", "每个编号只保留一行。")


def _misplaced(name: str, rows: Iterable[dict[str, Any]]) -> Iterator[Problem]:
    """National law stands in the nation's pack only."""
    for row in rows:
        if name != "cn" and row.get("kind") == "statute":
            message = f"规则包 {name} 的“{row.get('id')}”写成了国家法律。"
            yield Problem(NO_BASIS, message, "地方规则包的 kind 用 local、practice 或者 standard。")


def _row_problems(where: str, row: dict[str, Any], kind: type[Row]) -> Iterator[Problem]:
    allowed = {item.name: item for item in fields(kind) if item.name != "pack"}
    unknown = sorted(set(row) - set(allowed))
    missing = [name for name, item in allowed.items() if item.default is MISSING and name not in row]
    if unknown or missing:
        yield Problem(UNKNOWN, f"{where}有不认识的栏目{unknown}，或者缺少栏目{missing}。", "栏目见 docs/rulebook.md。")
        return
    for field, words in WORDS.items():
        if field in row and row[field] not in words:
            yield Problem(UNKNOWN, f"{where}的 {field} 不认识“{row[field]}”。", f"可用：{'、'.join(sorted(words))}。")
            return
    if row["kind"] != "practice" and not row.get("law"):
        yield Problem(NO_BASIS, f"{where}没有写明依据。", "写明 law 和 article；没有依据的，kind 用 practice。")
    problem = rule_value_problem(row) if kind is Rule else option_value_problem(row, row)
    if problem:
        yield Problem(VALUE, f"{where}{problem}", "改正 value。")


def rule_value_problem(row: dict[str, Any]) -> str:
    """Why the value does not fit the unit; empty when it does."""
    value, unit = row.get("value"), row.get("unit", "none")
    if value is None:
        return ""
    if unit == "share":
        try:
            return "" if isinstance(value, str) and 0 < Fraction(value) <= 1 else "的比例应当写成“2/3”这样的文字。"
        except (ValueError, ZeroDivisionError):
            return "的比例应当写成“2/3”这样的文字。"
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        return "的数应当是正整数。"
    if unit == "none":
        return "有数而没有单位。"
    if unit == "month_of_year" and value > 12:
        return "的月份应当在1至12之间。"
    if unit in TIME_UNITS and row.get("limit", "none") == "none":
        return "有期限而没有写明 limit。"
    return ""


def option_value_problem(row: dict[str, Any], pattern: dict[str, Any]) -> str:
    """Why the value is not one that the option allows; ``pattern`` is the row that defines it."""
    value, choices = row["value"], pattern.get("choices")
    if choices and value not in choices:
        return f"的取值“{value}”不在可选范围：{'、'.join(map(str, choices))}。"
    if type(value) is not type(pattern["value"]):
        return "的取值类型与原来不同。"
    return ""


def _against_nation(nation: dict[str, Any], place: dict[str, Any]) -> Iterator[Problem]:
    rules = {row["id"]: rule_from(row) for row in nation.get("rule", ())}
    options = {row["id"]: row for row in nation.get("option", ())}
    for row in place.get("rule", ()):
        local = rule_from(row)
        if local.id in rules and loosens(rules[local.id], local):
            yield Problem(LOOSENED, loosened_sentence(rules[local.id], local), "删去这一行，或者改成更严的规定。")
    for row in place.get("option", ()):
        defined = options.get(row["id"])
        if defined and defined["kind"] == "statute" and defined["value"] != row["value"]:
            message = loosened_sentence(option_from(defined), option_from(row))
            yield Problem(LOOSENED, message, "删去这一行。")
        elif defined and (problem := option_value_problem(row, defined)):
            yield Problem(VALUE, f"规则包 {place['file']} 的“{row['id']}”{problem}", "改正 value。")


def loosens(national: Rule, local: Rule) -> bool:
    """Whether a local row binds less than the statute it would replace.

    At most: a smaller number is stricter. At least, and before a meeting: a larger one is. A fixed threshold moves in
    neither direction. A number may be added where the statute names none. Only a local regulation may do so.
    """
    if not national.locked:
        return False
    if local.kind != "local" or national.value is None:
        return local.kind != "local" or local.value is None
    same = local.unit == national.unit and local.limit == national.limit
    if local.value is None or not same or (national.fixed and local.value != national.value):
        return True
    if national.limit == "at_most":
        return local.value > national.value
    if national.limit in ("at_least", "more_than", "before_meeting"):
        return local.value < national.value
    return local.value != national.value


def loosened_sentence(national: Row, local: Row) -> str:
    """The refusal, naming both articles."""
    return f"“{national.id}”（{national.title}）：{_words(local)}放宽或者改变了{_words(national)}，国家法律的规定不得放宽。"


def _words(row: Row) -> str:
    amount = row.amount if isinstance(row, Rule) else ""
    return f"{row.citation}的规定{f'（{amount}）' if amount else ''}"

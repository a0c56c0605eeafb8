"""The English catalogue: finds every sentence of the interface, keeps its translation, and compiles what Django reads.

``python -m tests.messages`` brings ``openrenda/locale/en`` in step with the sources and names what still wants English;
``--check`` changes nothing and says what is wrong. Both need Python, Django and Jinja2 only: a fresh machine has no gettext tools.
The source language is Chinese, so a message is its own Chinese text.
"""

from __future__ import annotations

import ast
import json
import re
import struct
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2
from jinja2.ext import extract_from_ast

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "openrenda"
PACKS = PACKAGE / "rulebook" / "packs"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
COMPILED = CATALOGUE.with_suffix(".mo")
HEADER = "Language: en\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
# Tests say what they like; migrations repeat the models; the demo's people write Chinese.
LEFT_OUT = {"tests", "migrations", "node_modules", "static"}
TEMPLATES = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
TRANSLATING = ("django.utils.translation", "openrenda.languages")
PLACEHOLDER = re.compile(r"%\(\w+\)[.\d]*[a-zA-Z]|%%|\{\w*\}")
FIELD = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$')
LAW = re.compile("《([^》]+)》")
MAGIC = 0x950412DE

# Which arguments of a declaration are words of a page: by place and by name, and lists of them by name. What has English beside
# it (label_en, title_en) is not among them. A register's columns are declared in Chinese, as the files that people fill in are.
DECLARED: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "State": ((), ("untimed",)),
    "Step": ((), ("confirm",)),
    "Sealed": ((1,), ()),
    "Unit": ((1,), ()),
    "Population": ((1,), ()),
    "Shown": ((0,), ()),
    "Split": ((1,), ("note",)),
    "by_organ": ((), ("note",)),
    "by_class": ((), ("note",)),
    "Figure": ((2, 7, 8, 9), ("formula", "part_label", "whole_label", "excluded_label", "group")),
    "Sheet": ((), ("title",)),
    "Template": ((0,), ()),
    "Column": ((0,), ("note",)),
}
LISTS = {"Sheet": ("notes",), "Column": ("choices",)}


@dataclass(frozen=True)
class Message:
    """A Chinese text, its plural if the page counts, where it is said, and its English forms (one, or one and many)."""

    text: str
    plural: str = ""
    places: tuple[str, ...] = ()
    english: tuple[str, ...] = ()


# Finding


def sources(suffix: str) -> Iterator[Path]:
    """The product's files of a kind, in a steady order."""
    for path in sorted(PACKAGE.rglob(f"*{suffix}")):
        if not LEFT_OUT & set(path.relative_to(PACKAGE).parts):
            yield path


def in_python(text: str) -> Iterator[tuple[str, str]]:
    """The messages of a module: calls of gettext and ngettext under whatever name it imports them, and the tables' words."""
    tree = ast.parse(text)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in TRANSLATING
        for alias in node.names
    }
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            said = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            meaning = names.get(node.func.id, "")
            if said and ("gettext" in meaning or meaning == "said"):
                yield said[0], said[1] if meaning.startswith("ngettext") else ""
            yield from ((word, "") for word in declared(node, constants))


def declared(call: ast.Call, constants: Mapping[str, str]) -> Iterator[str]:
    """What a table declares without English beside it: confirmations, stages, formulas, notes and the labels of smaller things."""
    assert isinstance(call.func, ast.Name)
    places, keywords = DECLARED.get(call.func.id, ((), ()))
    said = [_text(call.args[place], constants) for place in places if place < len(call.args)]
    said += [_text(keyword.value, constants) for keyword in call.keywords if keyword.arg in keywords]
    yield from filter(None, said)
    for keyword in call.keywords:
        if call.func.id == "Procedure" and keyword.arg == "stages":
            yield from (label for _key, label in ast.literal_eval(keyword.value))
        if keyword.arg in LISTS.get(call.func.id, ()) and isinstance(keyword.value, ast.List | ast.Tuple):
            yield from filter(None, (_text(item, constants) for item in keyword.value.elts))


def _text(node: ast.expr, constants: Mapping[str, str]) -> str:
    """The Chinese text that an argument is, or that a constant of the module holds; nothing for anything else."""
    value = (
        node.value if isinstance(node, ast.Constant) else constants.get(node.id) if isinstance(node, ast.Name) else ""
    )
    return value if isinstance(value, str) and not value.isascii() else ""


def in_pack(text: str) -> Iterator[tuple[str, str]]:
    """What a rule pack says on a page: the names of laws, and the words of the values to choose from."""
    pack = tomllib.loads(text)
    rows = [*pack.get("rule", ()), *pack.get("option", ())]
    for row in rows:
        texts = [f"《{row['law']}》" if row.get("law") else "", *row.get("also", ())]
        yield from ((law, "") for words in texts for law in LAW.findall(words))
        if not isinstance(row.get("value"), list):
            continue
        for choice in _choices(row["value"]):
            yield from ((choice[name], "") for name in ("label", "meaning") if name in choice)


def _choices(value: Any) -> Iterator[dict[str, Any]]:
    """The rows of an option's value, at whatever depth."""
    for item in value if isinstance(value, list) else value.values():
        if isinstance(item, dict) and "label" in item:
            yield item
        elif isinstance(item, list | dict):
            yield from _choices(item)


def in_template(text: str) -> Iterator[tuple[str, str]]:
    """The messages of a template."""
    for _line, _function, said in extract_from_ast(TEMPLATES.parse(text), babel_style=False):
        yield said[0], said[1] if len(said) > 1 else ""


READERS = {".py": in_python, ".html": in_template, ".toml": in_pack}


def found() -> list[Message]:
    """Every message of the product, each once, by where it is first said."""
    messages: dict[str, Message] = {}
    for path in [*sources(".py"), *sources(".html"), *sorted(PACKS.glob("*.toml"))]:
        reader = READERS[path.suffix]
        place = str(path.relative_to(ROOT))
        for text, plural in reader(path.read_text(encoding="utf-8")):
            before = messages.get(text, Message(text))
            places = before.places if place in before.places else (*before.places, place)
            messages[text] = replace(before, plural=before.plural or plural, places=places)
    return list(messages.values())


# Keeping


def read(catalogue: str) -> list[Message]:
    """The entries of a catalogue as :func:`written` writes them; any other line is an error."""
    messages = []
    for block in catalogue.split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        fields: list[list[str]] = []
        for line in lines:
            if line.startswith('"'):
                fields[-1][1] += json.loads(line)
                continue
            match = FIELD.match(line)
            if match is None:
                raise ValueError(f"not a line of a catalogue: {line}")
            fields.append([match[1], json.loads(match[2])])
        values = dict(fields)
        english = tuple(value for name, value in fields if name.startswith("msgstr"))
        messages.append(Message(values["msgid"], values.get("msgid_plural", ""), english=english))
    return [message for message in messages if message.text]


def written(messages: Iterable[Message]) -> str:
    """The catalogue as text. Places have no line numbers, so an edit elsewhere does not change it."""
    lines = ["# English of OpenRenda. Made by bin/messages; the sources' Chinese is the key.", 'msgid ""', 'msgstr ""']
    lines += [quoted(line + "\n") for line in HEADER.splitlines()]
    for message in messages:
        lines += ["", *(f"#: {place}" for place in message.places)]
        if PLACEHOLDER.search(message.text):
            lines.append("#, python-format" if "%" in message.text else "#, python-brace-format")
        lines.append(f"msgid {quoted(message.text)}")
        if message.plural:
            forms = [*message.english, "", ""][:2]
            lines.append(f"msgid_plural {quoted(message.plural)}")
            lines += [f"msgstr[{number}] {quoted(form)}" for number, form in enumerate(forms)]
        else:
            lines.append(f"msgstr {quoted(message.english[0] if message.english else '')}")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A string as a catalogue writes it."""
    return json.dumps(text, ensure_ascii=False)


def compiled(messages: Iterable[Message]) -> bytes:
    """The binary catalogue (GNU MO): sorted originals and translations, found by their offsets."""
    pairs = [("", HEADER)]
    for message in messages:
        if all(message.english) and message.english:
            original = f"{message.text}\0{message.plural}" if message.plural else message.text
            pairs.append((original, "\0".join(message.english)))
    encoded = sorted((original.encode(), english.encode()) for original, english in pairs)
    place = 7 * 4 + 16 * len(encoded)
    tables, strings = [], b""
    for side in (0, 1):
        for pair in encoded:
            tables += [len(pair[side]), place + len(strings)]
            strings += pair[side] + b"\0"
    head = struct.pack("<7I", MAGIC, 0, len(encoded), 28, 28 + 8 * len(encoded), 0, place)
    return head + struct.pack(f"<{len(tables)}I", *tables) + strings


def joined(messages: Iterable[Message], kept: Iterable[Message]) -> list[Message]:
    """What the sources say now, with the English kept for it."""
    known = {(message.text, message.plural): message.english for message in kept}
    return [replace(message, english=known.get((message.text, message.plural), ())) for message in messages]


# Checking


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    forms = message.english or ("",)
    if not all(forms) or len(forms) != (2 if message.plural else 1):
        yield f"no English: {message.text}"
        return
    for form in forms:
        if sorted(set(PLACEHOLDER.findall(form))) != sorted(set(PLACEHOLDER.findall(message.text))):
            yield f"other placeholders: {message.text} -> {form}"


def problems() -> list[str]:
    """What is wrong with the catalogue as it is kept, empty when all is well."""
    catalogue = CATALOGUE.read_text(encoding="utf-8")
    kept = read(catalogue)
    messages = joined(found(), kept)
    listed = [problem for message in messages for problem in faults(message)]
    said = {(message.text, message.plural) for message in messages}
    listed += [f"said nowhere: {message.text}" for message in kept if (message.text, message.plural) not in said]
    if "#, fuzzy" in catalogue:
        listed.append("a translation is marked fuzzy")
    if compiled(kept) != COMPILED.read_bytes():
        listed.append(f"{COMPILED.name} is not made from {CATALOGUE.name}")
    return listed


def main(arguments: list[str]) -> int:
    """Update or check; 1 when something is wrong."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    if not arguments:
        kept = read(CATALOGUE.read_text(encoding="utf-8")) if CATALOGUE.exists() else []
        messages = joined(found(), kept)
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_text(written(messages), encoding="utf-8")
        COMPILED.write_bytes(compiled(messages))
    listed = problems()
    print("\n".join(listed) if listed else "The English catalogue is complete.")
    return 1 if listed else 0


if __name__ == "__main__":
    from django.conf import settings

    settings.configure(USE_I18N=True)
    sys.exit(main(sys.argv[1:]))

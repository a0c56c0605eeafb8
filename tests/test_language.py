"""What the project's code does not say, and how long it may be (docs/architecture.md).

Each ban names the file and line, so that a failing test is a list of places to mend.
"""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "openrenda"
RATCHET = ROOT / "tests" / "ratchet.txt"
LONGEST_FUNCTION, USUAL_FUNCTION = 50, 20
LONGEST_FILE, USUAL_FILE = 400, 250
NINE_TENTHS = 0.9
GRAB_BAGS = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
DOMAIN_SIGNALS = {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "pre_init", "post_init"}
PLACE_SUFFIX = re.compile(r"(特别行政区|自治区|自治州|自治县|省|市|州|盟|区|县|旗)$")
ARTICLE = re.compile(r"第[一二三四五六七八九十百零]+条")

Search = Callable[[ast.AST], bool]


@cache
def python_files() -> list[Path]:
    """The product's Python, tests included, migrations left out."""
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]


def product_files() -> list[Path]:
    """The product's Python without its tests."""
    return [path for path in python_files() if "tests" not in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    """A file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything in a file."""
    return tuple(ast.walk(tree(path)))


def found(search: Search, files: list[Path], outside: str = "") -> list[str]:
    """Where something is said, in the given files outside one room."""
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in files
        if not (outside and PACKAGE / outside in path.parents)
        for node in nodes(path)
        if search(node) and hasattr(node, "lineno")
    ]


def called(node: ast.AST) -> str:
    """The dotted name a call calls, or nothing."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def assigns_state(node: ast.AST) -> bool:
    """``matter.state = …`` or ``….update(state=…)``; what an object of ours keeps of itself is no matter's state."""
    if isinstance(node, ast.Assign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(
            isinstance(each, ast.Attribute) and each.attr == "state" and ast.unparse(each.value) != "self"
            for each in targets
        )
    return called(node).endswith(".update") and any(word.arg == "state" for word in getattr(node, "keywords", []))


def makes_an_act(node: ast.AST) -> bool:
    """``Act(…)``, ``Act.objects.create(…)`` and the like."""
    return bool(re.fullmatch(r"(\w+\.)?Act(\.objects\.\w*create)?", called(node)))


def tells_naive_time(node: ast.AST) -> bool:
    """The machine's own day or hour, without a time zone."""
    name = called(node)
    if name.endswith(("date.today", "datetime.utcnow", "datetime.today")):
        return True
    return name.endswith("datetime.now") and isinstance(node, ast.Call) and not node.args and not node.keywords


def lists_choices(node: ast.AST) -> bool:
    """``choices=`` on a model's field."""
    return called(node).startswith("models.") and any(word.arg == "choices" for word in getattr(node, "keywords", []))


def listens_to_models(node: ast.AST) -> bool:
    """An import of the signals by which rules hide."""
    return isinstance(node, ast.ImportFrom) and any(name.name in DOMAIN_SIGNALS for name in node.names)


def evaluates(node: ast.AST) -> bool:
    """Text run as code."""
    return called(node) in {"eval", "exec"}


def joins_everything(node: ast.AST) -> bool:
    """``select_related()`` without saying what."""
    return called(node).endswith(".select_related") and isinstance(node, ast.Call) and not node.args


def is_generic_key(node: ast.AST) -> bool:
    """A key to anything at all."""
    return called(node).endswith(("GenericForeignKey", "GenericRelation"))


def test_only_the_docket_changes_a_state() -> None:
    assert found(assigns_state, product_files(), outside="docket") == []


def test_only_the_docket_writes_acts() -> None:
    assert found(makes_an_act, product_files(), outside="docket") == []


@pytest.mark.parametrize(
    "search",
    [tells_naive_time, lists_choices, listens_to_models, evaluates, joins_everything, is_generic_key],
    ids=lambda search: search.__name__,
)
def test_what_is_never_said(search: Search) -> None:
    assert found(search, python_files()) == []


def test_migrations_import_no_models() -> None:
    def imports_models(node: ast.AST) -> bool:
        module = getattr(node, "module", "") or ""
        return isinstance(node, ast.ImportFrom) and module.startswith("openrenda.") and "models" in module.split(".")

    assert found(imports_models, sorted(PACKAGE.rglob("migrations/*.py"))) == []


def test_an_ignored_type_says_which() -> None:
    places = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in product_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"#\s*type:\s*ignore(?!\[[a-z0-9-]+)", line)
    ]
    assert places == []


def place_names() -> set[str]:
    """The places that have a rule pack, with and without what kind of place they are."""
    names = set()
    for path in (PACKAGE / "rulebook" / "packs").glob("*.toml"):
        pack = tomllib.loads(path.read_text(encoding="utf-8"))["pack"]
        if pack["code"] != "cn":
            names |= {pack["name"], PLACE_SUFFIX.sub("", pack["name"])}
    return names


def strings(path: Path) -> Iterator[ast.Constant]:
    """The texts in a file that are not docstrings."""
    module = tree(path)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def test_no_place_is_named_in_code() -> None:
    names = place_names()
    assert names
    texts = {path: path.read_text(encoding="utf-8") for path in product_files()}
    assert [f"{path.relative_to(ROOT)}: {name}" for path, text in texts.items() for name in names if name in text] == []


def test_articles_of_law_are_in_the_rulebook_and_in_docstrings_only() -> None:
    places = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in product_files()
        for node in strings(path)
        if ARTICLE.search(str(node.value))
    ]
    assert places == []


def test_no_grab_bags() -> None:
    assert [
        str(path.relative_to(ROOT))
        for path in PACKAGE.rglob("*")
        if path.stem in GRAB_BAGS and "vendor" not in path.parts
    ] == []


def test_nothing_is_put_off() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    mark = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    places = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if "vendor" in path.parts or path.suffix not in {".py", ".html", ".css", ".js", ".toml", ".md", ""}:
            continue
        if path.is_file() and mark.search(path.read_text(encoding="utf-8", errors="ignore")):
            places.append(name)
    assert places == []


INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=[\"']|\son[a-z]+=[\"']", re.IGNORECASE
)
ELSEWHERE = re.compile(r"(src|href|action)=[\"'](https?:)?//", re.IGNORECASE)


def test_pages_keep_to_the_content_security_policy() -> None:
    """Nothing runs or is styled from inside a page, and nothing comes from another host. Letters are no pages."""
    places = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in PACKAGE.rglob("templates/**/*.html")
        if "letters" not in path.parts and "letter" not in path.stem
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if INLINE.search(line) or ELSEWHERE.search(line)
    ]
    assert places == []


def function_sizes() -> dict[str, int]:
    """Every function with its length in lines."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        f"{path.relative_to(ROOT).as_posix()}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in python_files()
        for node in nodes(path)
        if isinstance(node, kinds)
    }


def file_sizes() -> dict[str, int]:
    """Every file with its length in lines."""
    return {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()
    }


def exceptions() -> dict[str, int]:
    """The ratchet: what is longer than allowed, with the length it may have at most. Entries may only shrink."""
    lines = RATCHET.read_text(encoding="utf-8").splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if line and not line.startswith("#"))
    return {name: int(size) for name, size in pairs}


def test_nothing_grows_beyond_its_size() -> None:
    too_long = {name: size for name, size in function_sizes().items() if size > LONGEST_FUNCTION}
    too_long |= {name: size for name, size in file_sizes().items() if size > LONGEST_FILE}
    allowed = exceptions()
    assert {name: size for name, size in too_long.items() if size > allowed.get(name, 0)} == {}
    # An entry that is larger than what it allows for is to be lowered or struck out.
    assert {name: size for name, size in allowed.items() if too_long.get(name) != size} == {}


@pytest.mark.parametrize(("sizes", "usual"), [(function_sizes, USUAL_FUNCTION), (file_sizes, USUAL_FILE)])
def test_nine_tenths_are_small(sizes: Callable[[], dict[str, int]], usual: int) -> None:
    ordered = sorted(sizes().values())
    assert ordered[int(len(ordered) * NINE_TENTHS)] <= usual


def test_every_environment_variable_is_described() -> None:
    """An operator finds every variable the product reads in one table."""
    described = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    texts = [path.read_text(encoding="utf-8") for path in product_files()]
    read = {name for text in texts for name in re.findall(r"[\"'](OPENRENDA_[A-Z_]+)[\"']", text)}
    assert sorted(name for name in read if f"`{name}`" not in described) == []

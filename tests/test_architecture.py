"""The house rules that a machine can check: who may import whom, sizes, documentation, names."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "policygraph"
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOMS = ("reading", "extraction", "importing", "graph", "incidents", "questions", "network", "view")
SHARED = {
    "bulk",
    "child",
    "recent",
    "records",
    "coded",
    "plover",
    "errors",
    "iris",
    "vocabulary",
    "interfaces",
    "scanning",
    "table",
    "resources",
}
KNOW_SEVERAL_ROOMS = ("project", "cli", "serve", "__init__")
LONG_FOR_A_REASON = {
    "policygraph.records": "one catalogue: whoever looks for a record finds all of them",
}
HEAVY = (
    "rdflib",
    "oxrdflib",
    "networkx",
    "pandas",
    "pyvis",
    "igraph",
    "pyshacl",
    "trafilatura",
    "matplotlib",
    "jinja2",
)


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            if node.module == "policygraph":
                yield from (f"policygraph.{alias.name}" for alias in node.names)


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_a_room_imports_only_itself_and_what_all_share(path: Path) -> None:
    place = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if place not in ROOMS:
        return
    for name in imported(parse(path)):
        if name.startswith("policygraph."):
            other = name.split(".")[1]
            allowed = other == place or other in SHARED or other == "__version__"
            assert allowed, f"{dotted(path)} imports {name}: rooms hand on records and do not know each other"


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_shared_modules_know_no_room(path: Path) -> None:
    if path.parent == PACKAGE and path.stem in SHARED:
        rooms = [n for n in imported(parse(path)) if n.startswith(tuple(f"policygraph.{r}" for r in ROOMS))]
        assert not rooms, f"{dotted(path)} imports {rooms}"


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_modules_stay_small(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 400 or dotted(path) in LONG_FOR_A_REASON, f"{dotted(path)} has {lines} lines: split it by idea"


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_functions_fit_a_screen_and_public_ones_are_documented(path: Path) -> None:
    tree = parse(path)
    assert path.stem == "__init__" or ast.get_docstring(tree), f"{dotted(path)} has no module docstring"
    for node in tree.body:
        members = node.body if isinstance(node, ast.ClassDef) else [node]
        for fn in (m for m in members if isinstance(m, ast.FunctionDef | ast.AsyncFunctionDef)):
            size = (fn.end_lineno or fn.lineno) - fn.lineno + 1 - len((ast.get_docstring(fn) or "").splitlines())
            assert size <= 60, f"{dotted(path)}.{fn.name} has {size} lines of code"
        private = isinstance(node, ast.ClassDef) and node.name.startswith("_")
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and not private:
            assert ast.get_docstring(node), f"{dotted(path)}.{node.name} has no docstring"


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, policygraph; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT / "src")
    loaded = set(done.stdout.split())
    assert not loaded & set(HEAVY), sorted(loaded & set(HEAVY))

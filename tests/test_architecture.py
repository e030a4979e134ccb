"""The house stands: floors, sizes, the one commit, and no script or style inside templates."""

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"

# A room may import rooms of lower floors and itself; see CONTRIBUTING.md.
FLOORS = [
    {"config", "db", "errors", "clock", "choices", "bitmaps"},
    {"schema", "text", "evidence", "example"},
    {"models", "backends", "inputs"},
    {"policy"},
    {"queries"},
    {"services"},
    {"http"},
    {"web", "api", "worker", "cli"},
    {"factory"},
    {"supervisor"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
KNOWS_FLASK = {"http", "web", "api", "worker", "cli", "factory", "supervisor"}
MAY_IMPORT_INSIDE = re.compile(r"app/backends/\w+/registry\.py")

LINES, MODEL_LINES, FUNCTION_LINES, TEMPLATE_LINES = 300, 150, 40, 120
# Longer on purpose, each with its reason.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def sources() -> list[Path]:
    """Every module of the application."""
    return sorted(APP.rglob("*.py"))


def templates() -> list[Path]:
    """Every template."""
    return sorted((APP / "templates").rglob("*.html"))


def name(path: Path) -> str:
    """The path from the project's root."""
    return path.relative_to(ROOT).as_posix()


def room(path: Path) -> str:
    """The folder or file right below app/."""
    return path.relative_to(APP).parts[0].removesuffix(".py")


def tree(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(node: ast.AST) -> Iterator[tuple[str, int]]:
    """What is imported anywhere below a node, by full name."""
    for one in ast.walk(node):
        if isinstance(one, ast.Import):
            yield from ((alias.name, one.lineno) for alias in one.names)
        elif isinstance(one, ast.ImportFrom) and one.level == 0:
            module = one.module or ""
            yield from ((f"{module}.{alias.name}", one.lineno) for alias in one.names)


def runtime(module: ast.Module) -> ast.Module:
    """The module without what only the type checker imports."""
    body = [
        node
        for node in module.body
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    ]
    return ast.Module(body=body, type_ignores=[])


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, methods and inner ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def wrong_floors(path: Path, module: ast.Module) -> Iterator[str]:
    """Imports that go up, or sideways into another room."""
    own = room(path)
    for imported, line in imports(module):
        if imported.startswith("app."):
            other = imported.split(".")[1]
            if other != own and FLOOR[other] >= FLOOR[own]:
                yield f"{name(path)}:{line} imports {imported}"


def cycles(edges: dict[str, set[str]]) -> list[str]:
    """The first circle among modules, or nothing."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def module_edges() -> dict[str, set[str]]:
    """Which module imports which, at run time."""
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sources()
    }
    edges: dict[str, set[str]] = {}
    for module, path in modules.items():
        found = {imported for imported, _ in imports(runtime(tree(path)))}
        used = {one if one in modules else one.rpartition(".")[0] for one in found}
        edges[module] = (used & modules.keys()) - {module}
    return edges


def test_every_room_stands_on_a_floor() -> None:
    rooms = {room(path) for path in sources()} - {"__init__"}
    assert rooms <= FLOOR.keys()


def test_a_room_imports_only_lower_floors() -> None:
    assert [wrong for path in sources() for wrong in wrong_floors(path, tree(path))] == []


def test_the_confined_children_import_nothing_of_the_hub() -> None:
    reading, drawing = APP / "backends" / "extraction", APP / "backends" / "preview"
    inside = [
        *(reading / "child.py", *(reading / "formats").glob("*.py")),
        *(drawing / "child.py", drawing / "confined.py", drawing / "base.py"),
        *(drawing / "renderers").glob("*.py"),
    ]
    assert [n for p in inside for n, _ in imports(tree(p)) if n.startswith("app")] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert cycles(module_edges()) == []


def test_nothing_is_imported_inside_a_function() -> None:
    found = [
        f"{name(path)}:{line}"
        for path in sources()
        if not MAY_IMPORT_INSIDE.fullmatch(name(path))
        for function in functions(path)
        for _, line in imports(function)
    ]
    assert found == []


def test_only_the_database_module_commits() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in sources()
        if room(path) != "db"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
        and ast.unparse(node.func.value).endswith(("session", "db", "connection"))
    ]
    assert found == []


def test_flask_is_known_only_at_the_doors() -> None:
    found = [
        f"{name(path)}:{line}"
        for path in sources()
        if room(path) not in KNOWS_FLASK
        for imported, line in imports(tree(path))
        if imported.lower().startswith("flask")
    ]
    assert found == []


def test_verbs_never_open_a_transaction() -> None:
    found = [
        name(path)
        for path in (APP / "services").rglob("*.py")
        for imported, _ in imports(tree(path))
        if imported == "app.db.transaction"
    ]
    assert found == []


def test_every_function_says_what_it_returns() -> None:
    found = [
        f"{name(path)}:{function.lineno} {function.name}"
        for path in sources()
        for function in functions(path)
        if function.returns is None
    ]
    assert found == []


def test_every_module_begins_with_a_sentence() -> None:
    found = [
        name(path)
        for path in sources()
        if path.stat().st_size and not ast.get_docstring(tree(path))
    ]
    assert found == []


def test_files_are_small() -> None:
    found = {
        name(path): lines
        for path in sources()
        if (lines := len(path.read_text(encoding="utf-8").splitlines()))
        > (MODEL_LINES if room(path) == "models" else LINES)
    }
    assert {one: lines for one, lines in found.items() if one not in LONG_FILES} == {}


def test_functions_are_small() -> None:
    found = [
        f"{name(path)}:{function.name}"
        for path in sources()
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > FUNCTION_LINES
    ]
    assert [one for one in found if one not in LONG_FUNCTIONS] == []


def test_templates_are_small() -> None:
    found = [
        name(path)
        for path in templates()
        if len(path.read_text(encoding="utf-8").splitlines()) > TEMPLATE_LINES
    ]
    assert found == []


@pytest.mark.parametrize(
    "inline",
    [r"<script(?![^>]*\bsrc=)[^>]*>", r"<style\b", r"\sstyle\s*=", r"\son[a-z]+\s*=\s*[\"']"],
)
def test_templates_have_no_inline_script_or_style(inline: str) -> None:
    texts = {name(path): path.read_text(encoding="utf-8") for path in templates()}
    assert [one for one, text in texts.items() if re.search(inline, text)] == []

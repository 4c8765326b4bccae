"""The shape of the code: who may import whom, how long a module may be, and who may talk to the terminal."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "app").rglob("*.py"))
LONGEST_MODULE = 320  # lines

EVERYONE = {"records", "frozen", "errors", "stemming"}
STAGE = EVERYONE | {"inference"}
MAY_IMPORT = {
    "frozen": set(),
    "records": {"frozen"},
    "errors": set(),
    "stemming": set(),
    "settings": {"errors"},
    "inference": EVERYONE,
    "documents": STAGE,
    "extraction": STAGE,
    "attribution": STAGE,
    "clustering": STAGE,
    "store": EVERYONE | {"settings"},
    "web": EVERYONE | {"settings", "store"},
}


def test_every_package_imports_only_the_layers_below_it() -> None:
    offences = [
        f"{path.relative_to(ROOT)} imports app.{imported}"
        for path in MODULES
        if (layer := layer_of(path)) in MAY_IMPORT
        for imported in sorted(imported_layers(path) - {layer} - MAY_IMPORT[layer])
    ]
    assert offences == []


def test_only_inference_loads_models() -> None:
    offences = [path for path in MODULES if "onnxruntime" in imports(path) and layer_of(path) != "inference"]
    assert offences == []


def test_stages_do_not_touch_the_database_or_the_web_framework() -> None:
    outside = {"sqlalchemy", "fastapi", "starlette", "jinja2"}
    stages = {"documents", "extraction", "attribution", "clustering", "inference"}
    offences = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in MODULES
        if layer_of(path) in stages
        for name in sorted({name.partition(".")[0] for name in imports(path)} & outside)
    ]
    assert offences == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE


def test_only_the_command_line_prints_to_standard_output() -> None:
    offences = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        if layer_of(path) != "cli"
        for node in ast.walk(tree(path))
        if is_print(node)
    ]
    assert offences == []


def layer_of(path: Path) -> str:
    """The package or module directly under `app/` that a file belongs to."""
    return path.relative_to(ROOT / "app").with_suffix("").parts[0]


def is_print(node: ast.AST) -> bool:
    """Whether this is a call of `print` that does not say where to."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
        and all(keyword.arg != "file" for keyword in node.keywords)
    )


def imported_layers(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imports(path) if name.startswith("app.")}


def imports(path: Path) -> set[str]:
    """Dotted names that a file imports; `from app import records` counts as `app.records`."""
    return {name for node in ast.walk(tree(path)) for name in names(node)}


def names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute here"
        yield node.module or ""
        if node.module == "app":
            yield from (f"app.{alias.name}" for alias in node.names)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))

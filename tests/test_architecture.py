"""The import rule and the sizes that keep the package readable."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "xlsx_builder"
MODULES = sorted(PACKAGE.rglob("*.py"))

STAGES = {"read", "interpret", "infer", "claims", "plan", "write"}
MAY_IMPORT = {
    **{stage: {"model", stage} for stage in STAGES},
    "model": {"model"},
    "plan": {"model", "plan", "__version__"},  # About says by which version the workbook was built
    "verify": {"model", "verify"},
    "house": {"model", "house"},
    "write": {"model", "write", "house"},
    "pipeline": {"model", "house", *STAGES},
    "tables": {"model", *STAGES},
    "udf": {"model", "pipeline", "udf", "__version__"},
    "batch": {"model", "pipeline", "console", "batch", "house", "plan", "write", "__version__"},
    "console": {"model"},
    "report": {"model", "pipeline"},
    "verdicts": {"model", "verify"},
    "__init__": {"model", "pipeline", "verify"},
    "__main__": {"cli"},
    "cli": {
        "model",
        "console",
        "pipeline",
        "tables",
        "report",
        "verdicts",
        "verify",
        "house",
        "udf",
        "batch",
        "__version__",
        *STAGES,
    },
}
"""Part of the package -> the parts that it may import."""

ONLY_IN = {
    "openpyxl": {"write", "house", "verify", "read/xlsx.py", "udf/xlsm.py", "batch/summary.py"},
    "lxml": {"read"},
    "pandas": {"model/statement.py"},
    "xlwings": {"udf"},
    "pyarrow": {"batch"},
    "fsspec": {"batch"},
    "rich": {"batch"},
    "psutil": {"batch"},
    "distributed": {"batch"},
    "formualizer": {"write", "verify"},
}
"""Library -> the only places that may import it."""

LINES_OF_A_MODULE, LINES_OF_A_FUNCTION, PARAMETERS = 300, 40, 5


def part_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.Module) -> list[tuple[str, int]]:
    """Full names of all imported modules, with the line."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno}"
            name = node.module or ""
            if name == "xlsx_builder":
                found += [(f"xlsx_builder.{alias.name}", node.lineno) for alias in node.names]
            else:
                found.append((name, node.lineno))
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_module_imports_only_what_its_part_may(module: Path) -> None:
    part, name = part_of(module), module.relative_to(PACKAGE).as_posix()
    for imported, line in imports(ast.parse(module.read_text(encoding="utf-8"))):
        root, *rest = imported.split(".")
        if root == "xlsx_builder" and rest:
            assert rest[0] in MAY_IMPORT[part], f"{name}:{line} imports {imported}"
        if root in ONLY_IN:
            assert {part, name} & ONLY_IN[root], f"{name}:{line} imports {imported}"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_module_and_its_functions_stay_small(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LINES_OF_A_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            has_docstring = ast.get_docstring(node) is not None
            first = node.body[1] if has_docstring and len(node.body) > 1 else node.body[0]
            length = (node.end_lineno or 0) - first.lineno + 1
            assert length <= LINES_OF_A_FUNCTION, f"{node.name} has {length} lines"
            parameters = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            named = [p for p in parameters if p.arg not in ("self", "cls")]
            assert len(named) <= PARAMETERS, f"{node.name} has {len(named)} parameters"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_module_says_what_it_is(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "a module begins with the sentence that says its idea"
    assert "TYPE_CHECKING" not in module.read_text(encoding="utf-8")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_module_compiles_no_pattern_before_it_is_used(module: Path) -> None:
    body = ast.parse(module.read_text(encoding="utf-8")).body
    at_import = (
        node for part in body if not isinstance(part, ast.FunctionDef | ast.ClassDef) for node in ast.walk(part)
    )
    compiled = [node.lineno for node in at_import if isinstance(node, ast.Attribute) and node.attr == "compile"]
    assert not compiled, "model.patterns.regex compiles when something is looked for"

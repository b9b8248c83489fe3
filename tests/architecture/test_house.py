"""The rules of the house that no linter keeps: one place commits, one reads the clock, and no policy in Python."""

import re
from pathlib import Path

import grimp
import pytest

from tests.factories.council import ROOT

ROOMS = ("engine", "webapp")
SOURCES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if "node_modules" not in path.parts]


def those_with(pattern: str) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in SOURCES if re.search(pattern, path.read_text("utf-8"))]


def test_one_place_reads_the_clock():
    assert those_with(r"datetime\.now|utcnow|date\.today|time\.time\(|localtime") == ["engine/service/clock.py"]


def test_one_place_commits():
    assert those_with(r"\.commit\(\)|\.begin\(\)") == ["engine/store/database.py"]


def test_one_place_reads_the_environment():
    readers = those_with(r"os\.environ|getenv\(")
    assert readers
    assert [one for one in readers if not one.startswith("webapp/")] == []


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph(*ROOMS, include_external_packages=False, cache_dir=None)


def test_no_module_is_in_a_circle_of_imports(imports):
    circles = [
        module
        for module in sorted(imports.modules)
        if any(
            imports.chain_exists(importer=found, imported=module)
            for found in imports.find_modules_directly_imported_by(module)
        )
    ]
    assert circles == []


def posts() -> set[str]:
    drawn = "".join(path.read_text("utf-8") for path in sorted((ROOT / "processes").glob("*.bpmn")))
    return {name for name in re.findall(r'<bpmn:lane [^>]*name="([^"]+)"', drawn) if " " in name}


def test_no_post_of_the_manual_is_named_in_code():
    """But in the demonstration's council, and in the fixed phrases of stories."""
    assert len(posts()) > 5
    named = {
        f"{path.relative_to(ROOT)}: {post}"
        for path in SOURCES
        if not {"demo", "rehearsal"} & set(path.parts)
        for post in posts()
        if re.search(rf'"[^"\n]*\b{re.escape(post)}\b[^"\n]*"', code_of(path))
    }
    assert named == set()


def code_of(path: Path) -> str:
    """The text of a module without its docstrings and comments."""
    return re.sub(r'""".*?"""|(?m:^\s*#.*$)', "", path.read_text("utf-8"), flags=re.DOTALL)


def test_nothing_names_a_registry_or_a_folder_of_one_machine():
    kept = [ROOT / name for name in ("pyproject.toml", "constraints.txt", "Makefile", "README.md", "hatch_build.py")]
    kept += [ROOT / ".ci" / "run", ROOT / "webapp" / "assets" / "package-lock.json"]
    found = [
        path.name for path in kept if re.search(r"registry\.|pypi\.org|/home/|/root/|/work/", path.read_text("utf-8"))
    ]
    assert found == []

"""What doctor reads in the project's own files, whatever somebody wrote there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from releasio.config.tables.model import Config
from releasio.rules.index.registry import PYPI
from releasio.rules.workflow.publishing import find_uploads
from releasio.rules.workflow.workflow import parse_workflow
from releasio.setup.checks.project.files import check_files
from releasio.setup.checks.project.metadata import check_metadata
from releasio.setup.checks.project.on_index import check_on_index
from releasio.setup.checks.project.settings import check_settings
from releasio.setup.checks.project.versions import check_versions
from releasio.setup.patches.patch import applied
from releasio.setup.situation.metadata import declared_of, licence_patterns
from releasio.setup.situation.project_state import ProjectState
from releasio.setup.situation.situation import GitState, Situation

if TYPE_CHECKING:
    from releasio.setup.finding import Finding

WORKFLOW = parse_workflow(
    ".github/workflows/release.yml",
    (Path(__file__).parent / "corpus/sound/pypa-action/dot-github/workflows/release.yml").read_text(
        encoding="utf-8"
    ),
)
# values of every type that TOML has, where others are meant
VALUES = (
    "5",
    "true",
    "1979-05-27",
    '""',
    '"a\\nb"',
    "[]",
    '[1, "a"]',
    '[["a"]]',
    "{}",
    "{ file = 1 }",
    '{ file = "README", content-type = 5 }',
    '{ a = ["b @ https://example.org/b.zip"] }',
    "{ git = 5 }",
)
KEYS = (
    "name",
    "version",
    "classifiers",
    "dependencies",
    "optional-dependencies",
    "license",
    "license-files",
    "readme",
    "requires-python",
    "dynamic",
)


CHECKS = (check_settings, check_versions, check_metadata, check_files, check_on_index)


def check_project(situation: Situation) -> list[Finding]:
    return [finding for check in CHECKS for finding in check(situation)]


def situation(**files: str) -> Situation:
    documents = {path: text.encode() for path, text in files.items()}
    patterns = licence_patterns(declared_of(documents, ""))
    project = ProjectState(
        "",
        None,
        Config(),
        uses_releasio=False,
        registries=(PYPI,),
        documents=documents,
        unmatched=patterns,
    )
    return Situation(
        GitState("main", "main", (), ""),
        project,
        workflows=(WORKFLOW,),
        uploads=find_uploads([WORKFLOW], {}),
    )


@pytest.mark.parametrize("table", ["project", "tool.poetry"])
@pytest.mark.parametrize("key", KEYS)
def test_values_of_another_type_are_passed_over(table: str, key: str) -> None:
    name = "" if key == "name" else 'name = "demo"\n'
    texts = [f"[{table}]\n{name}{key} = {value}\nd = 1\n" for value in VALUES]

    findings = [list(check_project(situation(**{"pyproject.toml": text}))) for text in texts]

    assert len(VALUES) == len(findings)
    assert all(each.line is None or each.line > 0 for group in findings for each in group)


@pytest.mark.parametrize("value", VALUES)
def test_dependencies_of_poetry_may_be_anything(value: str) -> None:
    text = f'[tool.poetry]\nname = "demo"\n[tool.poetry.dependencies]\nother = {value}\n'

    codes = [each.code for each in check_project(situation(**{"pyproject.toml": text}))]

    assert (["direct-dependency"] if "git" in value else []) == codes


@pytest.mark.parametrize(
    "text",
    [
        "[metadata\n",
        "[metadata]\nname = %(x)s\n",
        "[metadata]\nname = demo\nlong_description = file: a, b\n",
        "[metadata]\nname = demo\nlong_description = file: missing.md\nclassifiers =\n",
        "[options]\ninstall_requires =\n    # none\n    other\n[metadata]\nname = demo\n",
    ],
)
def test_a_setup_cfg_may_be_odd(text: str) -> None:
    codes = [each.code for each in check_project(situation(**{"setup.cfg": text}))]

    assert (["readme-missing"] if "missing.md" in text else []) == codes


@pytest.mark.parametrize(
    "text",
    [
        "def",
        "setup(**arguments)",
        'setup(name=5, classifiers="x", install_requires={"a": 1}, extras_require=[1])',
        'setup(name="demo", install_requires=read("requirements.txt"))',
    ],
)
def test_a_setup_py_may_be_odd(text: str) -> None:
    assert [] == list(check_project(situation(**{"setup.py": text})))


def test_an_edit_keeps_all_other_bytes_whatever_looks_like_a_line_end() -> None:
    text = '[project]\r\n# \u2028 and \x85 \r\nname = "demo"\r\nreadme = "README"\r\n'
    (finding,) = [
        each
        for each in check_project(situation(**{"pyproject.toml": text, "README": "Hello."}))
        if each.patch
    ]
    assert finding.patch is not None

    new_text = applied([finding.patch], {"pyproject.toml": text})["pyproject.toml"]

    expected = 'readme = {file = "README", content-type = "text/plain"}'
    assert text.replace('readme = "README"', expected) == new_text


class TestLines:
    TEXT = '[tool.x]\nname = "other"\n\n[project]\n"name" = "demo"\nkeywords = [\n  "a",\n]\n[b]\n'

    @pytest.mark.parametrize(("key", "line"), [("name", 5), ("keywords", 6), ("readme", 4)])
    def test_of_a_key_is_in_its_table(self, key: str, line: int) -> None:
        declared = declared_of({"pyproject.toml": self.TEXT.encode()}, "")

        assert line == declared.line_of(key)

    def test_of_a_value_is_behind_its_key(self) -> None:
        declared = declared_of({"pyproject.toml": self.TEXT.encode()}, "")

        assert 7 == declared.line_with("keywords", '"a"')

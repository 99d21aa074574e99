"""What projects promise, from each kind of file."""

from __future__ import annotations

import pytest

from releasio.rules.changes.promises import NOTHING_ELSE, Promises
from releasio.rules.changes.read_promises import read_promises
from releasio.rules.project.project_files import ProjectFiles

PROJECT = """\
[project]
name = "demo"
requires-python = ">=3.9"
dependencies = ["httpx>=0.27"]
scripts = { demo = "demo:main" }
gui-scripts.show = "demo:show"
[project.optional-dependencies]
Fast_Json = ["orjson"]
[project.entry-points.pytest11]
demo = "demo.plugin"
"""
DYNAMIC = """\
[project]
name = "demo"
dynamic = ["dependencies", "optional-dependencies"]
[tool.setuptools.dynamic]
dependencies = { file = ["requirements.txt"] }
optional-dependencies.fast = { file = "fast.txt" }
"""
REQUIREMENTS = "# what is needed\nhttpx>=0.27  # for the index\n-r more.txt\n\nrich\n"
SETUP_CFG = """\
[metadata]
name = demo
[options]
python_requires = >=3.9
install_requires =
    httpx>=0.27
    rich
[options.extras_require]
Fast = orjson
[options.entry_points]
console_scripts =
    demo = demo:main
"""
SETUP_PY = """\
from setuptools import setup
REQUIRED = ["httpx>=0.27"]
setup(name="demo", python_requires=">=3.9", install_requires=REQUIRED,
      extras_require={"fast": ["orjson"]}, entry_points={"console_scripts": ["demo=demo:main"]})
"""


def of(files: dict[str, str]) -> Promises:
    return read_promises(ProjectFiles.of({name: text.encode() for name, text in files.items()}))


class TestProject:
    def test_everything_that_it_says(self) -> None:
        assert Promises(
            ">=3.9",
            ("httpx>=0.27",),
            {"Fast_Json": ("orjson",)},
            {
                "console_scripts": {"demo": "demo:main"},
                "gui_scripts": {"show": "demo:show"},
                "pytest11": {"demo": "demo.plugin"},
            },
        ) == of({"pyproject.toml": PROJECT})

    def test_what_it_does_not_name_is_nothing(self) -> None:
        assert NOTHING_ELSE == of({"pyproject.toml": '[project]\nname = "demo"\n'})

    def test_what_is_dynamic_is_not_known(self) -> None:
        dynamic = '[project]\nname = "demo"\ndynamic = ["dependencies", "scripts"]\n'

        assert Promises("", None, {}, None) == of({"pyproject.toml": dynamic})

    def test_what_setuptools_reads_from_files(self) -> None:
        found = of(
            {"pyproject.toml": DYNAMIC, "requirements.txt": REQUIREMENTS, "fast.txt": "orjson\n"}
        )

        assert Promises("", ("httpx>=0.27", "rich"), {"fast": ("orjson",)}, {}) == found

    def test_what_poetry_s_own_tables_say_besides(self) -> None:
        manifest = (
            '[project]\nname = "demo"\nrequires-python = ">=3.9"\n'
            '[tool.poetry.dependencies]\nhttpx = "^0.27"\n'
        )

        assert Promises(">=3.9", ("httpx>=0.27,<0.28",), {}, {}) == of({"pyproject.toml": manifest})


class TestPoetry:
    def test_without_a_project_table(self) -> None:
        manifest = '[tool.poetry]\nname = "demo"\n[tool.poetry.dependencies]\npython = "^3.9"\n'

        assert Promises(">=3.9,<4.0", (), {}, {}) == of({"pyproject.toml": manifest})


class TestSetupFiles:
    def test_setup_cfg(self) -> None:
        assert Promises(
            ">=3.9",
            ("httpx>=0.27", "rich"),
            {"Fast": ("orjson",)},
            {"console_scripts": {"demo": "demo:main"}},
        ) == of({"setup.cfg": SETUP_CFG})

    def test_setup_py(self) -> None:
        assert Promises(
            ">=3.9",
            ("httpx>=0.27",),
            {"fast": ("orjson",)},
            {"console_scripts": {"demo": "demo:main"}},
        ) == of({"setup.py": SETUP_PY})

    def test_conditions_behind_the_name_of_an_extra(self) -> None:
        text = (
            "from setuptools import setup\nsetup(extras_require={'fast: a == \"b\"': ['orjson'], "
            "'fast': ['ujson'], ':c': ['always']})\n"
        )

        assert {"fast": ('orjson; a == "b"', "ujson")} == of({"setup.py": text}).extras

    def test_what_is_worked_out_is_not_known(self) -> None:
        text = "from setuptools import setup\nsetup(install_requires=read(), python_requires=P)\n"

        assert Promises() == of({"setup.py": text})

    def test_setup_cfg_comes_first(self) -> None:
        files = {"setup.cfg": "[options]\npython_requires = >=3.10\n", "setup.py": SETUP_PY}
        found = of(files)

        assert (">=3.10", ("httpx>=0.27",)) == (found.python, found.dependencies)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"pyproject.toml": "no toml ["},
        {"setup.cfg": "no section"},
        {"setup.py": "def ("},
        {"pyproject.toml": "[project]\ndependencies = 1\ndynamic = 2\n"},
    ],
)
def test_what_cannot_be_read_stops_nothing(files: dict[str, str]) -> None:
    assert of(files).dependencies in {None, ()}

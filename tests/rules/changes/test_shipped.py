from __future__ import annotations

import pytest

from releasio.rules.changes.shipped import builds_wheels, shipped_paths
from releasio.rules.project.project_files import ProjectFiles

POETRY = """\
[tool.poetry]
readme = ["README.md", "docs/more.md"]
packages = [{ include = "tests", format = "sdist" }, { include = "docs", format = ["sdist"] }]
include = ["CHANGELOG.md", { path = "doc/licences.txt", format = ["sdist", "wheel"] }]
"""
HATCH = """\
[tool.hatch.build]
exclude = ["docs"]
[tool.hatch.build.targets.wheel.force-include]
"docs/man" = "share/man"
[tool.hatch.build.targets.sdist]
include = ["/tests"]
[tool.hatch.metadata.hooks.fancy-pypi-readme]
fragments = [{ path = "CHANGELOG.md" }]
"""
SETUPTOOLS = """\
[tool.setuptools]
py-modules = ["test"]
[tool.setuptools.package-data]
"*" = ["tests"]
[tool.setuptools.packages.find]
where = ["."]
exclude = ["docs*", "tests"]
[tool.setuptools.dynamic]
readme = { file = ["README.rst", "CHANGES.rst"] }
dependencies = { file = "requirements-dev.txt" }
"""
SETUP_CFG = """\
[metadata]
long_description = file: README.rst, CHANGES.rst
license_files =
    docs/LICENSE
[options.packages.find]
exclude = tests
[options.data_files]
share/man = docs/demo.1
"""
SETUP_PY = """\
from setuptools import find_packages, setup
setup(long_description=open("README.rst").read() + open('CHANGES.rst').read(),
      packages=find_packages(exclude=["tests", "docs"]))
"""


def paths_of(name: str, files: dict[str, str]) -> frozenset[str]:
    contents = {path: text.encode() for path, text in files.items()}
    return shipped_paths(name, ProjectFiles.of(contents))


class TestShippedPaths:
    @pytest.mark.parametrize(
        ("pyproject", "shipped", "elsewhere"),
        [
            ('[project]\nreadme = "docs/README.md"', {"docs/README.md"}, {"docs", "tests"}),
            ('[project]\nreadme = {file = "CHANGES.md"}', {"CHANGES.md"}, {"docs"}),
            ('[project]\nlicense-files = ["./docs/LICENSE"]', {"docs/LICENSE"}, {"docs"}),
            (POETRY, {"docs/more.md", "CHANGELOG.md", "doc/licences.txt"}, {"tests", "docs"}),
            (HATCH, {"docs/man", "CHANGELOG.md"}, {"docs", "tests"}),
            (SETUPTOOLS, {"test", "CHANGES.rst", "requirements-dev.txt"}, {"docs", "tests", ""}),
            ('[tool.flit.external-data]\ndirectory = "docs/data"', {"docs/data"}, {"docs"}),
        ],
    )
    def test_of_pyproject_toml(
        self, pyproject: str, shipped: set[str], elsewhere: set[str]
    ) -> None:
        paths = paths_of("demo", {"pyproject.toml": pyproject})

        assert shipped == paths & (shipped | elsewhere)

    def test_of_setup_cfg(self) -> None:
        paths = paths_of("demo", {"setup.cfg": SETUP_CFG})

        assert {"README.rst", "CHANGES.rst", "docs/LICENSE", "docs/demo.1"} <= paths
        assert not paths & {"tests", "docs"}

    def test_of_setup_cfg_with_a_byte_order_mark(self) -> None:
        with_mark = paths_of("demo", {"setup.cfg": f"\ufeff{SETUP_CFG}"})

        assert paths_of("demo", {"setup.cfg": SETUP_CFG}) == with_mark

    def test_of_setup_py(self) -> None:
        paths = paths_of("demo", {"setup.py": SETUP_PY})

        assert {"README.rst", "CHANGES.rst"} <= paths
        assert not paths & {"tests", "docs"}

    def test_files_that_cannot_be_read_say_nothing(self) -> None:
        paths = paths_of(
            "demo", {"pyproject.toml": "[", "setup.cfg": "no [section", "setup.py": "def ("}
        )

        assert paths_of("demo", {}) == paths

    @pytest.mark.parametrize(("name", "folder"), [("Tests", "tests"), ("my-docs", "src/my_docs")])
    def test_the_import_package_by_the_project_s_name(self, name: str, folder: str) -> None:
        assert folder in paths_of(name, {})


class TestBuildsWheels:
    @pytest.mark.parametrize(
        ("workflow", "expected"),
        [
            ("- uses: pypa/cibuildwheel@v3", "yes"),
            ("- uses: PyO3/maturin-action@v1", "yes"),
            ("- run: python -m build", "no"),
            ("", "no"),
        ],
    )
    def test_by_the_tools_that_do(self, workflow: str, expected: str) -> None:
        assert expected == ("yes" if builds_wheels(workflow) else "no")

from __future__ import annotations

import pytest

from releasio.rules.changes.outside import Outside, why_outside
from releasio.rules.changes.patterns import PathPatterns


def outside(folder: str = "", *shipped: str, ignore: tuple[str, ...] = ()) -> Outside:
    return Outside(folder, frozenset(shipped), PathPatterns.of(ignore))


class TestHolds:
    @pytest.mark.parametrize(
        "path",
        [
            "tests/test_demo.py",
            "test/conftest.py",
            "docs/index.md",
            "doc/conf.py",
            ".github/workflows/ci.yml",
            ".gitlab-ci.yml",
            "uv.lock",
            "poetry.lock",
            "pdm.lock",
            "CHANGELOG.md",
            "CHANGES",
            "CONTRIBUTING.rst",
            "newsfragments/12.feature",
            ".pre-commit-config.yaml",
            "tox.ini",
            "requirements-dev.txt",
            "requirements/docs.in",
            "dev-requirements.txt",
        ],
    )
    def test_what_users_get_nothing_of(self, path: str) -> None:
        assert outside().holds(path)

    @pytest.mark.parametrize(
        "path",
        [
            "src/demo/tests/test_demo.py",
            "demo/docs/index.md",
            "src/demo/data.json",
            "README.md",
            "LICENSE",
            "pyproject.toml",
            "setup.py",
            "MANIFEST.in",
            "Cargo.lock",
            "package-lock.json",
            "rust/tests/lib.rs",
            "ext/fast.c",
            "requirements.txt",
            "requirements/base.txt",
            "action.yml",
            ".pre-commit-hooks.yaml",
            "Dockerfile",
            "examples/one.py",
            "changes.py",
            "history.py",
            "news/__init__.py",
            "testing/__init__.py",
        ],
    )
    def test_everything_else_counts(self, path: str) -> None:
        assert not outside().holds(path)

    @pytest.mark.parametrize("path", ["docs/README.md", "tests/__init__.py", "CHANGES.rst"])
    def test_what_the_settings_ship_counts_wherever_it_lies(self, path: str) -> None:
        assert not outside("", "docs/README.md", "tests", "CHANGES.rst").holds(path)

    def test_of_a_project_in_a_folder_both_roots_are_looked_at(self) -> None:
        places = outside("python/demo")

        assert {"python/demo/tests/a.py": True, ".github/a.yml": True, "docs/a.md": True} == {
            path: places.holds(path)
            for path in ("python/demo/tests/a.py", ".github/a.yml", "docs/a.md")
        }
        assert not places.holds("python/demo/src/demo/a.py")
        assert not places.holds("python/tests/a.py")

    def test_what_somebody_says_decides(self) -> None:
        places = outside("", "README.md", ignore=("README.md", "examples/", "!docs/"))

        assert {"README.md": True, "examples/a.py": True, "docs/a.md": False} == {
            path: places.holds(path) for path in ("README.md", "examples/a.py", "docs/a.md")
        }


class TestHoldsAll:
    @pytest.mark.parametrize("files", [("docs/a.md", "src/demo/a.py"), ()])
    def test_not_where_one_file_counts_or_there_is_none(self, files: tuple[str, ...]) -> None:
        assert not outside().holds_all(files)

    def test_where_every_file_is_outside(self) -> None:
        assert outside().holds_all(("docs/a.md", "tests/a.py"))


class TestWhyOutside:
    @pytest.mark.parametrize(
        ("count", "expected"),
        [
            (1, "docs/0.md"),
            (3, "docs/0.md, docs/1.md, docs/2.md"),
            (5, "docs/0.md, docs/1.md, docs/2.md and 2 more"),
        ],
    )
    def test_names_some_files(self, count: int, expected: str) -> None:
        files = [f"docs/{number}.md" for number in range(count)]

        assert f"only files that are not in the package: {expected}" == why_outside(files)

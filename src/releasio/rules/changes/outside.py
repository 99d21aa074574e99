"""Which files are known to be outside of the package: users get nothing of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.text.listing import shortened
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from releasio.rules.changes.patterns import PathPatterns

ONLY_OUTSIDE = "only files that are not in the package"

# of the project's own folder, or of the repository's root; what is not named here counts
FOLDERS = frozenset(
    {
        *("doc", "docs", "test", "tests"),
        *(".github", ".gitlab", ".circleci", ".azure-pipelines", ".buildkite", ".woodpecker"),
        *(".devcontainer", ".vscode", ".idea", "newsfragments", "changelog.d", ".changeset"),
    }
)
FILES = frozenset(
    {
        *("uv.lock", "poetry.lock", "pdm.lock", "Pipfile", "Pipfile.lock", "pylock.toml"),
        *("pixi.lock", ".gitlab-ci.yml", ".travis.yml", ".cirrus.yml", ".drone.yml"),
        *("azure-pipelines.yml", "appveyor.yml", ".appveyor.yml", "bitbucket-pipelines.yml"),
        *("Jenkinsfile", "codecov.yml", ".codecov.yml", "codecov.yaml", ".codecov.yaml"),
        *("renovate.json", "renovate.json5", ".renovaterc", ".renovaterc.json", ".pyup.yml"),
        *(".pre-commit-config.yaml", ".readthedocs.yml", ".readthedocs.yaml", "mkdocs.yml"),
        *("tox.ini", "noxfile.py", "conftest.py", "pytest.ini", ".coveragerc", ".flake8"),
        *("mypy.ini", ".mypy.ini", ".pylintrc", "ruff.toml", ".ruff.toml", ".editorconfig"),
        *(".mailmap", ".releasio.toml", "releasio.toml", "AGENTS.md"),
    }
)
# with any of the endings of a document, or none
DOCUMENTS = frozenset(
    {"CHANGELOG", "CHANGES", "HISTORY", "NEWS", "CONTRIBUTING", "CODE_OF_CONDUCT", "SECURITY"}
)
_ENDINGS = frozenset({"", "md", "rst", "txt", "adoc"})
_NEEDED = r"(?:dev|develop|development|tests?|testing|docs?|lint|linting|ci|typing)"
_REQUIREMENTS = pattern(
    rf"(?:requirements/{_NEEDED}|requirements[-_.]{_NEEDED}|{_NEEDED}[-_]requirements)"
    r"\.(?:txt|in)$"
)


@frozen
class Outside:
    """
    Knows which files users get nothing of.

    Attributes:
        folder: The project's in the repository, with `/`; empty: the root.
        shipped: What the project's own settings put into the package, wherever it lies: files,
            and folders with all below them; relative to the project.
        ignore: What somebody says of further files; it decides before all else.
    """

    folder: str
    shipped: frozenset[str]
    ignore: PathPatterns

    def holds(self, path: str) -> bool:
        """Whether *path*, in the repository, is known to be outside of the package."""
        inner = self.relative(path)
        verdict = self.ignore.verdict(inner)
        if verdict is not None:
            return verdict
        return _is_outside(inner) and not self._is_shipped(inner)

    def relative(self, path: str) -> str:
        """Return *path* relative to the project where it is in it, else to the root."""
        return path.removeprefix(f"{self.folder}/") if self.folder else path

    def holds_all(self, files: Collection[str]) -> bool:
        """Whether *files* are some, and every one of them is outside."""
        return bool(files) and all(map(self.holds, files))

    def _is_shipped(self, path: str) -> bool:
        if path in self.shipped:
            return True
        return any(path.startswith(f"{name}/") for name in self.shipped)


def _is_outside(path: str) -> bool:
    first, slash, _ = path.partition("/")
    if slash and first in FOLDERS:
        return True
    if not slash:
        stem, _, ending = path.partition(".")
        if path in FILES or (stem.upper() in DOCUMENTS and ending.lower() in _ENDINGS):
            return True
    return "requirements" in path and _REQUIREMENTS.match(path) is not None


def why_outside(files: Sequence[str]) -> str:
    """Return why a commit that touches *files* does not count."""
    return f"{ONLY_OUTSIDE}: {shortened(files)}"

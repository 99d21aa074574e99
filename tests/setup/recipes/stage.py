"""A project that takes a recipe: its repository, its forge, and two indexes that trust its jobs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from releasio.config.rewriting import with_setting
from releasio.setup.recipes.recipe import Answers
from releasio.setup.recipes.recipes import RECIPES
from releasio.setup.recipes.render import publishers_of, render, settings_of
from tests.embedded.index import EmbeddedIndex
from tests.fakes.projects import static_project
from tests.journeys.stage import QUICK, QUICK_BUILD
from tests.setup.recipes.github_ci import SLUG
from tests.setup.recipes.gitlab_ci import SLUG as GITLAB_SLUG

if TYPE_CHECKING:
    from tests.embedded.github import JobIssuer
    from tests.fakes.repository import Repository

ANSWERS = Answers(
    registry="live",
    test_registry="trial",
    test=("python -m pip install .", "python -m unittest discover --start-directory tests"),
)
TEST = "import unittest\n\n\nclass Test(unittest.TestCase):\n    def test(self) -> None: ...\n"


class TrialIndex(EmbeddedIndex):
    """The index for tries, which believes the same issuer as the other one."""

    def __init__(self, issuer: JobIssuer) -> None:
        self._shared = issuer
        super().__init__()

    def _new_issuer(self) -> JobIssuer:
        return self._shared


@dataclass
class Project:
    """A project, the remote that it is pushed to, and its indexes by their names."""

    repo: Repository
    remote: Repository
    indexes: dict[str, EmbeddedIndex]

    def take(self, name: str, answers: Answers = ANSWERS, *, publishers: bool = True) -> None:
        """Write the recipe's files and settings, register its *publishers*, and push."""
        recipe = RECIPES[name]
        for path, text in render(recipe, answers).items():
            self.repo.write(path, text)
        manifest = self.repo.read("pyproject.toml")
        for path, value in settings_of(recipe, answers).items():
            manifest = with_setting(manifest, ("tool", "releasio", *path), value) or ""
        self.repo.write("pyproject.toml", manifest)
        for job in publishers_of(recipe, answers) if publishers else ():
            index = self.indexes[job.registry]
            values = {"workflow": job.workflow, "environment": job.environment}
            if recipe.forge == "github":
                index.expect("demo", repository=SLUG, **values)
            else:
                index.trust_gitlab("demo", repository=GITLAB_SLUG, **values)
        self.push("ci: release by recipe")

    def push(self, message: str, **files: str) -> str:
        """Commit to main, push it, and return its ref."""
        self.repo.commit(message, **files)
        self.repo.git("push", "--quiet", "origin", "main")
        return "refs/heads/main"

    def set_version(self, version: str) -> None:
        """Write *version* into the project's file."""
        before, _, after = self.repo.read("pyproject.toml").partition('version = "')
        self.repo.write(
            "pyproject.toml", f'{before}version = "{version}"{after.partition(chr(34))[2]}'
        )

    def tag(self, version: str, tag: str = "") -> str:
        """Have somebody write *version*, tag that commit, and push both; return the tag's ref."""
        tag = tag or f"v{version}"
        self.set_version(version)
        self.push(f"chore(release): {tag}")
        self.repo.tag(tag)
        self.repo.git("push", "--quiet", "origin", tag)
        return f"refs/tags/{tag}"

    def files(self, registry: str) -> list[str]:
        """Return the names of the project's files on the index *registry*."""
        return sorted(self.indexes[registry].files("demo"))


def fill(repo: Repository, indexes: dict[str, EmbeddedIndex]) -> Repository:
    """Make *repo* a project at 0.1.0 with a fix since, and return its remote."""
    repo.write("inline/quick.py", QUICK)
    repo.write("tests/test_demo.py", TEST)
    urls = "".join(f'{name}.url = "{index.upload_url}"\n' for name, index in indexes.items())
    static_project(repo, tables=f"{QUICK_BUILD}\n[tool.releasio.registries]\n{urls}")
    repo.tag("v0.1.0")
    repo.commit("fix: greet politely", **{"src/demo/more.py": '"""More."""\n'})
    return repo.add_remote(repo.path.with_name("remote.git"))


def distributions(version: str) -> list[str]:
    """Return the names of the project's files of *version*."""
    return [f"demo-{version}-py3-none-any.whl", f"demo-{version}.tar.gz"]

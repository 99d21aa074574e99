"""Every ready workflow keeps the rules that doctor holds others to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from releasio.config.reading.load import load
from releasio.config.rewriting import with_setting
from releasio.setup.recipes.recipe import ACTION, Answers, Recipe, action_of
from releasio.setup.recipes.recipes import RECIPES, recipes_for
from releasio.setup.recipes.render import beginning, by_hand, publishers_of, render, settings_of
from tests.github.library import mistakes_of_workflow
from tests.setup.recipes.written import PINNED

ROOT = Path(__file__).parents[3]
GITHUB = recipes_for("github")
GITLAB = recipes_for("gitlab")
USES = re.compile(r"uses: (\S+)@(\S+)(?: # (\S+))?")
ANSWERS = Answers(
    branch="stable",
    environment="index",
    test_environment="trial",
    registry="corp",
    test_registry="corp-test",
    tags="demo-v*",
    action=PINNED,
)

REGISTRIES = """\
[registries]
corp.url = "https://up.example.com/"
corp-test.url = "https://test.example.com/"
"""


def jobs() -> list[Any]:
    """Every job of every workflow for GitHub, with its recipe and its name."""
    return [
        pytest.param(job, id=f"{recipe.name}: {name}")
        for recipe in GITHUB
        for text in render(recipe).values()
        for name, job in yaml.safe_load(text)["jobs"].items()
    ]


def workflows() -> list[Any]:
    return [
        pytest.param(yaml.safe_load(text), id=recipe.name)
        for recipe in GITHUB
        for text in render(recipe).values()
    ]


@pytest.mark.parametrize("workflow", workflows())
def test_what_no_job_asks_for_is_given_to_none(workflow: dict[str, Any]) -> None:
    assert {} == workflow["permissions"]
    assert "group" in workflow["concurrency"]


@pytest.mark.parametrize("recipe", GITHUB, ids=lambda recipe: recipe.name)
def test_github_itself_takes_it(recipe: Recipe) -> None:
    (text,) = render(recipe).values()

    assert [] == mistakes_of_workflow(text)


@pytest.mark.parametrize("job", jobs())
def test_every_job_ends_and_says_what_it_may(job: dict[str, Any]) -> None:
    assert {"name", "timeout-minutes", "permissions"} <= set(job)


@pytest.mark.parametrize("job", jobs())
def test_an_identity_is_for_jobs_in_an_environment_that_build_nothing_of_others(
    job: dict[str, Any],
) -> None:
    words = yaml.safe_dump(job["steps"])

    assert ("environment" in job) == ("id-token" in job["permissions"])
    assert "environment" not in job or "pytest" not in words


@pytest.mark.parametrize("job", jobs())
def test_no_checkout_keeps_the_token(job: dict[str, Any]) -> None:
    checkouts = [
        step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")
    ]

    assert [False] == [step["with"]["persist-credentials"] for step in checkouts]


def test_an_action_is_pinned_to_one_commit_everywhere() -> None:
    texts = [text for recipe in GITHUB for text in render(recipe, ANSWERS).values()]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / ".github").rglob("*.yml")]
    pins: dict[str, set[tuple[str, str]]] = {}
    for action, commit, version in USES.findall("\n".join(texts)):
        pins.setdefault(action, set()).add((commit, version))

    assert {} == {action: pin for action, pin in pins.items() if len(pin) > 1}
    assert all(re.fullmatch("[0-9a-f]{40}", commit) for ((commit, _),) in pins.values())
    assert all(version.startswith("v") for ((_, version),) in pins.values())


@pytest.mark.parametrize("recipe", [*GITHUB, *GITLAB], ids=lambda recipe: recipe.name)
class TestEveryRecipe:
    def test_has_all_its_places_filled(self, recipe: Recipe) -> None:
        texts = [
            *render(recipe, ANSWERS).values(),
            *by_hand(recipe, ANSWERS),
            beginning(recipe, ANSWERS),
        ]
        texts += [str(settings_of(recipe, ANSWERS)), str(publishers_of(recipe, ANSWERS))]

        assert [] == re.findall(r"__\w+?__", "\n".join(texts))

    def test_publishes_in_the_environments_it_names(self, recipe: Recipe) -> None:
        (text,) = render(recipe, ANSWERS).values()
        environments = re.findall(r"^ +environment: (\S+)", text, re.MULTILINE)
        (path,) = render(recipe)

        publishers = publishers_of(recipe, ANSWERS)
        assert environments == [job.environment for job in publishers]
        assert {path.removeprefix(".github/workflows/")} == {job.workflow for job in publishers}

    def test_needs_settings_that_releasio_knows(self, recipe: Recipe, tmp_path: Path) -> None:
        text = REGISTRIES
        for path, value in settings_of(recipe, ANSWERS).items():
            text = with_setting(text, path, value) or ""
        (tmp_path / ".releasio.toml").write_text(text, encoding="utf-8")
        config = load(tmp_path, {}).config

        assert config.publish.registry.startswith("corp")
        assert len(publishers_of(recipe, ANSWERS)) == 1 + len(config.publish.routes)


class TestAnswers:
    def test_are_text_of_yaml_whatever_they_look_like(self) -> None:
        odd = Answers(branch="on", environment="1.0", tags='"v"*', pythons=("3.10",))
        text = "".join(render(RECIPES["github-release"], odd).values())
        text += "".join(render(RECIPES["push-to-main"], odd).values())
        tags = yaml.safe_load("".join(render(RECIPES["tag"], odd).values()))

        assert 'environment: "1.0" #' in text
        assert 'branches: ["on"]' in text
        assert 'python: ["3.10"]' in text
        assert ['"v"*'] == tags[True]["push"]["tags"]  # `on` is a word for true in YAML

    def test_several_commands_are_several_steps(self) -> None:
        answers = Answers(test=("make tools", 'pytest -k "a: b"'))
        workflow = yaml.safe_load("".join(render(RECIPES["version-changed"], answers).values()))

        assert ["make tools", 'pytest -k "a: b"'] == [
            step["run"] for step in workflow["jobs"]["test"]["steps"] if "run" in step
        ]

    def test_an_expression_is_no_answer(self) -> None:
        with pytest.raises(ValueError, match="branch is an expression of the forge"):
            render(RECIPES["push-to-main"], Answers(branch="${{ secrets.X }}"))


@pytest.mark.parametrize(
    ("project_urls", "expected"),
    [
        (("Source, https://github.com/acme/releasio",), "acme/releasio/action@v3"),
        (
            ("Homepage, https://acme.example", "repository, https://github.com/acme/releasio.git"),
            "acme/releasio/action@v3",
        ),
        (("Source, https://gitlab.com/acme/releasio",), ACTION),
        (("Source, https://github.com/acme/other",), ACTION),
        (("Issues, https://github.com/acme/releasio",), ACTION),
        (("Source", ""), ACTION),
        ((), ACTION),
    ],
)
def test_the_action_is_that_of_the_installed_source(
    project_urls: tuple[str, ...], expected: str
) -> None:
    assert expected == action_of(project_urls)

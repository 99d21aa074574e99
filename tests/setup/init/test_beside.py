"""A recipe for a project that has a pipeline already: in a file that the pipeline includes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from releasio.rules.workflow.gitlab.pipeline import pipeline_jobs
from releasio.rules.workflow.gitlab.uploads import pipeline_uploads
from releasio.rules.workflow.node import parse_yaml
from releasio.setup.init.beside import OWN_FILE, beside_pipeline, include_sentence
from releasio.setup.init.files import InitFile
from releasio.setup.init.next_steps import next_commands, things_by_hand
from releasio.setup.init.project import Contents
from releasio.setup.init.wanted import recipe_answers
from releasio.setup.recipes.recipes import RECIPES
from releasio.setup.recipes.render import render
from tests.setup.init.found import GITLAB, chosen, found

TOP = ".gitlab-ci.yml"
OTHERS = "stages: [lint, build, ship]\n\nbuild:\n  stage: build\n  script: make\n"
NAMES = [name for name, recipe in RECIPES.items() if TOP in recipe.files]


def placed(contents: Contents, recipe: str = "gitlab-tag") -> dict[str, str]:
    project, choices = found(place=GITLAB, contents=contents), chosen(recipe)
    files = render(choices.recipe, recipe_answers(project, choices))
    return beside_pipeline(project, files)


class TestPlace:
    def test_without_a_pipeline_it_is_the_pipeline(self) -> None:
        files = placed(Contents())

        assert [TOP] == list(files)
        assert "stage:" not in files[TOP]

    def test_a_pipeline_of_others_keeps_its_file(self) -> None:
        assert [OWN_FILE] == list(placed(Contents(pipeline={TOP: OTHERS})))

    def test_a_pipeline_that_is_a_recipe_stays_one(self) -> None:
        ours = placed(Contents())[TOP]

        assert [TOP] == list(placed(Contents(pipeline={TOP: ours})))

    def test_files_of_github_stay_where_they_are(self) -> None:
        project, choices = found(contents=Contents(pipeline={TOP: OTHERS})), chosen()
        files = render(choices.recipe, recipe_answers(project, choices))

        assert files == beside_pipeline(project, files)


class TestText:
    @pytest.mark.parametrize(
        ("pipeline", "expected"),
        [
            (OTHERS, "ship"),
            ("t:\n  script: tox\n", "deploy"),  # GitLab's own last stage
            ("stages:\n  - test\n  - 'publish it'\n  - .post\n", "publish it"),
            ("stages: []\n", "deploy"),
            ("stages: [test, $LAST]\n", "test"),
            ("include: [{local: other.yml}]\n", "last"),
        ],
    )
    def test_its_jobs_run_in_the_last_stage(self, pipeline: str, expected: str) -> None:
        other = {"other.yml": "stages: [first, last]\n"} if "other" in pipeline else {}
        files = placed(Contents(pipeline={**other, TOP: pipeline}))
        document = yaml.safe_load(files[OWN_FILE])

        assert expected == document[".releasio"]["stage"]

    @pytest.mark.parametrize("recipe", NAMES)
    def test_a_job_of_another_keeps_its_name(self, recipe: str) -> None:
        alone = yaml.safe_load(placed(Contents(), recipe)[TOP])
        jobs = [name for name in alone if name != ".releasio"]
        others = "".join(f"{name}:\n  script: make\n" for name in jobs)
        document = yaml.safe_load(placed(Contents(pipeline={TOP: others}), recipe)[OWN_FILE])

        assert [".releasio", *(f"releasio-{name}" for name in jobs)] == list(document)
        for name in jobs:
            needed = alone[name].get("needs", [])
            job = document[f"releasio-{name}"]
            assert [f"releasio-{each}" for each in needed] == job.get("needs", [])
            assert {**job, "needs": needed} == {**alone[name], "needs": needed}

    def test_only_the_name_that_is_taken_changes(self) -> None:
        document = yaml.safe_load(placed(Contents(pipeline={TOP: OTHERS}))[OWN_FILE])

        assert [".releasio", "releasio-build", "publish"] == list(document)
        assert ["releasio-build"] == document["publish"]["needs"]


class TestByHand:
    def sentences(self, contents: Contents) -> tuple[str, ...]:
        return things_by_hand(found(place=GITLAB, contents=contents), chosen("gitlab-tag"), [], [])

    def test_the_include_is_said(self) -> None:
        expected = f"Add to {TOP}: include: [{{local: {OWN_FILE}}}]"

        assert expected in self.sentences(Contents(pipeline={TOP: OTHERS}))

    def test_beside_others_it_is_one_more(self) -> None:
        contents = Contents(pipeline={TOP: "include:\n  - template: SAST.yml\n"})

        expected = f"Add to the list of `include` in {TOP}: {{local: {OWN_FILE}}}"
        assert expected in self.sentences(contents)

    @pytest.mark.parametrize("include", ["other.yml", "\n  local: other.yml"])
    def test_beside_a_single_one_that_is_no_list_yet_it_is_said_to_make_one(
        self, include: str
    ) -> None:
        contents = Contents(pipeline={TOP: f"include: {include}\n"})

        expected = f"Make a list of what `include` in {TOP} names, and add to it: "
        assert f"{expected}{{local: {OWN_FILE}}}" in self.sentences(contents)

    def test_one_that_is_there_is_not_asked_for(self) -> None:
        text = f"include:\n  - local: /{OWN_FILE}\n"
        contents = Contents(pipeline={OWN_FILE: "", TOP: text})

        assert not include_sentence(found(place=GITLAB, contents=contents))

    def test_the_line_is_committed_with_the_file(self) -> None:
        project = found(place=GITLAB, contents=Contents(pipeline={TOP: OTHERS}))
        file = InitFile(Path("/demo", OWN_FILE), OWN_FILE, None, b"")
        commands = next_commands(project, [file], ".", "main")

        assert any(f"git add -- {OWN_FILE} {TOP} && " in command for command in commands)

    def test_without_a_pipeline_there_is_nothing_to_include(self) -> None:
        assert not any("include" in sentence for sentence in self.sentences(Contents()))

    def test_the_job_that_publishes_is_to_go_and_not_the_pipeline(self) -> None:
        text = "deploy:\n  script: twine upload dist/*\n"
        own = "publish:\n  script: releasio publish --execute\n"
        nodes = {OWN_FILE: parse_yaml(own, OWN_FILE), TOP: parse_yaml(text, TOP)}
        uploads = pipeline_uploads(pipeline_jobs(nodes))
        contents = Contents(pipeline={OWN_FILE: own, TOP: text}, pipeline_uploads=uploads)
        sentences = self.sentences(contents)

        assert f"{TOP} publishes, too: remove its job `deploy`." in sentences
        assert not any(OWN_FILE in sentence for sentence in sentences if "publishes" in sentence)

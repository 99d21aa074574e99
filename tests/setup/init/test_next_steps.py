"""What is left to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from releasio.frozen import replace
from releasio.rules.identity.publisher_form import PublisherForm
from releasio.rules.index.registry import PYPI
from releasio.rules.workflow.gitlab.pipeline import pipeline_jobs
from releasio.rules.workflow.gitlab.uploads import pipeline_uploads
from releasio.rules.workflow.node import parse_yaml
from releasio.setup.init.files import InitFile
from releasio.setup.init.next_steps import next_commands, things_by_hand
from releasio.setup.init.project import Clone, Contents
from tests.setup.init.found import GITLAB, chosen, found, with_workflow

FILE = InitFile(Path("/demo/a b.toml"), "a b.toml", None, b"")
WORKFLOW = "on: push\njobs: {p: {steps: [{uses: pypa/gh-action-pypi-publish@release/v1}]}}\n"
OWNER = "OWNER in its `uses:` stands for the account that has releasio's repository"
LOOKS = ("releasio doctor", "releasio rehearse")


class TestNext:
    def test_what_was_written_is_committed_by_name_and_pushed(self) -> None:
        commands = next_commands(found(), [FILE], ".", "main")

        assert (
            *LOOKS,
            "git add -- 'a b.toml' && git commit -m 'ci: release with releasio' && git push",
        ) == commands

    def test_without_a_remote_nothing_is_pushed(self) -> None:
        project = found(clone=Clone("main", ("main",), has_remote=False))

        assert "push" not in next_commands(project, [FILE], ".", "main")[-1]

    @pytest.mark.parametrize(
        ("clone", "first"),
        [
            (None, "git init --initial-branch main && git add . && git commit -m 'feat: begin'"),
            (Clone("main", has_commits=False), "git add . && git commit -m 'feat: begin'"),
        ],
    )
    def test_a_project_without_a_commit_is_committed_first(
        self, clone: Clone | None, first: str
    ) -> None:
        assert (first, *LOOKS) == next_commands(found(clone=clone), [FILE], ".", "main")

    def test_a_project_elsewhere_is_named(self) -> None:
        commands = next_commands(found(), [FILE], "sub/demo", "main")

        assert "releasio doctor sub/demo" == commands[0]
        assert commands[-1].startswith("git -C /demo add -- ")

    def test_where_nothing_was_written_nothing_is_committed(self) -> None:
        assert LOOKS == next_commands(found(), [], ".", "main")


class TestByHand:
    def test_another_workflow_that_publishes_is_named(self) -> None:
        sentences = things_by_hand(with_workflow(WORKFLOW), chosen(), [], [])

        assert (
            ".github/workflows/publish.yml publishes, too: remove it, or its job that publishes."
        ) in sentences

    def test_an_upload_of_jobs_that_stay_is_replaced(self) -> None:
        project = with_workflow(WORKFLOW)
        (sentence,) = things_by_hand(project, chosen("own-builds"), [], [])

        assert sentence.startswith(".github/workflows/publish.yml:2 uploads: write there a ")
        assert "a step with `uses: OWNER/releasio/action@v3`, `command: publish`" in sentence

    @pytest.mark.parametrize(
        "step",
        [
            "uses: PyO3/maturin-action@v1, with: {command: publish}",
            "run: poetry publish --build",
            "run: flit publish",
            "run: python -m build && twine upload dist/*",
        ],
    )
    def test_one_that_builds_is_taken_apart(self, step: str) -> None:
        text = WORKFLOW.replace("uses: pypa/gh-action-pypi-publish@release/v1", step)
        (sentence,) = things_by_hand(with_workflow(text), chosen("own-builds"), [], [])

        assert "builds and uploads: have it build alone, and hand the files on" in sentence

    def test_files_that_maturin_only_uploads_are_there(self) -> None:
        action = "uses: pypa/gh-action-pypi-publish@release/v1"
        text = WORKFLOW.replace(action, "run: maturin upload d/*")
        (sentence,) = things_by_hand(with_workflow(text), chosen("own-builds"), [], [])

        assert "and in place of the upload a step with" in sentence

    @pytest.mark.parametrize(("recipe", "lacks", "said"), [
        ("wheels", True, True), ("wheels", False, False), ("tag", True, False),
    ])  # fmt: skip
    def test_rust_is_needed_where_wheels_are_built(
        self, recipe: str, *, lacks: bool, said: bool
    ) -> None:
        sentences = things_by_hand(
            found(contents=Contents(lacks_rust=lacks)), chosen(recipe), [], []
        )

        assert said is any("containers that have no Rust" in each for each in sentences)

    def test_so_is_one_of_a_pipeline(self) -> None:
        pipeline = "p:\n  script: twine upload dist/*\n"
        jobs = pipeline_jobs({".gitlab-ci.yml": parse_yaml(pipeline, ".gitlab-ci.yml")})
        contents = Contents(pipeline_uploads=pipeline_uploads(jobs))
        project = found(place=GITLAB, contents=contents)
        (sentence,) = things_by_hand(project, chosen("own-builds"), [], [])

        assert "in the job `p`, have `releasio publish FOLDER --execute` upload" in sentence

    def test_an_upload_by_releasio_stays(self) -> None:
        action = "acme/releasio/action@v3, with: {command: publish, dist: d}"
        project = with_workflow(WORKFLOW.replace("pypa/gh-action-pypi-publish@release/v1", action))

        assert () == things_by_hand(project, chosen("own-builds"), [], [])

    def test_where_pre_releases_go_is_said(self) -> None:
        sentences = things_by_hand(found(), chosen("github-release"), [], [])

        assert any(sentence.startswith("Pre-releases go to testpypi. ") for sentence in sentences)

    def test_a_name_that_the_index_has_may_be_anothers(self) -> None:
        form = PublisherForm(PYPI, "demo", (), "", "", exists=True)
        new, old = found(), found(newest_tag="v0.1.0")

        taken = "pypi has a project called demo already: if it is not yours, choose another name."
        assert taken in things_by_hand(new, chosen(), [], [form])
        assert taken not in things_by_hand(old, chosen(), [], [form])

    def test_that_nobody_knows_where_the_action_is_comes_first(self) -> None:
        (sentence, *_) = things_by_hand(found(), chosen(), [FILE], [])
        known = found(action="acme/releasio/action@v3")

        assert sentence.startswith("GitHub cannot run the workflow yet: OWNER in its `uses:`")
        assert not any("OWNER" in each for each in things_by_hand(known, chosen(), [FILE], []))

    def test_a_workflow_that_stays_runs_as_it_did(self) -> None:
        left = replace(FILE, name=".github/workflows/release.yml", before=b"on: push")
        sentence, *rest = things_by_hand(found(), chosen(), [left], [])
        known = found(action="acme/releasio/action@v3")
        (other, *_) = things_by_hand(known, chosen(), [left], [])

        taken_over = f"{left.name} stays as it is: what is shown for it is for you to take over"
        assert f"{taken_over}; {OWNER}." == sentence
        assert not any("OWNER" in each for each in rest)
        assert f"{taken_over}." == other

    def test_what_was_not_written_is_not_there_to_run(self) -> None:
        new = replace(FILE, name=".github/workflows/release.yml")
        sentences = things_by_hand(with_workflow(WORKFLOW), chosen(), [new], [])

        assert not any("OWNER" in each or "stays" in each for each in sentences)
        assert (
            f".github/workflows/publish.yml publishes, too: when {new.name} has what is shown, "
            "remove it, or its job that publishes."
        ) in sentences

    def test_a_pipeline_includes_only_what_is_written(self) -> None:
        contents = Contents(pipeline={".gitlab-ci.yml": "test: {script: pytest}\n"})
        project = found(place=GITLAB, contents=contents)
        left = replace(FILE, name=".gitlab/release.yml")
        recipe = chosen("gitlab-tag")
        sentences = [things_by_hand(project, recipe, files, []) for files in ([], [left])]

        assert [True, False] == ["include" in " ".join(each) for each in sentences]

    def test_a_file_that_stays_is_for_people_to_complete(self) -> None:
        (_, sentence, *_) = things_by_hand(found(), chosen(), [replace(FILE, before=b"")], [])

        assert "a b.toml stays as it is: what is shown for it is for you to take over." == sentence

    def test_what_the_forge_wants_is_that_of_the_recipe(self) -> None:
        sentences = things_by_hand(found(place=GITLAB), chosen("gitlab-tag"), [], [])

        assert any("Protected tags: v*" in sentence for sentence in sentences)
        assert not any("OWNER" in sentence for sentence in sentences)

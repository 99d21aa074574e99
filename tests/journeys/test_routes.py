"""Releases that go to one index or another, and to one before the other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from releasio.rules.contents.tag_message import registry_of_tag
from tests.embedded.index import EmbeddedIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.journeys.stage import Stage

IMPATIENT = {"RELEASIO_PUBLISH_VERIFY_TIMEOUT": "0.1"}
DEV = "publish.routes: tags like v*-dev-* go to dev"


@pytest.fixture
def other() -> Iterator[EmbeddedIndex]:
    """A second index, for development versions and for a look before."""
    with EmbeddedIndex(audience="other") as index:
        yield index


@pytest.fixture
def split(stage: Stage, other: EmbeddedIndex) -> Stage:
    """Development versions go to one index, the rest to the other; tokens for both."""
    return told(stage, other, 'routes = [{ registry = "dev", tag = "v*-dev-*" }]')


@pytest.fixture
def staged(stage: Stage, other: EmbeddedIndex) -> Stage:
    """All goes to one index first, and to the other when it is seen there."""
    return told(stage, other, 'staging = "dev"')


def told(stage: Stage, other: EmbeddedIndex, more: str) -> Stage:
    settings = f"""
[tool.releasio.registries]
dev.url = "{other.upload_url}"
live.url = "{stage.index.upload_url}"
[tool.releasio.publish]
registry = "live"
{more}
"""
    with (stage.repo.path / "pyproject.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(settings)
    stage.repo.commit("ci: say where releases go")
    stage.repo.git("push", "-q", "origin", "main")
    env = {name: value for name, value in stage.env.items() if not name.startswith("ACTIONS_")}
    del env["RELEASIO_PUBLISH_REGISTRY"]
    env["RELEASIO_TOKEN_DEV"] = other.user_token()
    env["RELEASIO_TOKEN_LIVE"] = stage.index.user_token()
    stage.env = env
    return stage


def names(index: EmbeddedIndex) -> set[str]:
    return set(index.files("demo"))


class TestRoutes:
    def test_a_development_version_goes_to_its_own_index(
        self, split: Stage, other: EmbeddedIndex
    ) -> None:
        run = split.run("release", "--dev", "-x")

        version = "0.1.1.dev20231116020000"
        assert (0, {f"demo-{version}.tar.gz", f"demo-{version}-py3-none-any.whl"}) == (
            run.code,
            names(other),
        ), run.err
        assert set() == names(split.index)
        assert DEV in run.out

    def test_a_final_version_goes_to_the_other(self, split: Stage, other: EmbeddedIndex) -> None:
        run = split.run("release", "-x")

        assert 0 == run.code, run.err
        assert {"demo-0.1.1.tar.gz", "demo-0.1.1-py3-none-any.whl"} == names(split.index)
        assert [] == other.projects()

    def test_the_tag_remembers_where_it_goes(self, split: Stage) -> None:
        split.run("release", "--dev", "-x")
        message = split.remote.git("for-each-ref", "--format=%(contents)", "refs/tags/*dev*")

        assert "dev" == registry_of_tag(message)

    def test_what_went_to_one_index_is_not_missing_on_the_other(
        self, split: Stage, other: EmbeddedIndex
    ) -> None:
        split.run("release", "--registry", "dev", "-x")
        run = split.run("release", "-x")

        assert (0, "Nothing to release: ") == (run.code, run.out.strip()[:20]), run.err
        assert (2, set()) == (len(names(other)), names(split.index))

    def test_the_same_files_follow_to_the_other_when_that_is_asked_for(
        self, split: Stage, other: EmbeddedIndex
    ) -> None:
        split.run("release", "--registry", "dev", "-x")
        run = split.run("release", "--registry", "live", "-x")

        assert 0 == run.code, run.err
        assert other.files("demo") == split.index.files("demo")

    def test_a_registry_on_the_command_line_comes_before_the_routes(
        self, split: Stage, other: EmbeddedIndex
    ) -> None:
        run = split.run("release", "--dev", "--registry", "live", "-x")

        assert (0, 2, []) == (run.code, len(names(split.index)), other.projects()), run.err

    def test_a_killed_one_is_finished_on_its_own_index(
        self, split: Stage, other: EmbeddedIndex
    ) -> None:
        other.fail(on="upload", how="400-before")
        first = split.run("release", "--dev", "-x")
        second = split.run("release", "-x")

        assert (1, 0, 2, set()) == (
            first.code,
            second.code,
            len(names(other)),
            names(split.index),
        ), second.err

    @pytest.mark.parametrize("fresh", [False, True], ids=["here", "in a fresh clone"])
    def test_the_first_one_on_its_index_is_finished_whatever_went_elsewhere_before(
        self,
        split: Stage,
        other: EmbeddedIndex,
        fresh: bool,  # noqa: FBT001
    ) -> None:
        split.run("release", "--dev", "-x")
        split.repo.commit("fix: more")
        split.repo.git("push", "-q", "origin", "main")
        split.index.fail(on="upload", how="400-before", times=9)
        first = split.run("release", "-x")
        split.index.heal()
        second = (split.elsewhere("job") if fresh else split).run("release", "-x")

        assert (1, 0, 2, 2) == (
            first.code,
            second.code,
            len(names(other)),
            len(names(split.index)),
        ), second.err

    def test_verify_looks_where_the_tag_says(self, split: Stage) -> None:
        split.run("release", "--dev", "-x")
        run = split.run("verify")

        assert (0, "demo 0.1.1.dev20231116020000 on dev") == (run.code, run.out.splitlines()[0])

    def test_json_tells_where_it_goes(self, split: Stage) -> None:
        told = json.loads(split.run("release", "--dev", "--json").out)

        assert "dev" == told["registry"]["name"]


class TestAddressChosenForOneRun:
    def test_is_not_in_the_tag_and_is_asked_for_again(self, split: Stage) -> None:
        with EmbeddedIndex(audience="third") as third:
            chosen = ("release", "--registry", third.upload_url, "-x")
            third.fail(on="upload", how="400-before")
            first = split.run(*chosen, **token(third))
            message = split.remote.git("for-each-ref", "--format=%(contents)", "refs/tags/v0.1.1")
            verify = split.run("verify")
            second = split.run("release", "-x")
            again = split.run(*chosen, **token(third))

            assert (1, "(unnamed)") == (first.code, registry_of_tag(message))
            assert (4, True) == (verify.code, "where these settings do not lead" in verify.err)
            assert "Name the same address: --registry URL" in verify.err
            assert (0, True) == (second.code, "whether it is finished is not known" in second.out)
            assert (0, 2) == (again.code, len(names(third))), again.err
        assert set() == names(split.index)

    def test_gets_nothing_on_a_staging_registry_before(
        self, staged: Stage, other: EmbeddedIndex
    ) -> None:
        run = staged.run("release", "--registry", "live", "-x")

        assert (0, [], 2) == (run.code, other.projects(), len(names(staged.index))), run.err


def token(index: EmbeddedIndex) -> dict[str, str]:
    return {"RELEASIO_TOKEN": index.user_token()}


class TestTagMadeByHand:
    """A job that the push of a tag started, in the checkout of that tag."""

    @pytest.fixture
    def tagged(self, split: Stage) -> Stage:
        tag, version = "v0.1.1-dev-20250820123456", "0.1.1.dev20250820123456"
        manifest = split.repo.path / "pyproject.toml"
        text = manifest.read_text(encoding="utf-8").replace('"0.1.0"', f'"{version}"')
        manifest.write_text(text, encoding="utf-8")
        split.repo.commit(f"chore(release): {tag}")
        split.repo.tag(tag)
        split.repo.git("push", "-q", "origin", "main", tag)
        job = split.elsewhere("job")
        job.repo.git("checkout", "-q", tag)
        return job

    def test_is_published_as_it_is(self, tagged: Stage, other: EmbeddedIndex) -> None:
        run = tagged.run("release", "-x")

        version = "0.1.1.dev20250820123456"
        assert 0 == run.code, run.err
        assert {f"demo-{version}.tar.gz", f"demo-{version}-py3-none-any.whl"} == names(other)
        assert set() == names(tagged.index)

    def test_twice_is_once(self, tagged: Stage, other: EmbeddedIndex) -> None:
        tagged.run("release", "-x")
        before = other.files("demo")
        run = tagged.run("release", "-x")

        assert (0, before) == (run.code, other.files("demo")), run.err
        assert "does not say which there should be" in run.out

    @pytest.mark.parametrize("fresh", [False, True], ids=["here", "in a fresh clone"])
    def test_half_of_it_is_finished_by_the_same_command(
        self,
        tagged: Stage,
        other: EmbeddedIndex,
        fresh: bool,  # noqa: FBT001
    ) -> None:
        other.fail(on="upload", how="400-before", after=1)
        first = tagged.run("release", "-x")
        half = len(names(other))
        job = tagged
        if fresh:
            job = tagged.elsewhere("again")
            job.repo.git("checkout", "-q", "v0.1.1-dev-20250820123456")
        second = job.run("release", "-x")

        assert (1, 1, 0, 2) == (first.code, half, second.code, len(names(other))), second.err

    def test_is_meant_by_a_branch_at_the_same_commit_too(self, tagged: Stage) -> None:
        tagged.repo.git("checkout", "-q", "main")
        run = tagged.run("release")

        assert run.out.startswith("demo 0.1.1.dev20250820123456: to be finished\n")


class TestStaging:
    def test_the_same_files_go_to_both(self, staged: Stage, other: EmbeddedIndex) -> None:
        run = staged.run("release", "-x")

        assert 0 == run.code, run.err
        assert 2 == len(names(other))
        assert other.files("demo") == staged.index.files("demo")

    def test_they_are_looked_at_before_they_go_on(
        self, staged: Stage, other: EmbeddedIndex
    ) -> None:
        other.fail(on="simple", how="stale", times=99)
        run = staged.run("release", "-x", **IMPATIENT)

        assert (6, 2, set()) == (run.code, len(names(other)), names(staged.index)), run.err
        assert "dev took the files, but they are not to be seen there" in run.err
        assert "Run the same command again" in run.err

    def test_the_same_command_goes_on_from_there(self, staged: Stage, other: EmbeddedIndex) -> None:
        other.fail(on="simple", how="stale", times=3)
        staged.run("release", "-x", **IMPATIENT)
        run = staged.elsewhere("later").run("release", "-x")

        assert 0 == run.code, run.err
        assert other.files("demo") == staged.index.files("demo")

    def test_a_version_that_is_there_already_is_told_before_anything_is_done(
        self, staged: Stage
    ) -> None:
        staged.run("release", "--registry", "dev", "-x")
        staged.repo.git("reset", "-q", "--hard", "HEAD~1")
        staged.repo.git("push", "-qf", "origin", "main", ":v0.1.1")
        staged.repo.git("tag", "-d", "v0.1.1")
        before = staged.state()
        run = staged.run("release", "-x")

        assert (4, before) == (run.code, staged.state())
        assert "demo 0.1.1 is on dev already" in run.err

"""A release on GitHub by the real program: whole, cut short, in trouble, and finished."""

from __future__ import annotations

import json
import re
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from releasio.rules.contents.tag_message import has_page
from tests.embedded.index import EmbeddedIndex
from tests.fakes.repository import Repository
from tests.journeys.github_stage import GitHubStage, KillingGitHub, stage_on
from tests.journeys.moments import KILLER
from tests.journeys.stage import make_stage
from tests.journeys.undisturbed import KILLED, Undisturbed, stage_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.templates import Templates

TAG = "v0.1.1"
FILES = {"demo-0.1.1-py3-none-any.whl", "demo-0.1.1.tar.gz", "SHA256SUMS"}
CHANGES = 5  # of GitHub: the draft, three files, the publication
LAST = 12  # things done to the world at the end: most of them move tags
MOVING = {"RELEASIO_GITHUB_FLOATING_TAGS": "major,minor"}


@pytest.fixture
def town(tmp_path: Path, templates: Templates) -> Iterator[GitHubStage]:
    """A project at 0.1.0 with work since, an index, and a GitHub."""
    with EmbeddedIndex() as index:
        stage = make_stage(tmp_path, index, templates)
        with KillingGitHub(stage.remote.path) as github:
            yield stage_on(stage.repo, stage.remote, index, github, stage.env)


@pytest.fixture(scope="module")
def moving_github(
    tmp_path_factory: pytest.TempPathFactory, templates: Templates
) -> Iterator[KillingGitHub]:
    """A GitHub that one stage after the other is on; on none yet."""
    folder = tmp_path_factory.mktemp("template")
    with EmbeddedIndex() as index:
        stage = make_stage(folder, index, templates)
    with KillingGitHub(stage.remote.path) as github:
        yield github


@pytest.fixture(scope="module")
def undisturbed(
    moving_github: KillingGitHub,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Undisturbed:
    """Return a stage to be copied, and what an undisturbed release does and ends with."""
    folder, run_folder = moving_github.git.folder.parent, tmp_path_factory.mktemp("undisturbed")
    killer, log = str(request.config.rootpath / KILLER), run_folder / "log"
    with town_in(folder, run_folder / "run", moving_github) as town:
        start = town.state()
        run = town.run("release", "--execute", driver=(killer, "0", str(log)), **MOVING)
        assert 0 == run.code, run.err
        points = log.read_text(encoding="utf-8").count("\n")
        return Undisturbed(folder, points, start, town.state())


@contextmanager
def town_in(template: Path, folder: Path, github: KillingGitHub) -> Iterator[GitHubStage]:
    """Take up a copy of the *template* with a new index."""
    shutil.copytree(template, folder)
    with EmbeddedIndex() as index:
        stage = stage_in(folder, index)
        github.move_to(stage.remote)
        yield stage_on(stage.repo, stage.remote, index, github, stage.env)


class TestWhole:
    def test_is_published_with_its_files_and_notes(self, town: GitHubStage) -> None:
        run = town.release()

        assert 0 == run.code, run.err
        page = town.page()
        assert (False, "demo v0.1.1", "true") == (page.draft, page.name, page.latest)
        assert "a first mistake" in (page.body or "")
        assert FILES == {asset.name for asset in page.assets}
        digests = {asset.name: asset.digest.partition(":")[2] for asset in page.assets}
        assert town.index.files("demo").items() <= digests.items()
        assert f"  release:     {town.github.page}/releases/tag/{TAG}\n" in run.out

    def test_the_page_is_published_after_every_file(self, town: GitHubStage) -> None:
        town.release()

        assert [
            "repos/create-release",
            *["repos/upload-release-asset"] * 3,
            "repos/update-release",
        ] == town.github.changes()

    def test_the_page_has_files_people_and_how_to_install_it(self, town: GitHubStage) -> None:
        town.release()
        text = town.page().body or ""

        assert "\n- a first mistake by " in text
        assert f"pip install --index-url {town.index.simple_url} demo==0.1.1\n" in text
        row = re.compile(r"\| `(demo-.+)` \| [\d.]+ (?:bytes|kB) \| `[0-9a-f]{64}` \|\n")
        assert {"demo-0.1.1-py3-none-any.whl", "demo-0.1.1.tar.gz"} == {*row.findall(text)}
        assert f"[v0.1.0...v0.1.1]({town.github.page}/compare/v0.1.0...v0.1.1)" in text

    def test_the_preview_shows_what_the_page_will_say(self, town: GitHubStage) -> None:
        run = town.run("release", "--verbose")
        town.release()
        shown = "\n".join(line.removeprefix("  ") for line in run.out.splitlines())

        assert (town.page().body or "").partition("### Assets")[0] in shown

    def test_the_page_has_what_a_hook_wrote_into_the_section(self, town: GitHubStage) -> None:
        script = (
            "from pathlib import Path; file = Path('CHANGELOG.md'); "
            "file.write_text(file.read_text().replace('- a first', '- by a hook\\n- a first'))"
        )
        call = f'"{sys.executable}" -c "{script}"'
        text = town.repo.read("pyproject.toml").replace(
            "[tool.releasio.hooks]", f"[tool.releasio.hooks]\npost_bump = [{json.dumps(call)}]"
        )
        town.repo.commit("ci: hook", **{"pyproject.toml": text})
        run = town.release()

        assert 0 == run.code, run.err
        assert "- by a hook\n- a first mistake\n" in (town.page().body or "")

    def test_the_preview_shows_each_step_and_does_none(self, town: GitHubStage) -> None:
        run = town.run("release", "--verbose")

        assert 0 == run.code, run.err
        assert [] == town.github.changes()
        lines = [line.strip() for line in run.out.splitlines() if "GitHub (" in line]
        steps = [line for line in lines if "push main" not in line]
        name = town.github.site.partition("://")[2]
        assert [
            f"[x] ask GitHub ({name}) for the release {TAG}  (it answers)",
            f"[ ] create the draft release {TAG} on GitHub ({name})",
            f"[ ] attach the files of {TAG} on GitHub ({name})",
            f"[ ] publish the release {TAG} on GitHub ({name})  (as the latest)",
        ] == steps

    def test_a_job_gets_the_address(self, town: GitHubStage, tmp_path: Path) -> None:
        outputs = tmp_path / "outputs"
        run = town.release("--json", GITHUB_OUTPUT=str(outputs))

        page = f"{town.github.page}/releases/tag/{TAG}"
        assert [{"tag": TAG, "url": page}] == json.loads(run.out)["pages"]
        text = outputs.read_text(encoding="utf-8")
        assert f"\n{page}\n" in text[text.index("release-url<<") :]

    def test_tags_move_along(self, town: GitHubStage) -> None:
        run = town.release(**MOVING)

        assert 0 == run.code, run.err
        commits = [town.remote.git("rev-parse", f"{tag}^{{commit}}") for tag in (TAG, "v0", "v0.1")]
        assert 1 == len(set(commits))
        again = town.run("release", **MOVING)
        assert "Nothing to release" in again.out

    def test_twice_is_once(self, town: GitHubStage) -> None:
        town.release()
        state = town.state()
        again = town.release()

        assert (0, state) == (again.code, town.state())

    def test_nothing_of_the_token_is_left_anywhere(self, town: GitHubStage) -> None:
        run = town.release("--verbose")
        token = town.env["GH_ENTERPRISE_TOKEN"]
        files = [path for path in town.repo.path.rglob("*") if path.is_file()]
        mask = f"::add-mask::{token}\n"  # a job's log hides it from there on

        assert token not in run.out + run.err.replace(mask, "")
        assert not [path for path in files if token.encode() in path.read_bytes()]


class TestKilled:
    @pytest.mark.parametrize("point", range(1, 2 * CHANGES + 1))
    def test_ends_as_if_nobody_had_killed_it(
        self,
        point: int,
        undisturbed: Undisturbed,
        moving_github: KillingGitHub,
        tmp_path: Path,
    ) -> None:
        with town_in(undisturbed.template, tmp_path / "run", moving_github) as town:
            killed = town.killed_at(point, **MOVING)
            assert killed.code in KILLED, killed
            again = town.release(**MOVING)

            assert 0 == again.code, again.err
            assert undisturbed.end == town.state()

    @pytest.mark.parametrize("before_the_end", range(LAST))
    def test_ends_so_wherever_it_is_killed_while_tags_move(
        self,
        before_the_end: int,
        undisturbed: Undisturbed,
        moving_github: KillingGitHub,
        tmp_path: Path,
        request: pytest.FixtureRequest,
    ) -> None:
        killer = str(request.config.rootpath / KILLER)
        point = str(undisturbed.points - before_the_end)
        with town_in(undisturbed.template, tmp_path / "run", moving_github) as town:
            driver = (killer, point, str(tmp_path / "log"))
            killed = town.run("release", "--execute", driver=driver, **MOVING)
            assert killed.code in KILLED, killed
            again = town.release(**MOVING)

            assert 0 == again.code, again.err
            assert undisturbed.end == town.state()

    @pytest.mark.parametrize("point", range(1, 2 * CHANGES + 1))
    def test_another_machine_finishes_it(
        self,
        point: int,
        undisturbed: Undisturbed,
        moving_github: KillingGitHub,
        tmp_path: Path,
    ) -> None:
        with town_in(undisturbed.template, tmp_path / "run", moving_github) as town:
            town.killed_at(point, **MOVING)
            clone = town.elsewhere("other")
            job = stage_on(clone.repo, town.remote, town.index, town.github, town.env)
            again = job.release(**MOVING)

            assert 0 == again.code, again.err
            parts = ("remote", "index", "github")
            assert [undisturbed.end[part] for part in parts] == [job.state()[p] for p in parts]


class TestInTrouble:
    def test_a_forge_that_is_down_holds_up_no_upload(self, town: GitHubStage) -> None:
        town.github.fail("422-before", "repos/create-release", times=100)
        run = town.release()

        assert 1 == run.code
        assert FILES - {"SHA256SUMS"} == set(town.index.files("demo"))
        assert f"{TAG} is public, but not finished." in run.err
        town.github.heal()
        assert 4 == town.run("status", "--exit-code").code
        again = town.release()
        assert 0 == again.code, again.err
        assert (False, FILES) == (town.page().draft, {one.name for one in town.page().assets})
        assert 0 == town.run("status", "--exit-code").code

    def test_one_that_is_down_from_the_start_holds_up_nobody(self, town: GitHubStage) -> None:
        """The server is gone: whoever connects is refused at once."""
        gone = {"RELEASIO_GITHUB_API_URL": "http://127.0.0.1:9/api/v3"}
        run = town.release(**gone)

        assert 6 == run.code
        assert FILES - {"SHA256SUMS"} == set(town.index.files("demo"))
        assert has_page(town.remote.git("for-each-ref", "--format=%(contents)", f"refs/tags/{TAG}"))

    def test_where_a_page_must_be_it_stops_the_release_in_time(self, town: GitHubStage) -> None:
        before = town.state()
        gone = {"RELEASIO_GITHUB_API_URL": "http://127.0.0.1:9/api/v3"}
        run = town.release(**gone, RELEASIO_GITHUB_RELEASES="true")

        assert 6 == run.code
        assert before == town.state()

    def test_without_a_token_that_must_be_there_nothing_is_released(
        self, town: GitHubStage
    ) -> None:
        before = town.state()
        run = town.release(RELEASIO_GITHUB_RELEASES="true", GH_ENTERPRISE_TOKEN="", CI="true")

        assert 5 == run.code
        assert "there is no token for GitHub" in run.err
        assert before == town.state()

    def test_without_a_token_that_may_be_missing_the_package_is_released(
        self, town: GitHubStage
    ) -> None:
        run = town.release(GH_ENTERPRISE_TOKEN="", CI="true")

        assert 0 == run.code, run.err
        assert "there is no token for GitHub" in run.out
        assert [] == town.github.log
        assert "Nothing to release" in town.run("release").out

    def test_a_file_that_is_refused_is_attached_by_the_next_run(self, town: GitHubStage) -> None:
        town.github.fail("422-before", "repos/upload-release-asset")
        run = town.release()

        assert 1 == run.code
        assert town.page().draft
        again = town.release()
        assert 0 == again.code, again.err
        assert (False, FILES) == (town.page().draft, {one.name for one in town.page().assets})

    @pytest.mark.parametrize("requests", [1, 9])
    def test_a_token_with_few_requests_left_ends_in_words_and_is_finished_later(
        self, town: GitHubStage, requests: int
    ) -> None:
        town.github.limits.leave(town.env["GH_ENTERPRISE_TOKEN"], requests)
        run = town.release()

        assert 6 == run.code
        assert "takes no more requests of this token" in run.err
        assert FILES - {"SHA256SUMS"} == set(town.index.files("demo"))
        token = {"GH_ENTERPRISE_TOKEN": town.github.token()}
        again = town.release(**token)
        assert 0 == again.code, again.err
        assert not town.page().draft

    def test_of_two_runs_at_once_one_page_comes(self, town: GitHubStage) -> None:
        """The tag is the lock, and who finds it there finishes what the other began."""
        clone = town.elsewhere("other")
        other = stage_on(clone.repo, town.remote, town.index, town.github, town.env)
        with ThreadPoolExecutor(2) as pool:
            runs = [
                future.result()
                for future in [pool.submit(town.release), pool.submit(other.release)]
            ]
        last = other.release()

        assert 0 in {run.code for run in runs}, runs
        assert 0 == last.code, last.err
        assert [False] == [release.draft for release in town.github.state.releases]
        assert FILES == {asset.name for asset in town.page().assets}


class TestAdopted:
    def test_a_draft_made_by_hand_keeps_its_words_and_is_published(self, town: GitHubStage) -> None:
        self.by_hand(town, draft=True)
        run = town.release()

        assert 0 == run.code, run.err
        page = town.page()
        assert ("The big one", "Read this first.", False) == (page.name, page.body, page.draft)
        assert FILES == {asset.name for asset in page.assets}
        assert 1 == len(town.github.state.releases)

    def test_a_release_made_by_hand_while_ours_waited_gets_the_files(
        self, town: GitHubStage
    ) -> None:
        town.github.fail("422-before", "repos/create-release", times=100)
        town.release()
        town.github.heal()
        self.by_hand(town, draft=False)
        again = town.release()

        assert 0 == again.code, again.err
        assert "Read this first." == town.page().body
        assert FILES == {asset.name for asset in town.page().assets}

    def test_an_immutable_one_is_complete_before_it_is_sealed(self, town: GitHubStage) -> None:
        town.github.settings.immutable_releases = True
        run = town.release()

        assert 0 == run.code, run.err
        assert (True, FILES) == (town.page().immutable, {one.name for one in town.page().assets})
        assert 0 == town.run("status", "--exit-code").code

    def test_one_that_was_sealed_too_early_is_no_endless_failure(self, town: GitHubStage) -> None:
        town.github.settings.immutable_releases = True
        town.github.fail("422-before", "repos/create-release", times=100)
        town.release()
        town.github.heal()
        self.by_hand(town, draft=False)

        assert 0 == town.run("status", "--exit-code").code
        assert "Nothing to release" in town.release().out

    def by_hand(self, town: GitHubStage, *, draft: bool) -> None:
        """Make the release with the button of the web page."""
        answer = httpx.post(
            f"{town.github.url}/repos/acme/demo/releases",
            headers={"Authorization": f"Bearer {town.github.token()}"},
            json={
                "tag_name": TAG,
                "name": "The big one",
                "body": "Read this first.",
                "draft": draft,
            },
        )
        assert 201 == answer.status_code, answer.text


def test_a_draft_that_is_wished_for_is_finished(town: GitHubStage) -> None:
    left = {"RELEASIO_GITHUB_DRAFT_RELEASES": "true"}
    run = town.release(**left)

    assert 0 == run.code, run.err
    assert (True, FILES) == (town.page().draft, {one.name for one in town.page().assets})
    assert 0 == town.run("status", "--exit-code", **left).code


def test_a_release_without_upload_has_a_page(town: GitHubStage) -> None:
    run = town.release("--skip-publish")

    assert 0 == run.code, run.err
    assert (False, []) == (town.page().draft, town.page().assets)
    assert "Nothing to release" in town.run("release", "--skip-publish").out


def test_the_repository_s_own_files_go_along(town: GitHubStage) -> None:
    Repository(town.repo.path).write("manual.pdf", "pdf")
    with (town.repo.path / ".git/info/exclude").open("a", encoding="utf-8") as file:
        file.write("manual.pdf\n")
    run = town.release(RELEASIO_GITHUB_RELEASE_ASSETS="manual.pdf,*.zip")

    assert 0 == run.code, run.err
    assert {*FILES, "manual.pdf"} == {asset.name for asset in town.page().assets}
    assert "no file matches *.zip" in run.out

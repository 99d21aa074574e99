"""What jobs hand on to the one that publishes: it takes what is whole, and nothing else."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.fakes.wheels import sha256, wheel

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Run
    from tests.fakes.repository import Repository
    from tests.staged.jobs import Jobs

LAX = {"RELEASIO_PUBLISH_VALIDATE_BEFORE_PUBLISH": "false"}  # made-up files have no README
BUILT = {"demo-0.1.1-py3-none-any.whl", "demo-0.1.1.tar.gz"}
OTHER = "demo-0.1.1-1-py3-none-any.whl"
RUN_AGAIN = "Run the whole workflow again: it prepares and builds the release anew."


def another_leg(jobs: Jobs, *, text: str = "", name: str = OTHER) -> Path:
    """Have another program build a wheel of the commit, and record it; return what is uploaded."""
    clone = jobs.clone(f"leg-{len([*jobs.folder.glob('leg-*')])}", jobs.prepared)
    wheelhouse = clone.path / "wheelhouse"
    wheelhouse.mkdir()
    path = wheel(wheelhouse, version="0.1.1", text=text)
    path.rename(wheelhouse / name)
    run = jobs.run(clone, "build", "--dist", "wheelhouse", **LAX)
    assert not run.code, run.err
    (clone.path / "dist/releasio.bundle").unlink()
    return clone.path / "dist"


def refused(jobs: Jobs, run: Run, before: object) -> str:
    """Return what was said by a run that must have changed nothing."""
    assert before == jobs.state()
    assert 4 == run.code, run.err
    return " ".join(run.err.split())


def publish_with_record(jobs: Jobs, file: Path, **values: object) -> Run:
    """Publish with *file* among what was built, and records that say *values*."""
    clone = jobs.clone("edited", jobs.prepared, jobs.built)
    shutil.copy(file, clone.path / "dist")
    for path in (clone.path / "dist").glob("releasio*.json"):
        path.write_text(json.dumps({**jobs.record(), **values}), encoding="utf-8")
    return jobs.run(clone, "publish", "--commit", jobs.commit)


def as_another_tag(jobs: Jobs, tag: str) -> Repository:
    """Return the clone of a job in which the same commit and files are handed on as *tag*."""
    clone = jobs.clone("retagged", jobs.prepared, jobs.built)
    own, other = (f"refs/releasio/{name}/commit" for name in ("v0.1.1", tag))
    bundle = "dist/releasio.bundle"
    clone.git("fetch", "--quiet", bundle, f"{own}:{other}")
    clone.git("bundle", "create", "--quiet", bundle, other, "--not", jobs.started)
    for path in (clone.path / "dist").glob("releasio*.json"):
        text = json.dumps({**jobs.record(), "tag": tag})
        path.write_text(text, encoding="utf-8")
    return clone


class TestSeveralBuilds:
    @pytest.mark.parametrize("where", ["in one folder", "apart"])
    def test_become_one_release(self, jobs: Jobs, tmp_path: Path, where: str) -> None:
        other = another_leg(jobs)
        artefacts = (jobs.prepared, jobs.built, other)
        if where == "apart":
            for number, artefact in enumerate(artefacts):
                shutil.copytree(artefact, tmp_path / "apart" / f"artefact-{number}")
            artefacts = (tmp_path / "apart",)
        run = jobs.publish(*artefacts, **LAX)
        again = jobs.publish(*artefacts, **LAX)

        assert (0, 0) == (run.code, again.code), run.err + again.err
        assert BUILT | {OTHER} == set(jobs.index.files("demo"))
        assert OTHER in jobs.remote.git("for-each-ref", "--format=%(contents)", "refs/tags/v0.1.1")

    def test_that_disagree_about_a_file_are_named(self, jobs: Jobs, tmp_path: Path) -> None:
        for number, text in enumerate(("# one\n", "# two\n")):
            shutil.copytree(another_leg(jobs, text=text), tmp_path / "apart" / f"leg-{number}")
        before = jobs.state()
        said = refused(jobs, jobs.publish(jobs.prepared, tmp_path / "apart", **LAX), before)

        assert f"contradict each other: {OTHER} has sha256" in said
        assert "leg-0/releasio-" in said
        assert "leg-1/releasio.json" in said
        assert "Build all files of a release from the same dist/releasio.bundle" in said

    def test_without_a_record_are_not_left_out_in_silence(self, jobs: Jobs, tmp_path: Path) -> None:
        stray = tmp_path / "stray"
        stray.mkdir()
        wheel(stray, version="0.1.1").rename(stray / OTHER)
        before = jobs.state()
        said = refused(jobs, jobs.publish(jobs.prepared, jobs.built, stray), before)

        assert f"no record names {OTHER} in" in said
        assert "releasio release --stage build --dist FOLDER --execute" in said

    def test_of_another_commit_are_refused(self, jobs: Jobs) -> None:
        jobs.started = jobs.commit_on_main("fix: more", **{"src/demo/other.py": ""})
        prepared = jobs.prepare()
        before = jobs.state()
        said = refused(jobs, jobs.publish(prepared, jobs.built), before)

        assert f"{jobs.commit[:8]} as v0.1.1, and" in said
        assert "is released as v0.1.1" in said
        assert RUN_AGAIN in said

    @pytest.mark.parametrize(("name", "version"), [("other", "0.1.1"), ("demo", "9.9.9")])
    def test_vouch_for_files_of_this_release_only(
        self, jobs: Jobs, tmp_path: Path, name: str, version: str
    ) -> None:
        path = wheel(tmp_path, name, version)
        hacked = {"name": path.name, "size": path.stat().st_size, "sha256": sha256(path)}
        files = [*jobs.record()["files"], hacked]
        before = jobs.state()
        said = refused(jobs, publish_with_record(jobs, path, files=files), before)

        assert f"{path.name} is not of demo 0.1.1" in said

    def test_of_another_version_are_refused(self, jobs: Jobs, tmp_path: Path) -> None:
        path = wheel(tmp_path, "demo", "9.9.9")
        hacked = {"name": path.name, "size": path.stat().st_size, "sha256": sha256(path)}
        before = jobs.state()
        run = publish_with_record(jobs, path, files=[hacked], version="9.9.9")

        assert "is about demo 9.9.9, but this project is demo 0.1.1" in refused(jobs, run, before)

    def test_without_files_are_no_release(self, jobs: Jobs) -> None:
        before = jobs.state()
        said = refused(jobs, jobs.publish(jobs.prepared), before)

        assert "has no releasio.json" in said

    def test_of_a_file_that_was_changed_on_the_way_are_refused(self, jobs: Jobs) -> None:
        clone = jobs.clone("changed", jobs.prepared, jobs.built)
        with (clone.path / "dist/demo-0.1.1.tar.gz").open("ab") as file:
            file.write(b"more")
        before = jobs.state()
        said = refused(jobs, jobs.run(clone, "publish"), before)

        assert "does not hold the files that were built" in said

    def test_take_only_what_there_is(self, jobs: Jobs) -> None:
        clone = jobs.clone("empty", jobs.prepared)
        (clone.path / "wheelhouse").mkdir()
        run = jobs.run(clone, "build", "--dist", "wheelhouse")

        assert 4 == run.code
        assert "there is no wheel and no .tar.gz in" in run.err
        assert "name another folder: --dist FOLDER" in run.err

    def test_check_what_another_program_built(self, jobs: Jobs) -> None:
        clone = jobs.clone("other-version", jobs.prepared)
        (clone.path / "wheelhouse").mkdir()
        wheel(clone.path / "wheelhouse", version="9.9")
        run = jobs.run(clone, "build", "--dist", "wheelhouse", **LAX)

        assert 4 == run.code
        assert "9.9" in run.err
        assert not [*(clone.path / "dist").glob("*.json")]


class TestBundle:
    def test_that_is_missing_is_asked_for(self, jobs: Jobs) -> None:
        before = jobs.state()
        said = refused(jobs, jobs.publish(jobs.built), before)

        assert "has no releasio.bundle" in said
        assert "Prepare first: releasio release --stage prepare --execute" in said

    @pytest.mark.parametrize("stage", ["build", "publish"])
    def test_must_have_the_commit_that_was_named(self, jobs: Jobs, stage: str) -> None:
        clone, before = jobs.clone("named", jobs.prepared, jobs.built), jobs.state()
        said = refused(jobs, jobs.run(clone, stage, "--commit", "f" * 40), before)

        assert f"has commit {jobs.commit[:8]}, and ffffffff was prepared" in said
        assert "Look which job replaced the bundle" in said

    def test_must_have_the_tag_of_the_version_in_the_files(self, jobs: Jobs) -> None:
        clone, before = as_another_tag(jobs, "v9.9.9"), jobs.state()
        said = refused(jobs, jobs.run(clone, "publish", "--commit", jobs.commit), before)

        assert "has tag v9.9.9, and v0.1.1 was prepared" in said

    @pytest.mark.parametrize("stage", ["build", "publish"])
    def test_must_have_the_tag_that_was_named(self, jobs: Jobs, stage: str) -> None:
        clone, before = as_another_tag(jobs, "v0.1.1.0"), jobs.state()
        said = refused(jobs, jobs.run(clone, stage, "--tag", "v0.1.1"), before)

        assert "has tag v0.1.1.0, and v0.1.1 was prepared" in said

    def test_may_have_both(self, jobs: Jobs) -> None:
        run = jobs.publish(words=("--commit", jobs.commit, "--tag", "v0.1.1"))

        assert 0 == run.code, run.err
        assert "nothing says what was prepared" not in run.out + run.err

    def test_that_nobody_named_is_remarked(self, jobs: Jobs) -> None:
        run = jobs.publish(words=("--commit", jobs.commit))

        assert 0 == run.code, run.err
        assert "name it by --commit and --tag" in run.out + run.err

    @pytest.mark.parametrize("text", ["no bundle", "# v2 git bundle\n\nPACK"])
    def test_that_is_none_is_refused(self, jobs: Jobs, text: str) -> None:
        clone, before = jobs.clone("none", jobs.built), jobs.state()
        clone.write("dist/releasio.bundle", text)
        said = refused(jobs, jobs.run(clone, "publish"), before)

        assert "is not a release that was prepared" in said
        assert RUN_AGAIN in said

    def test_with_other_refs_is_refused(self, jobs: Jobs) -> None:
        clone, before = jobs.clone("refs", jobs.built), jobs.state()
        clone.git("bundle", "create", "--quiet", "dist/releasio.bundle", "main")
        said = refused(jobs, jobs.run(clone, "publish"), before)

        assert "it has other refs than that of one release commit" in said

    def test_whose_name_leads_to_no_commit_is_refused(self, jobs: Jobs) -> None:
        clone, before = jobs.clone("lying", jobs.prepared, jobs.built), jobs.state()
        path = clone.path / "dist/releasio.bundle"
        path.write_bytes(path.read_bytes().replace(jobs.commit.encode(), b"f" * 40))
        said = refused(jobs, jobs.run(clone, "publish"), before)

        assert "it has no commit ffffffff" in said

    def test_of_no_version_is_refused(self, jobs: Jobs) -> None:
        clone, before = jobs.clone("word", jobs.built), jobs.state()
        clone.git("update-ref", "refs/releasio/nightly/commit", "HEAD")
        create = ("bundle", "create", "--quiet", "dist/releasio.bundle")
        clone.git(*create, "refs/releasio/nightly/commit")
        said = refused(jobs, jobs.run(clone, "publish"), before)

        assert "its tag nightly is no version" in said

    def test_that_differs_from_another_is_refused(self, jobs: Jobs, tmp_path: Path) -> None:
        jobs.started = jobs.commit_on_main("fix: more", **{"src/demo/other.py": ""})
        shutil.copytree(jobs.prepare(), tmp_path / "apart/another")
        before = jobs.state()
        said = refused(jobs, jobs.publish(jobs.prepared, jobs.built, tmp_path / "apart"), before)

        assert f"are of different commits: {jobs.commit[:8]} (v0.1.1) and" in said
        assert "and no other bundle" in said

    def test_that_is_based_on_what_is_not_here_is_refused(self, jobs: Jobs) -> None:
        base = jobs.started
        jobs.started = jobs.repo.git("rev-parse", "v0.1.0^{commit}")
        clone = jobs.clone("behind", jobs.prepared, jobs.built)
        before = jobs.state()
        here = refused(jobs, jobs.run(clone, "publish"), before)
        clone.git("update-ref", "-d", "refs/remotes/origin/main")
        clone.git("update-ref", "-d", "refs/remotes/origin/HEAD")
        clone.git("reflog", "expire", "--expire=now", "--all")
        clone.git("gc", "--quiet", "--prune=now")
        gone = refused(jobs, jobs.run(clone, "publish"), before)

        for said in (here, gone):
            assert f"was prepared on {base[:8]}, which is not in the history" in said
            assert "Check out the same branch in each job, with fetch-depth: 0." in said

    def test_from_a_job_that_was_run_twice_is_the_last_one(self, jobs: Jobs) -> None:
        clone = jobs.clone("prepare-again", jobs.prepared)
        run = jobs.run(clone, "prepare", "--json", SOURCE_DATE_EPOCH="1700009999")

        commit = json.loads(run.out)["packages"][0]["release"]["commit"]
        assert commit != jobs.commit
        assert commit in clone.git("bundle", "list-heads", "dist/releasio.bundle")

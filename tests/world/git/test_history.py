from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.checkout import ShallowClone
from releasio.errors.git.commands import GitFailed
from releasio.rules.commits.commit import Commit
from releasio.world.git.history import TrustFailed
from tests.fakes.repository import START, Repository
from tests.world.git_fixtures import clock_went_back, opened

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def subjects(commits: Iterable[Commit]) -> list[str]:
    return [commit.subject for commit in commits]


def commit_bytes(repo: Repository, message: bytes, *, header: bytes = b"") -> None:
    """Commit a message that no text could hold."""
    tree = repo.git("write-tree")
    ident = b"Ada <ada@example.org> 1700000000 +0000"
    text = b"tree %s\nauthor %s\ncommitter %s\n%s\n%s" % (
        tree.encode(),
        ident,
        ident,
        header,
        message,
    )
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=repo.path,
        input=text,
        capture_output=True,
        check=True,
    )
    repo.git("update-ref", "HEAD", made.stdout.decode().strip())


class TestCommits:
    def test_everything_about_a_commit(self, repo: Repository) -> None:
        first = repo.commit("feat: begin")
        second = repo.commit("fix: mend (#2)\n\nBody.\n\nRefs: #1\n")

        newest, oldest = opened(repo).history.commits(None)

        expected = Commit(
            second,
            (first,),
            "Ada Tester",
            "ada@example.org",
            START + 60 * 6,
            "fix: mend (#2)\n\nBody.\n\nRefs: #1",
        )
        assert expected == newest
        assert () == oldest.parents

    def test_a_merge_has_two_parents(self, repo: Repository) -> None:
        base = repo.commit("feat: begin")
        repo.git("switch", "--quiet", "-c", "side")
        side = repo.commit("feat: side")
        repo.git("switch", "--quiet", "main")
        repo.git("merge", "--quiet", "--no-ff", "-m", "Merge side", "side")

        assert (base, side) == opened(repo).history.commit("HEAD").parents

    def test_a_shallow_clone_does_not_know_its_parents_yet(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        one, two = repo.commit("feat: one"), repo.commit("feat: two")
        clone = repo.clone(tmp_path / "shallow", "--depth=1", "--no-local")
        git = opened(clone)
        before = git.history.commit(two).parents

        clone.git("fetch", "--quiet", "--unshallow")

        assert ((), (one,)) == (before, git.history.commit(two).parents)

    def test_since_and_until(self, repo: Repository) -> None:
        one, _, three = (repo.commit(f"feat: {n}") for n in ("one", "two", "three"))
        repo.commit("feat: four")

        assert ["feat: three", "feat: two"] == subjects(opened(repo).history.commits(one, three))

    @pytest.mark.parametrize(
        "message",
        [
            "feat: a\x1fb\x1ec\x01d",
            "feat: emoji 🎉\n\n::error::not a command",
            "feat: tabs\tand\r\ncarriage returns",
            "feat: blank lines inside\n\n\n\nstay",
            ">left\n<right",
            "%H%n%B",
        ],
    )
    def test_no_message_breaks_the_reading(self, repo: Repository, message: str) -> None:
        repo.commit("feat: before")
        repo.commit(message)
        repo.commit("feat: after")

        after, odd, before = opened(repo).history.commits(None)

        assert (message, "feat: after", "feat: before") == (
            odd.message,
            after.message,
            before.message,
        )

    def test_an_empty_message(self, repo: Repository) -> None:
        repo.git("commit", "--quiet", "--allow-empty", "--allow-empty-message", "-m", "")

        assert [""] == [commit.message for commit in opened(repo).history.commits(None)]

    def test_bytes_that_are_not_utf8(self, repo: Repository) -> None:
        commit_bytes(repo, b"fix: caf\xe9\n\n\xff\xfe")

        assert "fix: caf\ufffd\n\n\ufffd\ufffd" == opened(repo).history.commit("HEAD").message

    def test_a_declared_encoding(self, repo: Repository) -> None:
        commit_bytes(repo, b"fix: caf\xe9\n", header=b"encoding ISO-8859-1\n")

        assert "fix: café" == opened(repo).history.commit("HEAD").message

    def test_a_nul_ends_the_message_and_nothing_else(self, repo: Repository) -> None:
        repo.commit("feat: before")
        commit_bytes(repo, b"fix: nul\x00nul\n")

        assert ["fix: nul"] == subjects(opened(repo).history.commits(None))

    def test_the_user_s_settings_do_not_show(self, repo: Repository) -> None:
        repo.commit("feat: begin")
        for key, value in {
            "log.showSignature": "true",
            "log.decorate": "full",
            "log.date": "relative",
            "i18n.logOutputEncoding": "UTF-16",
            "color.ui": "always",
            "format.pretty": "fuller",
            "log.diffMerges": "on",
        }.items():
            repo.git("config", key, value)

        assert ["feat: begin"] == subjects(opened(repo).history.commits(None))

    def test_signatures_are_not_shown_among_the_commits_of_a_line(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{"a.txt": "a"})
        text = repo.git("cat-file", "commit", "HEAD")
        signature = "gpgsig -----BEGIN SSH SIGNATURE-----\n none\n -----END SSH SIGNATURE-----\n\n"
        signed = repo.git(
            "hash-object",
            "-t",
            "commit",
            "-w",
            "--stdin",
            input=text.replace("\n\n", f"\n{signature}"),
        )
        repo.git("update-ref", "HEAD", signed)
        repo.git("config", "log.showSignature", "true")

        assert ((signed, None),) == opened(repo).history.first_parent_line(None, signed, ("a.txt",))

    def test_names_are_those_of_mailmap(self, repo: Repository) -> None:
        repo.commit(
            "feat: begin", **{".mailmap": "Ada Lovelace <ada@new.example> <ada@example.org>\n"}
        )

        commit = opened(repo).history.commit("HEAD")

        assert ("Ada Lovelace", "ada@new.example") == (commit.author, commit.email)

    def test_pull_requests_that_were_merged_before_are_known(self, repo: Repository) -> None:
        for subject in (
            "feat: a (#5)",
            "Merge pull request #6 from ada/x",
            "Merged in x (pull request #7)",
            "fix: what (#8) broke",
            "fix: b\n\n* feat: c (#9)",
            "feat: d (!10)",
        ):
            repo.commit(subject)
        repo.git("tag", "v1")
        repo.commit("feat: e (#11)")
        references = {f"#{number}" for number in (5, 6, 7, 8, 9, 10, 11, 55)} | {"!10"}

        released = opened(repo).history.released_references(references, "v1")

        assert {"#5", "#6", "#7", "!10"} == released

    def test_git_is_ended_when_the_consumer_stops(self, repo: Repository) -> None:
        lines = "".join(
            f"commit refs/heads/main\ncommitter A <a@b.c> {n} +0000\ndata 6\nfix: x\n"
            for n in range(2000)
        )
        repo.git("fast-import", "--quiet", input=lines)

        stream = opened(repo).process.stream("log")
        next(stream)
        stream.close()

        # a child left behind would be a ResourceWarning, and so an error, here
        assert [] == list(stream)

    def test_an_unknown_commit_is_a_failure(self, repo: Repository) -> None:
        repo.commit("feat: begin")

        with pytest.raises(GitFailed) as caught:
            list(opened(repo).history.commits(None, "no-such-thing"))

        assert "git log exited with 128: bad revision 'no-such-thing'" == str(caught.value)


class TestHistory:
    def test_since_the_highest_tag(self, repo: Repository) -> None:
        for version in ("v1.0.0", "v1.1.0"):
            repo.commit(f"feat: {version}")
            repo.tag(version)
        repo.commit("feat: next")
        repo.commit("fix: last")

        found = opened(repo).history.since(["v1.1.0", "v1.0.0"])

        assert ("v1.1.0", ["fix: last", "feat: next"]) == (found.base, subjects(found.commits))

    def test_nothing_since(self, repo: Repository) -> None:
        repo.commit("feat: begin")
        repo.tag("v1.0.0")

        assert ("v1.0.0", [], None) == opened(repo).history.since(["v1.0.0"])

    def test_no_tags(self, repo: Repository) -> None:
        repo.commit("feat: begin")

        found = opened(repo).history.since([])

        assert (None, ["feat: begin"]) == (found.base, subjects(found.commits))

    def test_tags_of_other_lines_do_not_count(self, repo: Repository) -> None:
        """
        A maintenance branch does not take up the version of the main line (P41, V11).
        """
        repo.commit("feat: one")
        repo.tag("v1.0.0")
        repo.git("switch", "--quiet", "-c", "1.x")
        repo.commit("fix: in 1.x")
        repo.git("switch", "--quiet", "main")
        repo.commit("feat!: two")
        repo.tag("v2.0.0")
        repo.git("switch", "--quiet", "1.x")

        found = opened(repo).history.since(["v2.0.0", "v1.0.0"])

        assert ("v1.0.0", ["fix: in 1.x"]) == (found.base, subjects(found.commits))

    def test_a_tag_ahead_of_head_does_not_count(self, repo: Repository) -> None:
        old = repo.commit("feat: one")
        repo.commit("feat: two")
        repo.tag("v2.0.0")

        found = opened(repo).history.since(["v2.0.0"], old)

        assert (None, ["feat: one"]) == (found.base, subjects(found.commits))

    def test_commits_merged_since_count_however_old_they_are(self, repo: Repository) -> None:
        repo.commit("feat: one")
        repo.git("switch", "--quiet", "-c", "side")
        repo.commit("feat: old side")
        repo.git("switch", "--quiet", "main")
        repo.commit("feat: two")
        repo.tag("v1.0.0")
        repo.git("merge", "--quiet", "--no-ff", "-m", "Merge side", "side")

        found = opened(repo).history.since(["v1.0.0"])

        assert {"Merge side", "feat: old side"} == set(subjects(found.commits))

    def test_a_tag_that_names_no_commit_is_passed_over(self, repo: Repository) -> None:
        repo.commit("feat: one")
        repo.tag("v1.0.0")
        repo.git("tag", "v2.0.0", "HEAD^{tree}")

        found = opened(repo).history.since(["v2.0.0", "v1.0.0"])

        assert ("v1.0.0", [], None) == found

    def test_a_branch_named_like_the_tag(self, repo: Repository) -> None:
        repo.commit("feat: one")
        repo.tag("v1.0.0")
        repo.commit("feat: two")
        repo.git("branch", "v1.0.0")

        found = opened(repo).history.since(["v1.0.0"])

        assert ("v1.0.0", ["feat: two"]) == (found.base, subjects(found.commits))

    def test_sha256(self, tmp_path: Path, repo: Repository) -> None:
        repo.git("init", "--quiet", "--object-format=sha256", str(tmp_path / "long"))
        repo.path = tmp_path / "long"
        repo.commit("feat: one")
        repo.tag("v1.0.0")
        made = repo.commit("feat: two")

        assert [made] == [commit.id for commit in opened(repo).history.since(["v1.0.0"]).commits]


class TestHistoryOfAShallowClone:
    def test_is_said_not_guessed(self, repo: Repository, tmp_path: Path) -> None:
        """
        A shallow clone never makes a first release of an old project (P19, V5).
        """
        repo.commit("feat: one")
        repo.tag("v1.0.0")
        repo.commit("feat: two")
        git = opened(repo.clone(tmp_path / "clone", "--depth=1"))

        with pytest.raises(ShallowClone) as caught:
            git.history.since([])

        assert git.history.is_shallow()
        assert (
            "this clone is shallow: only 1 commit to be seen from HEAD, "
            "and no complete way back to a release"
        ) == str(caught.value)
        assert (
            "git fetch --unshallow --tags; "
            "in GitHub Actions, give actions/checkout `fetch-depth: 0`."
        ) == caught.value.hint

    def test_is_complete_when_it_reaches_the_release(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        for n in range(5):
            repo.commit(f"feat: {n}")
        repo.tag("v1.0.0")
        repo.commit("fix: five")
        git = opened(repo.clone(tmp_path / "clone", "--depth=2"))

        found = git.history.since(["v1.0.0"])

        assert ("v1.0.0", ["fix: five"]) == (found.base, subjects(found.commits))

    def test_a_merged_branch_may_be_cut_off_all_the_same(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        repo.commit("feat: begin")
        repo.git("switch", "--quiet", "-c", "side")
        for n in range(4):
            repo.commit(f"feat: side {n}")
        repo.git("switch", "--quiet", "main")
        repo.commit("feat: main")
        repo.tag("v1.0.0")
        repo.git("merge", "--quiet", "--no-ff", "-m", "Merge side", "side")
        git = opened(repo.clone(tmp_path / "clone", "--depth=3"))

        with pytest.raises(ShallowClone):
            git.history.since(["v1.0.0"])


class TestHistoryByTag:
    def test_release_by_release_newest_first(self, repo: Repository) -> None:
        for version in ("v1.0.0", "v1.1.0"):
            repo.commit(f"feat: before {version}")
            repo.commit(f"feat: at {version}")
            repo.tag(version)
        repo.commit("fix: not released")

        found = opened(repo).history.by_tag(["v1.1.0", "v1.0.0"])

        assert [
            (None, ["fix: not released"]),
            ("v1.1.0", ["feat: at v1.1.0", "feat: before v1.1.0"]),
            ("v1.0.0", ["feat: at v1.0.0", "feat: before v1.0.0"]),
        ] == [(each.base, subjects(each.commits)) for each in found]

    def test_a_commit_belongs_to_the_first_release_that_has_it(self, repo: Repository) -> None:
        """
        A branch that was begun before 1.0 and merged after it is part of 1.1.
        """
        repo.commit("feat: begin")
        repo.git("switch", "--quiet", "-c", "side")
        repo.commit("feat: side")
        repo.git("switch", "--quiet", "main")
        repo.commit("feat: main")
        repo.tag("v1.0.0")
        repo.git("merge", "--quiet", "--no-ff", "-m", "Merge side", "side")
        repo.tag("v1.1.0")

        found = {
            each.base: set(subjects(each.commits))
            for each in opened(repo).history.by_tag(["v1.1.0", "v1.0.0"])
        }

        assert {
            "v1.1.0": {"Merge side", "feat: side"},
            "v1.0.0": {"feat: main", "feat: begin"},
        } == found

    def test_a_maintenance_line_that_was_merged_back(self, repo: Repository) -> None:
        repo.commit("feat: begin")
        repo.tag("v1.0.0")
        repo.git("switch", "--quiet", "-c", "1.x")
        repo.commit("fix: in 1.x")
        repo.tag("v1.0.1")
        repo.git("switch", "--quiet", "main")
        repo.commit("feat!: two")
        repo.git("merge", "--quiet", "--no-ff", "-m", "Merge 1.x", "1.x")
        repo.tag("v2.0.0")

        found = {
            each.base: subjects(each.commits)
            for each in opened(repo).history.by_tag(["v2.0.0", "v1.0.1", "v1.0.0"])
        }

        assert {
            "v2.0.0": ["Merge 1.x", "feat!: two"],
            "v1.0.1": ["fix: in 1.x"],
            "v1.0.0": ["feat: begin"],
        } == found

    def test_two_tags_on_one_commit_count_as_the_higher(self, repo: Repository) -> None:
        repo.commit("feat: begin")
        repo.tag("v1.0.0rc1")
        repo.tag("v1.0.0")

        found = opened(repo).history.by_tag(["v1.0.0", "v1.0.0rc1"])

        assert [("v1.0.0", ["feat: begin"])] == [(e.base, subjects(e.commits)) for e in found]

    def test_clocks_that_went_wrong(self, repo: Repository) -> None:
        head = "commit refs/heads/main\nmark :{}\ncommitter A <a@b.c> {} +0000\ndata 6\nfix: {}\n"
        times = {1: 5000, 2: 100, 3: 9000, 4: 50}
        commits = "".join(head.format(n, when, n) for n, when in times.items())
        tag = "tag v1\nfrom :2\ntagger A <a@b.c> 1 +0000\ndata 1\nx\n"
        repo.git("fast-import", "--quiet", input=commits + tag)

        found = opened(repo).history.by_tag(["v1"])

        assert [(None, ["fix: 4", "fix: 3"]), ("v1", ["fix: 2", "fix: 1"])] == [
            (each.base, subjects(each.commits)) for each in found
        ]

    def test_says_at_the_end_when_trusting_the_clocks_was_wrong(self, repo: Repository) -> None:
        """
        The released commit 1 is told before its child 2, which is dated earlier.
        """
        repo.git("fast-import", "--quiet", input=clock_went_back())

        found = opened(repo).history.by_tag(["v1"], trusting=True)

        with pytest.raises(TrustFailed):
            list(found)

    def test_trusting_right_clocks_finds_the_same(self, repo: Repository) -> None:
        for version in ("v1.0.0", "v1.1.0"):
            repo.commit(f"feat: before {version}")
            repo.tag(version)

        trusting = opened(repo).history.by_tag(["v1.1.0", "v1.0.0"], trusting=True)

        assert list(opened(repo).history.by_tag(["v1.1.0", "v1.0.0"])) == list(trusting)

    def test_a_shallow_clone_has_no_whole_history(self, repo: Repository, tmp_path: Path) -> None:
        repo.commit("feat: one")
        repo.commit("feat: two")

        with pytest.raises(ShallowClone):
            list(opened(repo.clone(tmp_path / "clone", "--depth=1")).history.by_tag([]))

    def test_stopping_early_ends_git(self, repo: Repository) -> None:
        for n in range(3):
            repo.commit(f"feat: {n}")
            repo.tag(f"v1.{n}.0")

        found = opened(repo).history.by_tag(["v1.2.0", "v1.1.0", "v1.0.0"])

        assert "v1.2.0" == next(found).base
        del found  # a child left behind would be a ResourceWarning, and so an error

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.checkout import NoCommits
from releasio.errors.git.commands import CommitRefused, GitFailed, NoIdentity, SigningFailed
from tests.world.git_fixtures import hook, opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
STAMP = str(int(NOON.timestamp()))
SIGNER = (
    "#!/bin/sh\ncat >/dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\n"
    "echo '-----BEGIN PGP SIGNATURE-----'\necho '-----END PGP SIGNATURE-----'\n"
)

MANY = 500  # files: to remove them takes longer than to write one


class TestWorktrees:
    def test_one_leaves_the_user_s_as_it_is(self, repo: Repository, tmp_path: Path) -> None:
        first = repo.commit("feat: one", **{"a.txt": "one"})
        second = repo.commit("feat: two", **{"a.txt": "two"})
        repo.write("a.txt", "not finished")

        tree = opened(repo).scratch.add(tmp_path / "releasio-1" / "tree", first)

        assert (first, None) == (tree.work_tree.head(), tree.work_tree.branch())
        assert "one" == (tree.root / "a.txt").read_text(encoding="utf-8")
        assert (second, "not finished") == (repo.head, repo.read("a.txt"))

    def test_is_whole_when_the_user_s_is_sparse(self, repo: Repository, tmp_path: Path) -> None:
        made = repo.commit("feat: one", **{"a/a.txt": "a", "b/b.txt": "b"})
        repo.git("sparse-checkout", "set", "a")

        tree = opened(repo).scratch.add(tmp_path / "scratch", made)

        assert (tree.root / "b" / "b.txt").exists()
        assert not (repo.path / "b").exists()

    def test_runs_no_checkout_hook(self, repo: Repository, tmp_path: Path) -> None:
        made = repo.commit("feat: one")
        hook(repo.path / ".git", "post-checkout", "raise SystemExit(1)")

        assert made == opened(repo).scratch.add(tmp_path / "scratch", made).work_tree.head()

    def test_from_inside_another_work_tree(self, repo: Repository, tmp_path: Path) -> None:
        made = repo.commit("feat: one")
        git = opened(repo)

        inner = git.scratch.add(tmp_path / "a", made).scratch.add(tmp_path / "b", made)

        assert (made, git.directory) == (inner.work_tree.head(), inner.directory)

    def test_those_for_a_release_are_known_and_no_others(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        made = repo.commit("feat: one")
        git = opened(repo)
        here, gone = git.scratch.open(made).root, git.scratch.open(made).root
        shutil.rmtree(gone.parent)
        git.scratch.add(tmp_path / "releasio-tree", made)
        git.scratch.add(tmp_path / "releasio-mine" / "tree", made)

        assert {here, gone} == set(git.scratch.trees())

    def test_closing_one_leaves_no_directory(self, repo: Repository) -> None:
        made = repo.commit("feat: one")
        git = opened(repo)
        tree = git.scratch.open(made).root
        git.scratch.close(tree)
        git.scratch.close(tree)

        assert not tree.parent.exists()
        assert () == git.scratch.trees()

    def test_removing_takes_everything_and_twice_is_once(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        made = repo.commit("feat: one", **{"a.txt": "a"})
        git = opened(repo)
        tree = git.scratch.add(tmp_path / "releasio-tree", made)
        (tree.root / "a.txt").write_bytes(b"changed")
        (tree.root / "build").mkdir()
        (tree.root / "build" / "new.o").write_bytes(b"new")

        git.scratch.remove(tree.root)
        git.scratch.remove(tree.root)

        assert not tree.root.exists()
        assert str(tree.root) not in repo.git("worktree", "list")
        assert 1 == len(repo.git("worktree", "list").splitlines())

    def test_one_whose_making_was_killed_can_be_removed(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        made = repo.commit("feat: one")
        git = opened(repo)
        tree = git.scratch.add(tmp_path / "releasio-tree", made)
        repo.git("worktree", "lock", "--reason", "initializing", str(tree.root))
        (tree.root / ".git").write_bytes(b"half wri")

        git.scratch.remove(tree.root)

        assert str(tree.root) not in repo.git("worktree", "list")
        assert not tree.root.exists()


class TestCommitAll:
    def test_takes_changes_and_new_files_but_not_ignored_ones(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        base = repo.commit("feat: one", **{".gitignore": "*.log\n", "a.txt": "a", "old.txt": "x"})
        tree = opened(repo).scratch.add(tmp_path / "scratch", base)
        (tree.root / "a.txt").write_bytes(b"b")
        (tree.root / "new.txt").write_bytes(b"new")
        (tree.root / "noise.log").write_bytes(b"noise")
        (tree.root / "old.txt").unlink()

        made = tree.commits.commit_all("chore(release): prepare v1.0.0", NOON)

        assert {".gitignore", "a.txt", "new.txt"} == set(tree.objects.list_files(made))
        assert ((base,), made) == (tree.history.commit(made).parents, tree.work_tree.head())
        assert base == repo.head

    def test_message_and_dates_are_as_given(self, repo: Repository) -> None:
        repo.commit("feat: one")
        repo.write("a.txt", "a")
        message = "chore: größer\n\n# no comment\n\n\nend"

        made = opened(repo).commits.commit_all(message, NOON)

        assert message == opened(repo).history.commit(made).message
        assert f"{STAMP} {STAMP}" == repo.git("show", "-s", "--format=%at %ct")

    def test_without_changes_there_is_no_commit(self, repo: Repository) -> None:
        base = repo.commit("feat: one")

        assert base == opened(repo).commits.commit_all("chore: nothing", NOON)

    def test_may_be_the_first_one(self, repo: Repository) -> None:
        repo.write("a.txt", "a")

        made = opened(repo).commits.commit_all("feat: begin", NOON)

        assert made == repo.head

    def test_there_must_be_something_to_return(self, repo: Repository) -> None:
        with pytest.raises(NoCommits):
            opened(repo).commits.commit_all("chore: nothing", NOON)

    def test_no_identity(self, repo: Repository, sandbox: Path) -> None:
        (sandbox / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n", encoding="utf-8")
        repo.git("-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "--allow-empty", "-mfeat")
        repo.write("a.txt", "a")

        with pytest.raises(NoIdentity) as caught:
            opened(repo).commits.commit_all("chore: release", NOON)

        assert "git does not know who commits: user.name or user.email is not set" == str(
            caught.value
        )
        assert (
            'git config user.name "Your Name"; git config user.email you@example.org'
            == caught.value.hint
        )


class TestCommitHooks:
    def test_one_that_reformats_gets_its_way(self, repo: Repository) -> None:
        """
        A hook that changes a file and fails, as pre-commit's formatters do, is tried twice (P31).
        """
        repo.commit("feat: one", **{"a.txt": "a"})
        hook(
            repo.path / ".git",
            "pre-commit",
            "from pathlib import Path\n"
            "text = Path('a.txt').read_text()\n"
            "Path('a.txt').write_text(text.rstrip() + '\\n')\n"
            "raise SystemExit(text != text.rstrip() + '\\n')",
        )
        repo.write("a.txt", "b   ")

        made = opened(repo).commits.commit_all("chore: release", NOON)

        assert b"b\n" == opened(repo).objects.read_file(made, "a.txt")
        assert "" == repo.git("status", "--porcelain")

    def test_one_that_changes_the_message(self, repo: Repository) -> None:
        repo.commit("feat: one")
        script = "import sys\nopen(sys.argv[1], 'a').write('\\nSigned-off-by: A\\n')"
        hook(repo.path / ".git", "commit-msg", script)
        repo.write("a.txt", "a")

        made = opened(repo).commits.commit_all("chore: release", NOON)

        assert "chore: release\n\nSigned-off-by: A" == opened(repo).history.commit(made).message

    def test_one_that_refuses(self, repo: Repository) -> None:
        base = repo.commit("feat: one")
        hook(
            repo.path / ".git", "commit-msg", "raise SystemExit('type must be one of: feat, größe')"
        )
        repo.write("a.txt", "a")

        with pytest.raises(CommitRefused) as caught:
            opened(repo).commits.commit_all("chore: release", NOON)

        assert (
            "the repository's commit hooks refuse the release commit:\n"
            "type must be one of: feat, größe" == str(caught.value)
        )
        assert "Satisfy the hook" in caught.value.hint
        assert base == repo.head


class TestMakeTag:
    def test_makes_an_object_and_no_tag(self, repo: Repository) -> None:
        made = repo.commit("feat: one")
        git = opened(repo)
        message = "Release v1.0.0\n\nsha256:ab  demo-1.0.0.tar.gz"

        tag = git.commits.make_tag("v1.0.0", made, message, NOON)

        assert () == git.refs.tags()
        assert (
            f"object {made}\ntype commit\ntag v1.0.0\n"
            f"tagger Ada Tester <ada@example.org> {STAMP} +0000\n\n{message}"
        ) == repo.git("cat-file", "tag", tag)
        assert not (git.directory / "releasio" / "tagging").exists()

    def test_the_same_again_is_the_same_object(self, repo: Repository) -> None:
        made = repo.commit("feat: one")
        git = opened(repo)

        assert git.commits.make_tag("v1", made, "Release", NOON) == git.commits.make_tag(
            "v1", made, "Release", NOON
        )

    def test_with_the_repository_s_own_identity(self, repo: Repository) -> None:
        made = repo.commit("feat: one")
        repo.git("config", "user.name", "Release = Bot")

        tag = opened(repo).commits.make_tag("v1.0.0", made, "Release v1.0.0", NOON)

        assert "tagger Release = Bot <ada@example.org>" in repo.git("cat-file", "tag", tag)

    def test_sha256(self, repo: Repository, tmp_path: Path) -> None:
        repo.git("init", "--quiet", "--object-format=sha256", str(tmp_path / "long"))
        repo.path = tmp_path / "long"
        made = repo.commit("feat: one")

        tag = opened(repo).commits.make_tag("v1.0.0", made, "Release v1.0.0", NOON)

        assert made == opened(repo).objects.peel(tag)

    def test_from_a_scratch_tree(self, repo: Repository, tmp_path: Path) -> None:
        made = repo.commit("feat: one")
        tree = opened(repo).scratch.add(tmp_path / "scratch", made)

        tag = tree.commits.make_tag("v1.0.0", made, "Release v1.0.0", NOON)

        assert made == opened(repo).objects.peel(tag)

    def test_signed_when_the_settings_say_so(self, repo: Repository, tmp_path: Path) -> None:
        """
        A program of ours stands in for gpg; git hands it the text and keeps what it answers.
        """
        made = repo.commit("feat: one")
        program = tmp_path / "gpg"
        program.write_text(SIGNER, encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        repo.git("config", "gpg.program", str(program))
        repo.git("config", "tag.gpgSign", "true")

        tag = opened(repo).commits.make_tag("v1.0.0", made, "Release v1.0.0", NOON)

        assert "-----BEGIN PGP SIGNATURE-----" in repo.git("cat-file", "tag", tag)

    def test_by_the_program_that_the_settings_name_last(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        """
        `gpg.program` and `gpg.openpgp.program` are one setting to git.
        """
        made = repo.commit("feat: one")
        program = tmp_path / "gpg"
        program.write_text(SIGNER, encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        repo.git("config", "tag.gpgSign", "true")
        by_form = f'[gpg "openpgp"]\n\tprogram = {program}\n'
        with (repo.path / ".git" / "config").open("a", encoding="utf-8") as settings:
            settings.write(f"{by_form}[gpg]\n\tprogram = false\n{by_form}")

        tag = opened(repo).commits.make_tag("v1.0.0", made, "Release v1.0.0", NOON)

        assert "-----BEGIN PGP SIGNATURE-----" in repo.git("cat-file", "tag", tag)

    def test_a_signature_that_fails(self, repo: Repository) -> None:
        made = repo.commit("feat: one")
        repo.git("config", "gpg.program", "false")
        repo.git("config", "tag.gpgSign", "true")

        with pytest.raises(SigningFailed) as caught:
            opened(repo).commits.make_tag("v1.0.0", made, "Release v1.0.0", NOON)

        assert str(caught.value).startswith("the tag could not be signed:\n")
        assert (
            "Nothing was pushed. Make this work first: git tag -s -m test test. Or release "
            "unsigned: git config tag.gpgSign false" == caught.value.hint
        )

    def test_a_name_git_does_not_take(self, repo: Repository) -> None:
        made = repo.commit("feat: one")

        with pytest.raises(GitFailed, match=r"not a valid tag name"):
            opened(repo).commits.make_tag("bad..name", made, "Release", NOON)


def test_a_commit_whose_signature_fails(repo: Repository) -> None:
    repo.commit("feat: one")
    repo.git("config", "gpg.program", "false")
    repo.git("config", "commit.gpgSign", "true")
    repo.write("a.txt", "a")

    with pytest.raises(SigningFailed) as caught:
        opened(repo).commits.commit_all("chore: release", NOON)

    assert (
        "Nothing was pushed. Make this work first: git commit -S --allow-empty. Or release "
        "unsigned: git config commit.gpgSign false" == caught.value.hint
    )


def test_a_commit_to_be_signed_with_no_key(repo: Repository) -> None:
    repo.commit("feat: one")
    repo.git("config", "gpg.format", "ssh")
    repo.git("config", "commit.gpgSign", "true")
    repo.write("a.txt", "a")

    with pytest.raises(SigningFailed, match=r"the commit could not be signed:\n.*signing.?key"):
        opened(repo).commits.commit_all("chore: release", NOON)


@pytest.mark.skipif(sys.platform == "win32", reason="what is open cannot be removed there")
def test_what_somebody_still_writes_is_found_by_the_next_run(
    repo: Repository, tmp_path: Path
) -> None:
    """An installer that outlived its run; it ends when its folder is gone."""
    made = repo.commit("feat: one")
    git = opened(repo)
    writes = 'while : > "$0/$((i+=1))"; do :; done'
    for number in range(5):
        tree = git.scratch.add(tmp_path / f"releasio-{number}" / "releasio-tree", made).root
        folder = tree.parent / "releasio-build-here"
        folder.mkdir()
        with subprocess.Popen(["bash", "-c", writes, folder], stderr=subprocess.DEVNULL) as writer:
            while len(list(folder.iterdir())) < MANY:
                pass
            git.scratch.close(tree)
            ends = (tree in git.scratch.trees(), folder.exists())
            writer.kill()
        assert ends in {(True, True), (False, False)}
        git.scratch.close(tree)

        assert not tree.parent.exists()
        assert not git.scratch.trees()

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import RemoteAuthFailed, RemoteNotFound, RemoteUnreachable
from releasio.errors.git.push import PrePushHookFailed, PushRaced, PushRefused
from releasio.rules.running.remote import Remote
from releasio.world.git.remotes import RefUpdate
from tests.world.git_fixtures import hook, impatient, opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository


ORIGIN = Remote("origin", "")
MAIN, TAG = "refs/heads/main", "refs/tags/v1.0.0"


def name_of(remote: Remote | None) -> str:
    return remote.name if remote else ""


def url_of(remote: Remote | None) -> str:
    return remote.url if remote else ""


class TestRemote:
    def test_there_is_none(self, repo: Repository) -> None:
        assert opened(repo).remotes.chosen() is None

    def test_the_upstream_of_the_branch_comes_first(self, repo: Repository) -> None:
        for name in ("origin", "fork", "upstream"):
            repo.git("remote", "add", name, f"https://{name}.example/a/b")
        repo.git("config", "branch.main.remote", "upstream")
        repo.git("config", "remote.pushDefault", "fork")

        assert Remote("upstream", "https://upstream.example/a/b") == opened(repo).remotes.chosen()

    def test_then_the_push_default_then_origin(self, repo: Repository) -> None:
        for name in ("zoo", "origin", "fork"):
            repo.git("remote", "add", name, f"https://{name}.example/a/b")
        first = opened(repo).remotes.chosen()
        repo.git("config", "remote.pushDefault", "fork")

        assert "fork" == name_of(opened(repo).remotes.chosen())
        assert "origin" == name_of(first)

    def test_the_only_one_by_whatever_name(self, repo: Repository) -> None:
        repo.git("remote", "add", "my.server", "https://git.example/a/b")

        assert Remote("my.server", "https://git.example/a/b") == opened(repo).remotes.chosen()

    def test_of_several_strangers_none_is_taken(self, repo: Repository) -> None:
        repo.git("remote", "add", "a", "https://a.example/a/b")
        repo.git("remote", "add", "b", "https://b.example/a/b")

        assert opened(repo).remotes.chosen() is None

    def test_of_several_addresses_the_first_is_named(self, repo: Repository) -> None:
        repo.git("remote", "add", "origin", "https://one.example/a/b")
        repo.git("remote", "set-url", "--add", "origin", "https://two.example/a/b")

        assert "https://one.example/a/b" == url_of(opened(repo).remotes.chosen())

    def test_its_address_tells_no_secret(self, repo: Repository) -> None:
        repo.git("remote", "add", "origin", "https://x-access-token:ghs_secret@github.com/a/b")

        assert "https://github.com/a/b" == url_of(opened(repo).remotes.chosen())

    def test_its_address_is_where_pushes_go(self, repo: Repository) -> None:
        repo.git("config", "url.https://github.com/.insteadOf", "gh:")
        repo.git("remote", "add", "origin", "gh:ada/demo")
        fetched = opened(repo).remotes.chosen()
        repo.git("remote", "set-url", "--push", "origin", "gh:ada/pushed")

        assert "https://github.com/ada/demo" == url_of(fetched)
        assert "https://github.com/ada/pushed" == url_of(opened(repo).remotes.chosen())


class TestLsRemote:
    def test_branches_and_peeled_tags(self, repo: Repository, tmp_path: Path) -> None:
        made = repo.commit("feat: one")
        repo.tag("v1.0.0")
        repo.tag("v1.0.0-other")
        repo.add_remote(tmp_path / "remote")

        found = opened(repo).remotes.list_refs(ORIGIN, MAIN, TAG, f"{TAG}^{{}}")

        noted = repo.git("rev-parse", "v1.0.0")
        assert {MAIN: made, TAG: noted, f"{TAG}^{{}}": made} == found

    def test_nothing_matches(self, repo: Repository, tmp_path: Path) -> None:
        repo.commit("feat: one")
        repo.add_remote(tmp_path / "remote")

        assert {} == opened(repo).remotes.list_refs(ORIGIN, "refs/tags/v9")

    def test_all(self, repo: Repository, tmp_path: Path) -> None:
        made = repo.commit("feat: one")
        repo.add_remote(tmp_path / "remote").git("update-ref", "refs/pull/1/head", made)

        assert {"HEAD", MAIN, "refs/pull/1/head"} == set(opened(repo).remotes.list_refs(ORIGIN))

    def test_an_address_that_leads_nowhere(self, repo: Repository, tmp_path: Path) -> None:
        repo.git("remote", "add", "origin", str(tmp_path / "nowhere"))

        with pytest.raises(RemoteNotFound, match="nowhere' does not appear to be a git repository"):
            opened(repo).remotes.list_refs(ORIGIN)

    def test_a_server_that_is_not_there(self, repo: Repository) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        repo.git("remote", "add", "origin", f"http://me:secret@127.0.0.1:{port}/a/b")

        with pytest.raises(RemoteUnreachable) as caught:
            opened(repo).remotes.list_refs(ORIGIN)

        assert f"unable to access 'http://127.0.0.1:{port}/a/b/'" in str(caught.value)
        assert "secret" not in str(caught.value)

    def test_a_server_that_does_not_answer_is_not_waited_for_long(self, repo: Repository) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            repo.git("remote", "add", "origin", f"git://127.0.0.1:{silent.getsockname()[1]}/a/b")
            began = time.perf_counter()

            with pytest.raises(RemoteUnreachable, match=r"no answer within 0\.3 s"):
                impatient(opened(repo), 0.3).remotes.list_refs(ORIGIN)

        assert time.perf_counter() - began < 5

    def test_a_server_that_wants_a_password(self, repo: Repository) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            thread = threading.Thread(target=_ask_for_a_password, args=(server,), daemon=True)
            thread.start()
            repo.git("remote", "add", "origin", f"http://127.0.0.1:{server.getsockname()[1]}/a")

            with pytest.raises(RemoteAuthFailed, match="could not read Username") as caught:
                opened(repo).remotes.list_refs(ORIGIN)
            thread.join()

        assert "the job needs `permissions: contents: write`" in caught.value.hint
        assert caught.value.hint.endswith("make this work first: git fetch origin")


def _ask_for_a_password(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(
            b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=x\r\n"
            b"Content-Length: 0\r\nConnection: close\r\n\r\n"
        )


class TestFetch:
    def test_brings_what_is_asked_for_and_no_other_tag(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        repo.commit("feat: one")
        remote = repo.add_remote(tmp_path / "remote")
        other = remote.clone(tmp_path / "other")
        made = other.commit("feat: two")
        other.tag("v1.0.0")
        other.tag("v1.0.0-other")
        other.git("push", "--quiet", "origin", "main", "--tags")

        opened(repo).remotes.fetch(ORIGIN, f"{TAG}:{TAG}")

        assert ["v1.0.0"] == repo.git("tag").splitlines()
        assert made == opened(repo).objects.peel(TAG)


class TestPush:
    @pytest.fixture
    def scene(self, repo: Repository, tmp_path: Path) -> Scene:
        return Scene(repo, tmp_path)

    def test_branch_and_tag_arrive_together(self, scene: Scene) -> None:
        scene.push()

        assert scene.new == scene.there(MAIN)
        assert scene.tag == scene.there(TAG)

    def test_twice_is_once(self, scene: Scene) -> None:
        scene.push()
        scene.push()

        assert scene.new == scene.there(MAIN)

    def test_the_tag_is_the_lock(self, scene: Scene) -> None:
        """
        Of two runs one wins; the other changes nothing at all (P13).
        """
        scene.remote.git("update-ref", TAG, scene.old)

        with pytest.raises(PushRaced) as caught:
            scene.push()

        assert TAG == caught.value.ref
        assert (scene.old, scene.old) == (scene.there(MAIN), scene.there(TAG))

    def test_a_branch_that_moved_is_not_overwritten(self, scene: Scene) -> None:
        other = scene.remote.clone(scene.path / "other")
        theirs = other.commit("feat: theirs")
        other.git("push", "--quiet", "origin", "main")

        with pytest.raises(PushRaced) as caught:
            scene.push()

        assert MAIN == caught.value.ref
        assert (theirs, None) == (scene.there(MAIN), scene.there(TAG))

    def test_a_branch_never_loses_commits_even_with_its_true_old_value(self, scene: Scene) -> None:
        other = scene.remote.clone(scene.path / "other")
        theirs = other.commit("feat: theirs")
        other.git("push", "--quiet", "origin", "main")

        with pytest.raises(PushRaced):
            scene.git.remotes.push(ORIGIN, [RefUpdate(MAIN, scene.new, theirs)])

        assert theirs == scene.there(MAIN)

    def test_a_race_that_only_the_server_sees(self, scene: Scene) -> None:
        script = (
            "import os, subprocess\n"
            "env = {k: v for k, v in os.environ.items() if k != 'GIT_QUARANTINE_PATH'}\n"
            f"subprocess.run(['git', 'update-ref', '{TAG}', '{scene.old}'], env=env, check=True)\n"
        )
        hook(scene.remote.path, "pre-receive", script)

        with pytest.raises(PushRaced) as caught:
            scene.push()

        assert TAG == caught.value.ref
        assert scene.old == scene.there(MAIN)

    def test_a_protected_branch(self, scene: Scene) -> None:
        """
        What GitHub writes is shown, and the way out of it (P14).
        """
        script = (
            "import sys\n"
            "if sys.argv[1] == 'refs/heads/main':\n"
            "    raise SystemExit('error: GH006: Protected branch update failed for '\n"
            "        'refs/heads/main.\\nerror: Changes must be made through a pull request.')\n"
        )
        hook(scene.remote.path, "update", script)

        with pytest.raises(PushRefused) as caught:
            scene.push()

        assert (
            "origin refuses the push; nothing was pushed:\n"
            "error: GH006: Protected branch update failed for refs/heads/main.\n"
            "error: Changes must be made through a pull request.\n"
            "error: hook declined to update refs/heads/main\n"
            "refs/heads/main: [remote rejected] (hook declined)"
        ) == str(caught.value)
        assert 'Set mode = "pull-request"' in caught.value.hint
        assert (scene.old, None) == (scene.there(MAIN), scene.there(TAG))

    def test_a_protected_tag(self, scene: Scene) -> None:
        script = (
            "import sys\n"
            "sys.exit(sys.argv[1].startswith('refs/tags/') and 'GitLab: You are not allowed to '\n"
            "    'create this tag as it is protected.' or 0)\n"
        )
        hook(scene.remote.path, "update", script)

        with pytest.raises(PushRefused, match="create this tag as it is protected") as caught:
            scene.push()

        assert "Protected tags" in caught.value.hint
        assert (scene.old, None) == (scene.there(MAIN), scene.there(TAG))

    def test_a_server_without_atomic_pushes(self, scene: Scene) -> None:
        scene.remote.git("config", "receive.advertiseAtomic", "false")

        with pytest.raises(PushRefused) as caught:
            scene.push()

        assert "the receiving end does not support --atomic push" in str(caught.value)
        assert "Branch and tag must go together" in caught.value.hint

    def test_the_clone_s_own_pre_push_hook_is_heard(self, scene: Scene) -> None:
        script = "print('2 tests failed', flush=True); raise SystemExit('fatal: permission denied')"
        hook(scene.repo.path / ".git", "pre-push", script)

        with pytest.raises(PrePushHookFailed) as caught:
            scene.push()

        assert (
            "this clone's pre-push hook stopped the push to origin; nothing was pushed:\n"
            "    2 tests failed\n"
            "    fatal: permission denied"
        ) == str(caught.value)
        assert (
            f"Satisfy or mend the hook {scene.repo.path / '.git/hooks/pre-push'}, then run again. "
            "To run it alone: git push --dry-run origin HEAD"
        ) == caught.value.hint
        assert scene.old == scene.there(MAIN)

    def test_tags_that_happen_to_be_here_stay_here(self, scene: Scene) -> None:
        scene.repo.git("config", "push.followTags", "true")
        scene.repo.git("tag", "-a", "-m", "mine", "mine", scene.new)

        scene.push()

        assert scene.there("refs/tags/mine") is None

    def test_a_remote_that_is_gone(self, scene: Scene) -> None:
        scene.repo.git("remote", "set-url", "origin", str(scene.path / "gone"))

        with pytest.raises(RemoteNotFound):
            scene.push()


class Scene:
    """A repository one release commit ahead of its remote."""

    def __init__(self, repo: Repository, path: Path) -> None:
        self.repo, self.path = repo, path
        self.old = repo.commit("feat: one")
        self.remote = repo.add_remote(path / "remote")
        self.new = repo.commit("chore(release): prepare v1.0.0")
        self.git = opened(repo)
        self.tag = self.git.commits.make_tag("v1.0.0", self.new, "Release v1.0.0")
        self.updates = [RefUpdate(MAIN, self.new, self.old), RefUpdate(TAG, self.tag, None)]

    def push(self) -> None:
        self.git.remotes.push(ORIGIN, self.updates)

    def there(self, ref: str) -> str | None:
        return self.remote.git("rev-parse", "--verify", "--quiet", ref, check=False) or None

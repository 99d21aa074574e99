"""The repository others fetch from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.forge.forge_url import without_credentials
from releasio.rules.running.remote import Remote
from releasio.world.git.place import Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.errors.base import ReleasioError
    from releasio.world.git.objects import Objects
    from releasio.world.git.process import Outcome
    from releasio.world.git.refs import Refs
    from releasio.world.git.work_tree import WorkTree


@frozen
class RefUpdate:
    """
    One ref of a push.

    Attributes:
        ref: Its full name on the remote.
        new: The object it shall name.
        old: What it must name until then; None: it must not exist.
        rewinds: Whether a branch may lose commits by it: a release pull request's is made anew.
    """

    ref: str
    new: str
    old: str | None
    rewinds: bool = False


@frozen
class Remotes(Part):
    """
    Asking and changing the remote.

    Each method raises RemoteUnreachable, RemoteNotFound or RemoteAuthFailed
    when the remote cannot be talked to.

    Attributes:
        place: The repository.
        refs: Reads its refs.
        work_tree: Knows what is checked out.
        objects: Reads its objects.
    """

    refs: Refs
    work_tree: WorkTree
    objects: Objects

    def chosen(self) -> Remote | None:
        """
        Return where a release is pushed to, its address without credentials.

        The upstream of the branch that is checked out, else
        `remote.pushDefault`, else `origin`, else the only remote there is.
        """
        settings = self.place.settings()
        all_names = [
            key[7:-4] for key in settings if key.startswith("remote.") and key[-4:] == ".url"
        ]
        names = [name for name in all_names if not name.startswith("-")]  # git would take an option
        if not names[1:]:  # there is nothing to choose
            name = next(iter(names), None)
        else:
            choices = (f"branch.{self.work_tree.branch()}.remote", "remote.pushdefault")
            candidates = (*(settings.get(choice, ("",))[-1] for choice in choices), "origin")
            name = next((name for name in candidates if name in names), None)
        return Remote(name, self._address(name, settings)) if name else None

    def names(self) -> tuple[str, ...]:
        """Return the names of all remotes."""
        return tuple(self.process.run("remote").text.split())

    def list_refs(self, remote: Remote, *patterns: str) -> dict[str, str]:
        """
        Return the refs of *remote* that match, with the object each names.

        An annotated tag appears twice: `refs/tags/v1` with the tag object and
        `refs/tags/v1^{}` with the commit. No pattern: all refs.
        """
        # without a filter a server lists all refs, and GitHub has several for every pull request
        options = {"refs/tags/": "--tags", "refs/heads/": "--heads"}
        filters = [options.get(pattern[: pattern.find("/", 5) + 1]) for pattern in patterns]
        only = {option for option in filters if option} if all(filters) else set()
        outcome = self.call(remote, "ls-remote", "--quiet", *sorted(only), remote.name, *patterns)
        lines = (line.partition("\t") for line in outcome.text.splitlines())
        return {ref: object_id for object_id, _, ref in lines if ref}

    def known_head(self, remote: Remote) -> str | None:
        """Return the default branch of *remote* as this clone remembers it, if it does."""
        begin = f"refs/remotes/{remote.name}/"
        ref = self.refs.read_symbolic(f"{begin}HEAD")
        return ref.removeprefix(begin) if ref.startswith(begin) else None

    def ask_head(self, remote: Remote) -> str | None:
        """Return the default branch of *remote* as it says itself; `None`: it does not."""
        outcome = self.call(remote, "ls-remote", "--quiet", "--symref", remote.name, "HEAD")
        lines = (line.partition("\t") for line in outcome.text.splitlines())
        symrefs = {name: ref for ref, _, name in lines if ref.startswith("ref: ")}
        return symrefs["HEAD"].removeprefix("ref: refs/heads/") if "HEAD" in symrefs else None

    def fetch(self, remote: Remote, *refspecs: str) -> None:
        """Fetch exactly *refspecs*: no other tags, no submodules."""
        self.call(remote, "fetch", *FETCH, remote.name, *refspecs)

    def fetch_tag(self, remote: Remote, tag: str) -> None:
        """
        Fetch *tag* as a tag of this clone.

        Raises:
            RepositoryLocked: Another git has locked it, or one that died.
        """
        from releasio.errors.git.commands import RepositoryLocked
        from releasio.world.landing.locking import Locking, lock_in_the_way

        locking, ref = Locking(self.place), f"refs/tags/{tag}"
        args = ("fetch", *FETCH, remote.name, f"{ref}:{ref}")
        with locking.held((locking.lock_of(ref),)) as held_locks:
            outcome = self.process.call(remote.name, *args)
            held_locks.free_after(outcome.status)
        if outcome.status and (lock := lock_in_the_way(outcome.err)):
            raise RepositoryLocked(ref, lock)
        if outcome.status:
            raise _call_refusal(remote, outcome)

    def branch_has(self, remote: Remote, branch: str, commit: str) -> bool:
        """Tell whether *branch* on *remote* contains *commit*; what it has besides is fetched."""
        ref = f"refs/heads/{branch}"
        remote_commit = self.list_refs(remote, ref).get(ref)
        if remote_commit is None:
            return False
        if remote_commit != commit:
            self.fetch(remote, ref)
        return self.objects.is_ancestor(commit, remote_commit)

    def push(self, remote: Remote, updates: Sequence[RefUpdate]) -> None:
        """
        Push all of *updates* or none; each ref must still have its old value.

        A branch is only ever moved forward, but one that `rewinds`. The repository's
        `pre-push` hook is run, as git does.

        Raises:
            PushRaced: A ref has another value, or a branch would lose commits.
            PushRefused: The remote's rules forbid it.
            PrePushHookFailed: The hook ended with a failure.
        """
        from releasio.errors.git.push import PushRaced

        if not updates:  # without a refspec git pushes what its settings name
            return
        for update in updates:
            if update.ref.startswith("refs/heads/") and not self._moves_forward(update):
                raise PushRaced(update.ref)
        args = ["push", "--atomic", "--porcelain", "--no-follow-tags", "--recurse-submodules=no"]
        args += [f"--force-with-lease={update.ref}:{update.old or ''}" for update in updates]
        refspecs = [f"{update.new}:{update.ref}" for update in updates]
        branches = [u.ref.removeprefix("refs/heads/") for u in updates if "/heads/" in u.ref]
        from releasio.world.landing.locking import Locking

        locking = Locking(self.place)
        tracking = (locking.lock_of(f"refs/remotes/{remote.name}/{branch}") for branch in branches)
        with locking.held(tracking) as held_locks:
            outcome = self.process.call(remote.name, *args, remote.name, *refspecs)
            held_locks.free_after(outcome.status)
        if outcome.status:
            raise _push_refusal(remote, outcome, self.place.hooks("pre-push").get("pre-push"))

    def try_push(self, remote: Remote, commit: str, ref: str) -> ReleasioError | None:
        """
        Return why *remote* would take no push of *commit* to *ref* from this account.

        git asks as before a push and sends nothing, runs no hook, and nobody is asked for a
        login. The server's rules for single branches and tags are not asked. `None`: nothing
        speaks against it.
        """
        args = ("push", "--dry-run", "--porcelain", "--no-verify", "--no-follow-tags")
        outcome = self.process.call(
            remote.name, *args, "--recurse-submodules=no", remote.name, f"{commit}:{ref}"
        )
        if not outcome.status:
            return None
        return _push_refusal(remote, outcome)

    def _moves_forward(self, update: RefUpdate) -> bool:
        return (
            update.rewinds or update.old is None or self.objects.is_ancestor(update.old, update.new)
        )

    def _address(self, name: str, settings: Mapping[str, tuple[str, ...]]) -> str:
        """Return where pushes go, rewritten as `url.<base>.insteadOf` and ~/.ssh/config say."""
        # of several addresses git names the first
        url = settings.get(f"remote.{name}.pushurl", ("",))[0] or settings[f"remote.{name}.url"][0]
        if any(key.startswith("url.") for key in settings):
            url = self.process.run("remote", "get-url", "--push", name).text
        if not url.startswith("http") and (config := self._ssh_config()):
            from releasio.rules.running.ssh_alias import with_real_host

            url = with_real_host(url, config)
        return without_credentials(url)

    def _ssh_config(self) -> str:
        home = self.process.env.get("HOME") or self.process.env.get("USERPROFILE", "")
        if not home:
            return ""
        try:
            return Path(home, ".ssh", "config").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def call(self, remote: Remote, *args: str, feed: bytes | None = None) -> Outcome:
        """Run a git command that talks to *remote* and must succeed."""
        outcome = self.process.call(remote.name, *args, feed=feed)
        if outcome.status:
            raise _call_refusal(remote, outcome)
        return outcome


FETCH = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")


def _call_refusal(remote: Remote, outcome: Outcome) -> ReleasioError:
    from releasio.rules.running.git_refusal import refused_call

    return refused_call(remote.name, outcome.err)


def _push_refusal(remote: Remote, outcome: Outcome, hook: Path | None = None) -> ReleasioError:
    from releasio.rules.running.git_refusal import refused_push

    answer, hook_path = without_credentials(outcome.text), str(hook or "")
    return refused_push(remote.name, answer, outcome.err, hook=hook_path)

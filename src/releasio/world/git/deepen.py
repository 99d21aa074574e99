"""Fetch the history a shallow clone lacks, and not more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.running.remote import PublicRefs, PublicTag
from releasio.world.git.place import TAGS, Part
from releasio.world.git.remotes import FETCH

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from releasio.rules.running.remote import Remote
    from releasio.world.git.history import Histories
    from releasio.world.git.refs import Refs
    from releasio.world.git.remotes import Remotes
    from releasio.world.git.work_tree import WorkTree

_STEPS = (100, 200, 400, 800, 1600, 3200)  # commits; each fetch costs about a second
_WHOLE = 2_147_483_647  # git's own number for all of it
_PEELED = "^{}"
_HEADS = "refs/heads/"


@frozen
class MissingHistory(Part):
    """
    Completing the history from the remote.

    Attributes:
        place: The repository.
        refs: Reads its refs.
        work_tree: Knows what is checked out.
        history: Reads its history.
        remotes: Asks the remote.
    """

    refs: Refs
    work_tree: WorkTree
    history: Histories
    remotes: Remotes

    def fetch_back(
        self,
        remote: Remote,
        rank: Callable[[Collection[str]], Sequence[str]],
        present: Callable[[Collection[str]], str | None] = lambda _: None,
    ) -> tuple[PublicRefs, Sequence[str]]:
        """
        Fetch the commits back to the last release, and the tags of the releases among them.

        The names of the remote's tags are asked for first, so that a clone
        without tags is no first release. Then the history is fetched in
        growing pieces, without file contents where the server allows it, until
        one of the tags is met and no commit since then is missing; in the end
        all of it. What the remote no longer has stays missing. A complete
        clone only gets the tags it lacks.

        Args:
            remote: Where the history is.
            rank: Picks the releases out of tag names, highest version first.
            present: Picks that of the present version, which is fetched in any case: where its
                branch was squashed, HEAD does not descend from it.

        Returns:
            All branches and tags of the remote, also those that were not fetched; and the names
            of the tags that are here then.

        Raises:
            RemoteUnreachable: It did not answer; RemoteNotFound and
                RemoteAuthFailed as with every talk to a remote.
        """
        remote_refs = self.remotes.list_refs(remote, "refs/heads/*", "refs/tags/*")
        public = _public_refs(remote_refs)
        tags = {name: tag.commit for name, tag in public.tags.items()}
        ranked = rank(tags)
        for commits in (*_STEPS, _WHOLE):
            if not self.history.is_shallow() or self._is_complete(ranked, tags):
                break
            self._fetch_deeper(remote, self._connecting_ref(remote_refs), commits)
        return public, self._fetch_tags(remote, ranked, tags, present(tags))

    def _is_complete(self, ranked: Sequence[str], tags: Mapping[str, str]) -> bool:
        """Tell whether a release is in sight, with every commit since."""
        ancestors = set(self.history.ids("HEAD"))
        base = next((tags[tag] for tag in ranked if tags[tag] in ancestors), None)
        return base is not None and self.history.horizon().isdisjoint(
            self.history.ids("HEAD", f"^{base}")
        )

    def _connecting_ref(self, remote_refs: Mapping[str, str]) -> str:
        """Return a ref of the remote from which the clone's own history can be reached."""
        head, branch = self.work_tree.head(), self.work_tree.branch()
        if branch and f"refs/heads/{branch}" in remote_refs:
            return f"refs/heads/{branch}"
        at_head = (
            ref
            for ref, object_id in remote_refs.items()
            if object_id == head and _PEELED not in ref
        )
        # GitHub and GitLab let any commit be asked for by its id
        return next((ref for ref in at_head if ref != "HEAD"), head or "HEAD")

    def _fetch_deeper(self, remote: Remote, ref: str, commits: int) -> None:
        depth = "--unshallow" if commits == _WHOLE else f"--deepen={commits}"
        self.remotes.call(remote, "fetch", *FETCH, depth, "--filter=blob:none", remote.name, ref)
        self.place.forget()  # the clone is a partial one now, and its settings say so

    def _fetch_tags(
        self,
        remote: Remote,
        ranked: Sequence[str],
        tags: Mapping[str, str],
        present: str | None,
    ) -> Sequence[str]:
        names = [tag.name for tag in self.refs.tags()]
        # thousands of tags do not fit on a command line
        missing_tags = self._missing_tags(ranked, tags, names, present)
        specs = "".join(f"{TAGS}{t}:{TAGS}{t}\n" for t in missing_tags)
        if not specs:
            return names
        self.remotes.call(remote, "fetch", *FETCH, "--stdin", remote.name, feed=specs.encode())
        return [tag.name for tag in self.refs.tags()]

    def _missing_tags(
        self,
        ranked: Sequence[str],
        tags: Mapping[str, str],
        names: Sequence[str],
        present: str | None,
    ) -> Sequence[str]:
        """Return those not among *names* that HEAD descends from, and *present* if it is not."""
        local_tags = frozenset(names)
        missing_tags = [tag for tag in ranked if tag not in local_tags]
        if missing_tags:
            # the landing of a release that was pushed from here names its tag
            own_refs = self.refs.below("refs/releasio/")
            missing_tags = [t for t in missing_tags if f"refs/releasio/{t}/tag" not in own_refs]
        ancestors = set(self.history.ids("HEAD")) if missing_tags else set()
        return [tag for tag in missing_tags if tags[tag] in ancestors or tag == present]


def _public_refs(remote_refs: Mapping[str, str]) -> PublicRefs:
    tag_refs = (ref for ref in remote_refs if ref.startswith(TAGS) and _PEELED not in ref)
    tags = {
        ref[len(TAGS) :]: PublicTag(
            remote_refs[ref], remote_refs.get(f"{ref}{_PEELED}", remote_refs[ref])
        )
        for ref in tag_refs
    }
    heads = {
        ref[len(_HEADS) :]: commit for ref, commit in remote_refs.items() if ref.startswith(_HEADS)
    }
    return PublicRefs(tags, heads)

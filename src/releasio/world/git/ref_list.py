"""The refs that a preview looks at, listed once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.world.git.place import BRANCHES, LIST_REFS, TAGS, Place
from releasio.world.git.process import failed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.world.git.process import Outcome

_LISTED = (TAGS, BRANCHES)


@frozen
class Listing:
    """
    Tags, branches, and what the remotes' HEADs stand for.

    Attributes:
        objects: The object that each ref, by full name, names.
        targets: The refs that the symbolic ones stand for.
        current: The branch that is checked out, by full name; None: none that has a commit.
    """

    objects: Mapping[str, str]
    targets: Mapping[str, str]
    current: str | None


class RefLists(Place):
    """Answers about refs: of a listing where everything is read once, of git itself elsewhere."""

    def listing(self) -> Listing | None:
        """Return the refs if they are read once, else None."""
        return self.answer(LIST_REFS, _listing_in) if self.read_once else None

    def read_ref(self, ref: str) -> str | None:
        """Return the object that *ref*, a full name, names; None if there is no such ref."""
        if ref.startswith(_LISTED) and (listing := self.listing()):
            return listing.objects.get(ref)
        args = ("rev-parse", "--verify", "--quiet", "--end-of-options", ref)
        return self.process.ask(*args).text or None

    def read_symref(self, ref: str) -> str:
        """Return the ref that *ref*, the HEAD of a remote, stands for; empty: nothing."""
        if (listing := self.listing()) and (ref in listing.targets or not self._may_dangle(ref)):
            return listing.targets.get(ref, "")
        return self.process.ask("symbolic-ref", "--quiet", ref).text

    def refs(self, prefix: str) -> dict[str, str]:
        """Return the refs below *prefix*, by full name, with the object each names."""
        if prefix.startswith(_LISTED) and (listing := self.listing()):
            folder = f"{prefix.rstrip('/')}/"
            return {
                ref: object_id
                for ref, object_id in listing.objects.items()
                if ref == prefix or ref.startswith(folder)
            }
        outcome = self.process.run("for-each-ref", "--format=%(objectname) %(refname)", prefix)
        lines = (line.partition(" ") for line in outcome.text.split("\n") if line)
        return {ref: object_id for object_id, _, ref in lines}

    def _may_dangle(self, ref: str) -> bool:
        """Tell whether the symbolic *ref* may be there, though what it stands for is not."""
        places = (ref, "reftable")  # a file of its own, and a table of all
        return any((self.directory / place).exists() for place in places)


def _listing_in(outcome: Outcome) -> Listing:
    if outcome.status:
        raise failed(LIST_REFS, outcome)
    lines = [line.split(" ", 2) for line in outcome.text.split("\n") if line]
    targets = {ref: mark[1:] for _, ref, mark in lines if len(mark) > 1}
    current = next((ref for _, ref, mark in lines if mark[0] == "*"), None)
    return Listing({ref: id_ for id_, ref, _ in lines}, targets, current)

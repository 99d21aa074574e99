"""Names for objects: tags, branches, and the private refs that keep a release alive."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from releasio.world.git.place import TAGS
from releasio.world.git.process import failed
from releasio.world.git.ref_list import RefLists
from releasio.world.landing.locking import Locking

if TYPE_CHECKING:
    from collections.abc import Collection

_NAME = "--format=%(refname:strip=2)"
_ON_A_COMMAND_LINE = 200  # names; Windows takes 32,767 characters


class TagRef(NamedTuple):
    """A tag by name, and the object it names: the tag object if it is annotated."""

    name: str
    object_id: str


class Refs(Locking, RefLists):
    """Reading and moving refs."""

    def tags(self) -> tuple[TagRef, ...]:
        """Return all tags, unpeeled: peeling 12,000 of them would take 130 ms."""
        ids = self.refs(TAGS)
        return tuple(TagRef(ref[len(TAGS) :], object_id) for ref, object_id in ids.items())

    def tags_at(self, commit: str) -> tuple[str, ...]:
        """Return the names of the tags that stand for *commit*, annotated or not."""
        outcome = self.process.run("for-each-ref", f"--points-at={commit}", _NAME, TAGS)
        return tuple(outcome.text.split("\n")) if outcome.out else ()

    def tags_containing(self, commit: str, names: Collection[str]) -> tuple[str, ...]:
        """Return those of the tags *names* whose commit is *commit* or descends from it."""
        fits = 0 < len(names) <= _ON_A_COMMAND_LINE
        patterns = [TAGS + name for name in names] if fits else [TAGS]
        outcome = self.process.run("for-each-ref", f"--contains={commit}", _NAME, *patterns)
        candidates = set(names)
        return tuple(name for name in outcome.text.split("\n") if name in candidates)

    def tags_within(self, commit: str, names: Collection[str]) -> tuple[str, ...]:
        """Return those of the tags *names*, few of all, that *commit* is or descends from."""
        if not names:
            return ()
        patterns = [TAGS + name for name in names]
        outcome = self.process.run("for-each-ref", f"--merged={commit}", _NAME, *patterns)
        candidates = set(names)
        return tuple(name for name in outcome.text.split("\n") if name in candidates)

    def peeled_tags(self) -> dict[str, str]:
        """Return every tag's name with the commit, or other object, it stands for in the end."""
        object_ids: dict[str, str] = {}
        outcome = self.process.ask("show-ref", "--tags", "--dereference")  # status 1: there is none
        for line in outcome.out.decode("utf-8", "surrogateescape").splitlines():
            object_id, _, ref = line.partition(" ")
            name = ref[len(TAGS) :].removesuffix("^{}")
            object_ids[name] = object_id  # the peeled line comes second
        return object_ids

    def set_ref(self, ref: str, object_id: str, *, expected: str | None = None) -> None:
        """
        Point *ref* at an object.

        Args:
            ref: A full name.
            object_id: All digits.
            expected: What it must name now; all zeros: it must not exist;
                None: whatever it names.

        Raises:
            RefMoved: It names something else.
            RepositoryLocked: Another git has locked it, or one that died.
        """
        from releasio.errors.git.commands import RefMoved

        values = [object_id] if expected is None else [object_id, expected]
        outcome = self.change_ref(ref, ref, *values)
        if outcome.status:
            raise RefMoved(ref, outcome.err.removeprefix("fatal: "))

    def delete_ref(self, ref: str) -> None:
        """
        Remove *ref*; one that is not there is removed already.

        Raises:
            RepositoryLocked: Another git has locked it, or one that died.
        """
        outcome = self.change_ref(ref, "-d", ref)
        if outcome.status:
            raise failed(("update-ref",), outcome)

    def create_tag_ref(self, name: str, object_id: str) -> None:
        """
        Name *object_id* as tag *name*; done already if it is so.

        Raises:
            TagTaken: The tag names something else.
            RepositoryLocked: Another git has locked it, or one that died.
        """
        from releasio.errors.git.commands import RefMoved
        from releasio.errors.git.push import TagTaken

        ref = TAGS + name
        try:
            self.set_ref(ref, object_id, expected="0" * len(object_id))
        except RefMoved:
            current_id = self.read_ref(ref)
            if current_id is None:
                raise
            if current_id != object_id:
                raise TagTaken(name, found=current_id, wanted=object_id) from None

"""Refs that are moved: what keeps a release alive, and its tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.world.git.place import TAGS
from releasio.world.git.process import failed
from releasio.world.landing.locking import Locking

if TYPE_CHECKING:
    from releasio.world.git.refs import Refs


@frozen
class RefChanges(Locking):
    """
    Moving refs.

    Attributes:
        place: The repository.
        refs: Reads its refs.
    """

    refs: Refs

    def point(self, ref: str, object_id: str, *, expected: str | None = None) -> None:
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

    def delete(self, ref: str) -> None:
        """
        Remove *ref*; one that is not there is removed already.

        Raises:
            RepositoryLocked: Another git has locked it, or one that died.
        """
        outcome = self.change_ref(ref, "-d", ref)
        if outcome.status:
            raise failed(("update-ref",), outcome)

    def create_tag(self, name: str, object_id: str) -> None:
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
            self.point(ref, object_id, expected="0" * len(object_id))
        except RefMoved:
            current_id = self.refs.read(ref)
            if current_id is None:
                raise
            if current_id != object_id:
                raise TagTaken(name, found=current_id, wanted=object_id) from None

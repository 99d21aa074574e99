"""What owners do on the index's pages: open an account, and say which job may publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.store import Pending, User

if TYPE_CHECKING:
    from releasio.standins.store import Identity, Records


def open_account(records: Records, name: str) -> str:
    """Make sure that there is a user called *name*, and return it."""
    records.users.setdefault(name, User(name=name))
    return name


def expect(records: Records, identity: Identity, project: str) -> None:
    """
    Let the first mint of *identity* create *project*.

    Raises:
        ValueError: It waits for another one already.
    """
    if any(pending.identity == identity for pending in records.pending):
        msg = "there is a pending publisher with this identity already"
        raise ValueError(msg)
    records.pending.append(Pending(identity=identity, project=project))

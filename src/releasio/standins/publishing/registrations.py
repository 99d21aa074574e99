"""What owners do on the index's pages: open projects, and say which jobs may publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from releasio.standins.store import Pending, Project, Publisher, User

if TYPE_CHECKING:
    from releasio.standins.store import Identity, Records


def open_account(records: Records, name: str) -> str:
    """Make sure that there is a user called *name*, and return it."""
    records.users.setdefault(name, User(name=name))
    return name


def open_project(records: Records, name: str, owner: str) -> None:
    """Create a project in the hands of *owner*; an existing one stays as it is."""
    open_account(records, owner)
    if canonicalize_name(name) not in records.projects:
        records.serial += 1
        made = Project(name=name, owner=owner, born=records.serial)
        records.projects[canonicalize_name(name)] = made


def trust(records: Records, who: Identity, project: str, owner: str) -> None:
    """Let *who* publish *project*, which is created if need be."""
    open_project(records, project, owner)
    for publisher in records.publishers:
        if publisher.identity == who:
            publisher.projects = sorted({*publisher.projects, canonicalize_name(project)})
            return
    records.publishers.append(Publisher(identity=who, projects=[canonicalize_name(project)]))


def expect(records: Records, who: Identity, project: str) -> None:
    """
    Let the first mint of *who* create *project*.

    Raises:
        ValueError: It waits for another one already.
    """
    if any(pending.identity == who for pending in records.pending):
        msg = "there is a pending publisher with this identity already"
        raise ValueError(msg)
    records.pending.append(Pending(identity=who, project=project))

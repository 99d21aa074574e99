"""The git remote that a branch is pushed to, and what it has."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class Remote:
    """Where the branch is pushed to."""

    name: str
    url: str


@frozen
class PublicTag:
    """A tag of the remote: the object it names, and the commit that this stands for."""

    object_id: str
    commit: str


@frozen
class PublicRefs:
    """
    What the remote has, read once.

    Attributes:
        tags: By name.
        heads: The commit of each branch.
    """

    tags: Mapping[str, PublicTag] = MappingProxyType({})
    heads: Mapping[str, str] = MappingProxyType({})


def tag_refs(tag: str) -> tuple[str, str]:
    """Return what a remote is asked for *tag*: its ref, and the commit of an annotated one."""
    return f"refs/tags/{tag}", f"refs/tags/{tag}^{{}}"


def refs_of(public: PublicRefs) -> dict[str, str]:
    """Return what *public* has by full names, each tag with its commit."""
    tags = {f"refs/tags/{name}": tag.commit for name, tag in public.tags.items()}
    return {**tags, **{f"refs/heads/{name}": commit for name, commit in public.heads.items()}}


def commit_of_tag(refs: Mapping[str, str], tag: str) -> str | None:
    """Return the commit that *tag* names among the *refs* of a remote; None: it is not there."""
    ref, peeled = tag_refs(tag)
    return refs.get(peeled) or refs.get(ref)

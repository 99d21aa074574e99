"""Refs as they are: tags, branches, and the private ones that keep a release alive."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from releasio.frozen import frozen
from releasio.world.git.place import BRANCHES, LIST_REFS, TAGS, Part
from releasio.world.git.process import failed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from releasio.world.git.process import Outcome

_NAME = "--format=%(refname:strip=2)"
_TREES = "--format=%(tree)%(*tree) %(refname:strip=2)"  # one of them is empty: an annotated tag's
_ON_A_COMMAND_LINE = 200  # names; Windows takes 32,767 characters
_LISTED = (TAGS, BRANCHES)


class TagRef(NamedTuple):
    """A tag by name, and the object it names: the tag object if it is annotated."""

    name: str
    object_id: str


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


class Refs(Part):
    """Reading refs: from a listing where everything is read once, from git itself elsewhere."""

    def listing(self) -> Listing | None:
        """Return the refs if they are read once, else None."""
        return self.place.answer(LIST_REFS, _listing_in) if self.place.read_once else None

    def read(self, ref: str) -> str | None:
        """Return the object that *ref*, a full name, names; None if there is no such ref."""
        if ref.startswith(_LISTED) and (listing := self.listing()):
            return listing.objects.get(ref)
        args = ("rev-parse", "--verify", "--quiet", "--end-of-options", ref)
        return self.process.ask(*args).text or None

    def read_symbolic(self, ref: str) -> str:
        """Return the ref that *ref*, the HEAD of a remote, stands for; empty: nothing."""
        if (listing := self.listing()) and (ref in listing.targets or not self._may_dangle(ref)):
            return listing.targets.get(ref, "")
        return self.process.ask("symbolic-ref", "--quiet", ref).text

    def below(self, *prefixes: str) -> dict[str, str]:
        """Return the refs that are or are below *prefixes*, with the object each names."""
        is_listed = all(prefix.startswith(_LISTED) for prefix in prefixes)
        if is_listed and (listing := self.listing()):
            folders = tuple(f"{prefix.rstrip('/')}/" for prefix in prefixes)
            return {
                ref: object_id
                for ref, object_id in listing.objects.items()
                if ref in prefixes or ref.startswith(folders)
            }
        outcome = self.process.run("for-each-ref", "--format=%(objectname) %(refname)", *prefixes)
        lines = (line.partition(" ") for line in outcome.text.split("\n") if line)
        return {ref: object_id for object_id, _, ref in lines}

    def tags(self) -> tuple[TagRef, ...]:
        """Return all tags, unpeeled: peeling 12,000 of them would take 130 ms."""
        ids = self.below(TAGS)
        return tuple(TagRef(ref[len(TAGS) :], object_id) for ref, object_id in ids.items())

    def tags_at(self, commit: str) -> tuple[str, ...]:
        """Return the names of the tags that stand for *commit*, annotated or not."""
        outcome = self.process.run("for-each-ref", f"--points-at={commit}", _NAME, TAGS)
        return tuple(outcome.text.split("\n")) if outcome.out else ()

    def tags_containing(self, commit: str, names: Collection[str]) -> tuple[str, ...]:
        """Return those of the tags *names* whose commit is *commit* or descends from it."""
        patterns = _patterns(names)
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

    def reachable_tags(self, *commits: str) -> Collection[str]:
        """Return the names of the tags that any of *commits*, which must be there, contains."""
        merged = [f"--merged={commit}" for commit in commits]
        outcome = self.process.run("for-each-ref", *merged, _NAME, TAGS)
        return set(outcome.text.split("\n"))

    def twins(
        self, names: Collection[str], commit: str, since: str | None = None
    ) -> dict[str, str]:
        """
        Return, of tags that *commit* does not contain, the commits that stand for them there.

        Who tags the commit of a pull request and then squashes it has two commits with the same
        files, and the tag on the one that is on no branch.

        Args:
            names: Of the tags.
            commit: Where the history begins.
            since: A revision: it, and what it contains, is left out.

        Returns:
            Names of tags, each with the newest commit that has its files, changed some to get
            there, and is not contained in the tag itself.
        """
        if not names:
            return {}
        wanted: dict[str, list[str]] = {}
        listed = self.process.run("for-each-ref", _TREES, *_patterns(names)).text
        for line in listed.split("\n"):
            tree, _, name = line.partition(" ")
            if tree and name in names:
                wanted.setdefault(tree, []).append(name)
        exclude = [f"^{since}"] if since else []
        log = ("log", "--no-show-signature", "--format=%T %H", "--end-of-options")
        twins: dict[str, str] = {}
        for line in self.process.run(*log, commit, *exclude, "--").text.split("\n"):
            tree, _, candidate = line.partition(" ")
            if tree in wanted and self._changes_files(candidate, tree):
                for name in wanted.pop(tree):
                    if not self.tags_containing(candidate, [name]):
                        twins[name] = candidate
        return twins

    def _changes_files(self, commit: str, tree: str) -> bool:
        """Whether *commit*, whose files *tree* is, is not one that changes nothing."""
        return (
            self.process.ask("rev-parse", "--quiet", "--verify", f"{commit}^^{{tree}}").text != tree
        )

    def places(self, names: Collection[str], commit: str) -> dict[str, str]:
        """Return those of the tags *names* that count at *commit*, each with where it does."""
        if not names:
            return {}
        reachable, peeled = self.reachable_tags(commit), self.peeled_tags()
        places = {name: peeled[name] for name in names if name in reachable and name in peeled}
        return places | self.twins([name for name in names if name not in places], commit)

    def peeled_tags(self) -> dict[str, str]:
        """Return every tag's name with the commit, or other object, it stands for in the end."""
        object_ids: dict[str, str] = {}
        outcome = self.process.ask("show-ref", "--tags", "--dereference")  # status 1: there is none
        for line in outcome.out.decode("utf-8", "surrogateescape").splitlines():
            object_id, _, ref = line.partition(" ")
            name = ref[len(TAGS) :].removesuffix("^{}")
            object_ids[name] = object_id  # the peeled line comes second
        return object_ids

    def _may_dangle(self, ref: str) -> bool:
        """Tell whether the symbolic *ref* may be there, though what it stands for is not."""
        places = (ref, "reftable")  # a file of its own, and a table of all
        return any((self.place.directory / place).exists() for place in places)


def _patterns(names: Collection[str]) -> list[str]:
    """Return what asks for the tags *names*, or for all where these are too many."""
    fits = 0 < len(names) <= _ON_A_COMMAND_LINE
    return [TAGS + name for name in names] if fits else [TAGS]


def _listing_in(outcome: Outcome) -> Listing:
    if outcome.status:
        raise failed(LIST_REFS, outcome)
    lines = [line.split(" ", 2) for line in outcome.text.split("\n") if line]
    targets = {ref: mark[1:] for _, ref, mark in lines if len(mark) > 1}
    current = next((ref for _, ref, mark in lines if mark[0] == "*"), None)
    return Listing({ref: id_ for id_, ref, _ in lines}, targets, current)

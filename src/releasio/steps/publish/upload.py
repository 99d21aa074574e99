"""Bring the built files to the index, each once, by hash."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from releasio.errors.base import Problems, raise_all, together
from releasio.errors.index.answers import told_once
from releasio.errors.index.release import FileDiffers, NotAsTagged, ReleaseClosed, VersionOnIndex
from releasio.frozen import frozen
from releasio.rules.index.closed import project_closed
from releasio.rules.index.going_on import command_after
from releasio.rules.index.late_files import open_until
from releasio.steps.step import Blocked, Done, State, Todo

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence
    from pathlib import Path

    from releasio.auth.chain import Policy
    from releasio.rules.contents.record import BuiltFile
    from releasio.rules.index.registry import Registry
    from releasio.rules.index.simple import IndexFile
    from releasio.world.run import Run
    from releasio.world.world import World

    Fields = Sequence[tuple[str, str]]


UPLOAD_MARK = "upload:"


@frozen
class Delivery:
    """
    The files of one version, and the index they belong on.

    Attributes:
        registry: Where to.
        project: The project's name.
        version: In PEP 440 normal form.
        files: What was built; `None` in a preview before the build.
        folder: Where the files lie; `None` likewise.
        named: File name to sha256 as the tag says, when the tag is public already.
        check_existing: Ask before the build whether the version is free.
        tag: The release's tag; empty: it has none.
        staging: It is looked at there before it goes on to the index it is for.
    """

    registry: Registry
    project: str
    version: str
    files: tuple[BuiltFile, ...] | None = None
    folder: Path | None = None
    named: Mapping[str, str] | None = None
    check_existing: bool = True
    tag: str = ""
    staging: bool = False

    def on_index(self, world: World) -> dict[str, IndexFile]:
        """Return what the index has of this version, by file name."""
        found = world.index(self.registry).files(self.project, self.version) or ()
        return {file.name: file for file in found}

    def missing(self, world: World) -> tuple[BuiltFile, ...]:
        """
        Return the files the index lacks.

        Raises:
            NotAsTagged: What was built is not what the public tag names.
            FileDiffers: The index has a file of that name with other bytes.
            Problems: Several are not what they should be.
        """
        if self.files is None:
            return ()
        there = self.on_index(world)
        self._compare_with_tag(there)
        index = world.index(self.registry)
        errors: list[FileDiffers] = []
        for file in self.files:
            if file.name not in there:
                continue
            found = index.sha256_of(there[file.name])
            if found != file.sha256:
                # a download each; one file shows how builds come out differently
                how = "" if errors else self._how(world, there[file.name])
                errors.append(self.differs(file.name, here=file.sha256, there=found, how=how))
        raise_all(errors)
        return tuple(file for file in self.files if file.name not in there)

    def differs(self, name: str, *, here: str, there: str, **more: str) -> FileDiffers:
        """Return the error for a file that the index has with other bytes."""
        registry, version = self.registry.name, self.version
        more["command"] = command_after(version)
        return FileDiffers(name, registry, here=here, there=there, version=version, **more)

    def _how(self, world: World, there: IndexFile) -> str:
        """Say what in the file here is not as in the one *there*."""
        from releasio.world.index.aside import how_it_differs

        return how_it_differs(world.index(self.registry), there, self.folder) if self.folder else ""

    def _compare_with_tag(self, there: Container[str]) -> None:
        """What the public tag names, and nothing else, is here or on the index already."""
        if not self.named:
            return
        here = {file.name: file.sha256 for file in self.files or ()}
        tagged, wanted = self.named, {name for name in self.named if name not in there}
        command = command_after(self.version)
        raise_all(
            [
                NotAsTagged(name, here=here.get(name), tagged=tagged.get(name), command=command)
                for name in sorted({*here, *wanted})
                if here.get(name) != tagged.get(name)
            ]
        )


def upload_mark(registry: Registry) -> str:
    """Return what the journal knows uploads to *registry* by."""
    return f"{UPLOAD_MARK}{registry.upload}"


@frozen
class Upload:
    """
    Upload what the index lacks; a file that is there with the same hash is done.

    Attributes:
        delivery: What goes where.
        policy: Which kinds of credentials are used.
        parallel: How many files are sent at the same time, after the first.
    """

    delivery: Delivery
    policy: Policy
    parallel: int = 8

    def __str__(self) -> str:
        made = self.delivery
        return (
            f"upload {made.project} {made.version} to {made.registry.name} ({made.registry.upload})"
        )

    @property
    def tag(self) -> str:
        """The release it is of."""
        return self.delivery.tag

    @property
    def mark(self) -> str:
        """The upload address: with the tag it says which upload this is."""
        return upload_mark(self.delivery.registry)

    def probe(self, world: World) -> State:
        """Compare names and hashes with what the index has."""
        if world.offline:
            return Todo("the index was not asked")
        made = self.delivery
        if made.files is None and not made.check_existing:
            return Todo("not asked: publish.check_existing_version = false")
        state = self._forecast(world) if made.files is None else self._left(world, len(made.files))
        standing = world.index(made.registry).standing(made.project)
        if isinstance(state, Todo) and not standing.takes_files:
            return Blocked(project_closed(made.project, made.registry, standing))
        return state

    def _left(self, world: World, files: int) -> State:
        missing = self.delivery.missing(world)
        if not missing:
            return Done("every file is on the index with the same sha256")
        told = f"{len(missing)} of {files} files are left"
        if len(missing) == files:
            return Todo(told)
        return self._late(world, self.delivery.on_index(world), [f.name for f in missing], told)

    def _forecast(self, world: World) -> State:
        there = self.delivery.on_index(world)
        made = self.delivery
        if made.named is not None:
            whose = "the release's tag names"
            if errors := [
                made.differs(name, here=made.named[name], there=file.sha256, whose=whose)
                for name, file in there.items()
                if name in made.named and file.sha256 not in {None, made.named[name]}
            ]:
                return Blocked(together(errors))
            told = f"{len(there)} of {len(made.named) or 'its'} files are there"
            return self._late(world, there, sorted(made.named.keys() - there), told)
        if there:
            return Blocked(
                VersionOnIndex(made.project, made.version, made.registry.name, len(there))
            )
        return Todo(f"{made.version} is free on {made.registry.name}")

    def _late(
        self, world: World, there: Mapping[str, IndexFile], missing: Sequence[str], told: str
    ) -> State:
        """Say how long the index takes the files that are *missing* yet."""
        made = self.delivery
        until = open_until(made.registry, there.values())
        if until is None or not missing:
            return Todo(told)
        if until <= world.clock():
            name = made.registry.name
            facts = (made.project, made.version, name, missing)
            command = command_after(made.version)
            return Blocked(ReleaseClosed(*facts, since=until, command=command))
        return Todo(f"{told}; {made.registry.name} takes the rest until {until:%Y-%m-%d %H:%M} UTC")

    def apply(self, world: World, run: Run) -> None:
        """
        Upload the first file alone, which says what the release needs; then the rest.

        How far it came is in `run.uploads`, however it ends. A minted token is given back.

        Raises:
            UploadRefused: The index said no, in its own words.
            IndexUnreachable: It did not answer after several tries.
            Problems: Several files failed, each for a reason of its own.
        """
        from releasio.rules.index.tally import Tally
        from releasio.world.crew import Crew

        made, missing = self.delivery, self.delivery.missing(world)
        tasks = self._tasks(world, run, sorted(missing, key=turn))
        there = {file.name for file in made.files or ()} - {file.name for file in missing}
        names = tuple(file.name for file in made.files or ())
        run.uploads[made.registry] = Tally(made.registry.name, names, there)
        world.screen.expect({file.name: file.size for file in missing})
        # where some files are there already, the release exists
        alone = not there
        try:
            Crew(tasks[:alone], 1).work()
            Crew(tasks[alone:], self.parallel).work()
        except Problems as several:
            raise_all(told_once(several.problems))
        finally:
            run.give_back(made.registry)

    def _tasks(
        self, world: World, run: Run, files: Sequence[BuiltFile]
    ) -> list[Callable[[Callable[[], None]], None]]:
        """Return the upload of each file; all of them are readable, or nothing is sent."""
        from releasio.auth.renewal import Renewal
        from releasio.world.build.metadata import upload_fields

        made = self.delivery
        if made.folder is None:
            msg = "an upload needs built files"
            raise RuntimeError(msg)
        authority = Renewal(run, made.registry, self.policy, made.project)
        index = world.index(made.registry)

        def send(file: BuiltFile, path: Path, fields: Fields, go_on: Callable[[], None]) -> None:
            tally = run.uploads[made.registry]
            with tally.sending(file.name) as sent:
                index.upload(
                    path, fields, authority, sha256=file.sha256, go_on=go_on, handed_over=sent
                )
            world.screen.line(f"{file.name} is stored")

        paths = {file: made.folder / file.name for file in files}
        attested = run.attestations.get(made.registry, {})
        return [
            partial(send, file, path, (*upload_fields(path), *_along(attested.get(file.name))))
            for file, path in paths.items()
        ]


def _along(attestation: str | None) -> Fields:
    """Return the form's field for an attestation: a list of them."""
    return () if attestation is None else (("attestations", f"[{attestation}]"),)


def turn(file: BuiltFile) -> tuple[bool, int]:
    """
    Order files for upload: wheels first, the small ones before the large.

    An installer that finds the sdist alone would build it; a refusal of the first
    file is cheaper the smaller it is.
    """
    return file.kind == "sdist", file.size

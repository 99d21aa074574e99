"""Bring the built files to the index, each once, by hash."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from packaging.version import Version

from releasio.errors.base import Problems, raise_all, together
from releasio.frozen import frozen
from releasio.steps.step import Blocked, Done, State, Todo, needed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from releasio.rules.contents.record import BuiltFile
    from releasio.rules.credentials.policy import Policy
    from releasio.rules.index.registry import Registry
    from releasio.rules.index.simple import IndexFile
    from releasio.steps.publish.delivery import Delivery
    from releasio.world.run import Run
    from releasio.world.world import World

    Fields = Sequence[tuple[str, str]]


UPLOAD_MARK = "upload:"


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
        delivery = self.delivery
        registry = delivery.registry
        return (
            f"upload {delivery.project} {delivery.version} to {registry.name} ({registry.upload})"
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
        delivery = self.delivery
        if delivery.files is None and not delivery.check_existing:
            return Todo("not asked: publish.check_existing_version = false")
        if delivery.files is None:
            state = self._forecast_state(world)
        else:
            state = self._remaining_state(world, len(delivery.files))
        standing = world.index(delivery.registry).standing(delivery.project)
        if isinstance(state, Todo) and not standing.takes_files:
            from releasio.rules.index.closed import project_closed

            return Blocked(project_closed(delivery.project, delivery.registry, standing))
        return state

    def _remaining_state(self, world: World, file_count: int) -> State:
        missing_files = self.delivery.missing(world)
        if not missing_files:
            return Done("every file is on the index with the same sha256")
        summary = f"{len(missing_files)} of {file_count} files are left"
        if len(missing_files) == file_count:
            return Todo(summary)
        missing_names = [file.name for file in missing_files]
        return self._late_state(world, self.delivery.on_index(world), missing_names, summary)

    def _forecast_state(self, world: World) -> State:
        delivery = self.delivery
        index_files = delivery.on_index(world)
        if delivery.named is not None:
            source = "the release's tag names"
            if errors := [
                delivery.differs(name, expected=tag_hash, actual=file.sha256, whose=source)
                for name, file in index_files.items()
                if (tag_hash := delivery.named.get(name)) and file.sha256 not in {None, tag_hash}
            ]:
                return Blocked(together(errors))
            summary = f"{len(index_files)} of {len(delivery.named) or 'its'} files are there"
            missing_names = sorted(delivery.named.keys() - index_files)
            return self._late_state(world, index_files, missing_names, summary)
        if index_files:
            name, count = delivery.registry.name, len(index_files)
            from releasio.errors.index.release import VersionOnIndex

            return Blocked(VersionOnIndex(delivery.project, delivery.version, name, count))
        from releasio.rules.index.previous_release import newer_release

        all_files = world.index(delivery.registry).files(delivery.project) or ()
        newer = newer_release(all_files, delivery.project, Version(delivery.version))
        whose = f", whose newest release is {newer}" if newer else ""
        return Todo(f"{delivery.version} is free on {delivery.registry.name}{whose}")

    def _late_state(
        self, world: World, files: Mapping[str, IndexFile], missing_names: list[str], summary: str
    ) -> State:
        """Say how long the index takes the files that it lacks."""
        delivery = self.delivery
        from releasio.rules.index.late_files import open_until

        until = open_until(delivery.registry, files.values())
        if until is None or not missing_names:
            return Todo(summary)
        if until <= world.clock():
            from releasio.errors.index.release import ReleaseClosed
            from releasio.rules.index.advice import command_after

            name = delivery.registry.name
            facts = (delivery.project, delivery.version, name, missing_names)
            command = command_after(delivery.version)
            return Blocked(ReleaseClosed(*facts, since=until, command=command))
        return Todo(
            f"{summary}; {delivery.registry.name} takes the rest until {until:%Y-%m-%d %H:%M} UTC"
        )

    def apply(self, world: World, run: Run) -> None:
        """
        Upload the first file alone, which says what the release needs; then the rest.

        How far it came is in `run.uploads`, however it ends. A minted token is given back.

        Raises:
            UploadRefused: The index said no, in its own words.
            IndexUnreachable: It did not answer after several tries.
            Problems: Several files failed, each for a reason of its own.
        """
        from releasio.rules.index.upload_progress import UploadProgress
        from releasio.world.parallel import Workers

        delivery, missing_files = self.delivery, self.delivery.missing(world)
        tasks = self._tasks(world, run, sorted(missing_files, key=turn))
        names = tuple(file.name for file in delivery.files or ())
        present_names = {*names} - {file.name for file in missing_files}
        run.uploads[delivery.registry, delivery.project] = UploadProgress(
            delivery.registry.name, names, present_names
        )
        world.screen.expect({file.name: file.size for file in missing_files})
        # where some files are there already, the release exists
        alone = not present_names
        try:
            Workers(tasks[:alone], 1).work()
            Workers(tasks[alone:], self.parallel).work()
        except Problems as error:
            from releasio.errors.index.answers import told_once

            raise_all(told_once(error.problems))
        finally:
            run.give_back(delivery.registry)

    def _tasks(
        self, world: World, run: Run, files: Sequence[BuiltFile]
    ) -> list[Callable[[Callable[[], None]], None]]:
        """Return the upload of each file; all of them are readable, or nothing is sent."""
        from releasio.auth.renewal import Renewal
        from releasio.world.build.metadata import upload_fields

        delivery = self.delivery
        folder = needed(delivery.folder, "an upload needs built files")
        authority = Renewal(run, delivery.registry, self.policy, delivery.project)
        index = world.index(delivery.registry)

        def send(file: BuiltFile, path: Path, fields: Fields, go_on: Callable[[], None]) -> None:
            progress = run.uploads[delivery.registry, delivery.project]
            with progress.sending(file.name) as mark_sent:
                index.upload(
                    path, fields, authority, sha256=file.sha256, go_on=go_on, handed_over=mark_sent
                )
            world.screen.line(f"{file.name} is stored")

        paths = {file: folder / file.name for file in files}
        attestations = run.attestations.get(delivery.registry, {})

        def fields_of(file: BuiltFile, path: Path) -> Fields:
            return (*upload_fields(path), *_attestation_field(attestations.get(file.name)))

        return [partial(send, file, path, fields_of(file, path)) for file, path in paths.items()]


def _attestation_field(attestation: str | None) -> Fields:
    """Return the form's field for an attestation: a list of them."""
    return () if attestation is None else (("attestations", f"[{attestation}]"),)


def turn(file: BuiltFile) -> tuple[bool, int]:
    """
    Order files for upload: wheels first, the small ones before the large.

    An installer that finds the sdist alone would build it; a refusal of the first
    file is cheaper the smaller it is.
    """
    return file.kind == "sdist", file.size

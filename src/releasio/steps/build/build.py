"""Build, check and record the distributions of the release commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.version import Version

from releasio.errors.base import raise_all, together
from releasio.frozen import frozen
from releasio.rules.running.plain_file import FOLDER
from releasio.steps.prepare.open_tree import remove_leftovers
from releasio.steps.step import Blocked, Done, State, Todo, needed
from releasio.world.plain_file import what_is

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.errors.base import ReleasioError
    from releasio.steps.build.artefacts import Artefacts
    from releasio.world.build.isolated.site import Site
    from releasio.world.run import Run
    from releasio.world.world import World

# what the check loads, imported while the backend works
_FOR_THE_CHECK = (
    "releasio.world.build.archive",
    "releasio.world.build.twine_opinion",
    "releasio.world.build.lfs",
    "releasio.world.build.description",
    "twine.package",
    "trove_classifiers",
)


@frozen
class Build:
    """Build sdist and wheel from exactly the release commit."""

    artefacts: Artefacts

    def __str__(self) -> str:
        if self.artefacts.hook:
            return f"build the release commit with hook build: {self.artefacts.hook}"
        version = self.artefacts.version
        version_remark = f", with {version} written into it" if self.artefacts.edits else ""
        return f"build sdist and wheel of the release commit{version_remark} in isolation"

    def probe(self, world: World) -> State:
        """Done when all files are there; blocked where they cannot go, or not be built."""
        artefacts, state = self.artefacts, self.artefacts.state(world)
        if artefacts.out and (obstacle := what_is(artefacts.out)) not in {FOLDER, None}:
            from releasio.errors.git.surroundings import LinkInTheWay

            return Blocked(LinkInTheWay(str(artefacts.out), obstacle or ""))
        if (
            artefacts.named
            and isinstance(state, Todo)
            and self._fetched_files(world) == artefacts.named.keys()
        ):
            return Done("every file was on the index")
        if artefacts.submodules and isinstance(state, Todo):
            from releasio.errors.git.checkout import SubmoduleMissing

            try:
                world.git.submodules.require(artefacts.commit or "HEAD")
            except SubmoduleMissing as error:
                return Blocked(error)
        return state

    def apply(self, world: World, run: Run) -> None:
        """
        Build into a staging folder beside the final one.

        Raises:
            BuildFailed: The build backend, or the hook, gave up.
            NothingBuilt: It ended well and left no distribution.
        """
        from releasio.world.processes.ahead import Ahead

        commit = needed(self.artefacts.commit, "a build needs the release commit")
        try:
            site = self._site(world, run, commit)
            with Ahead("releasio.world.build.builder"):  # 0.1 s, while git works
                world.git.private_clone.part_with(site.root, commit, self.artefacts.tag, site.epoch)
            self._fill(world, site)
        finally:
            run.close_site()

    def _site(self, world: World, run: Run, commit: str) -> Site:
        """Return where the commit is built; its environment is in the making from then on."""
        from releasio.world.build.isolated.site import Site

        artefacts, early = self.artefacts, run.site
        is_plain = not (artefacts.hook or artefacts.submodules or artefacts.edits)
        wanted = (commit, artefacts.folder)
        if early and early.begun and is_plain and (early.commit, early.folder) == wanted:
            return early
        run.close_site()
        remove_leftovers(world)
        run.site = site = Site(world, commit, artefacts.folder)
        if artefacts.submodules:
            world.git.submodules.fill(commit, site.root)
        for edit in artefacts.edits:
            (site.root / edit.path).write_bytes(edit.after)
        if artefacts.hook is None:
            site.begin()
        return site

    def _fill(self, world: World, site: Site) -> None:
        """Build what is in the staging folder in the end, beside what was fetched from an index."""
        from releasio.world.build.digest import sha256_of

        kept_files, fetched_files = self.artefacts.kept(world), self._fetched_files(world)
        staging = kept_files.empty_staging(but=fetched_files)
        build_folder = staging / "built"
        build_folder.mkdir()
        for path in self._build(world, site, build_folder):
            if path.name not in fetched_files:
                path.replace(staging / path.name)
            elif sha256_of(path) != sha256_of(staging / path.name):
                world.screen.note(
                    f"{path.name} built here is not the one on the index, which stays the release's"
                )
        kept_files.empty_staging(but={path.name for path in staging.iterdir()})

    def _fetched_files(self, world: World) -> frozenset[str]:
        """Return the files that were taken from an index, as the tag names them."""
        tag_hashes = self.artefacts.named
        return self.artefacts.kept(world).fetched(tag_hashes) if tag_hashes else frozenset()

    def _build(self, world: World, site: Site, out: Path) -> tuple[Path, ...]:
        from releasio.world.build import builder
        from releasio.world.processes.ahead import Ahead

        artefacts = self.artefacts
        if site.begun is not None:
            with Ahead(*_FOR_THE_CHECK):
                return builder.finish(
                    site.begun, out, override=artefacts.override, look=self._load_checks
                )
        return builder.build_with_hook(
            artefacts.hook or "",
            dict(artefacts.variables),
            site.source,
            out,
            epoch=site.epoch,
            env={**world.env, **artefacts.override},
            screen=world.screen,
        )

    def _load_checks(self, sdist: Path) -> None:
        from releasio.world.build.archive import load_checks

        if self.artefacts.strict:
            load_checks(sdist)


@frozen
class Check:
    """Check everything about the built files that can be known before they are public."""

    artefacts: Artefacts

    def __str__(self) -> str:
        artefacts = self.artefacts
        release = f"{artefacts.project} {artefacts.version}"
        return f"check names, metadata and descriptions: {release} throughout"

    def probe(self, world: World) -> State:
        """Done when the recorded files are there; blocked by what is known before the build."""
        state = self.artefacts.state(world)
        errors = self._changelog_errors(world) if isinstance(state, Todo) else ()
        return Blocked(together(errors)) if errors else state

    def apply(self, world: World, run: Run) -> None:
        """
        Check the staged files.

        Raises:
            Problems: What the index would refuse, or what contradicts the tag,
                all of it at once.
        """
        from releasio.world.build.archive import inspect

        artefacts = self.artefacts
        inspection = inspect(
            artefacts.kept(world).staged(),
            project=artefacts.project,
            version=artefacts.version,
            public=artefacts.public,
            strict=artefacts.strict,
        )
        for remark in inspection.remarks:
            world.screen.note(remark)
        errors = (*self._pointer_errors(world), *self._changelog_errors(world))
        raise_all((*inspection.errors, *errors))

    def _pointer_errors(self, world: World) -> tuple[ReleasioError, ...]:
        """Look for files that Git LFS did not fetch and that were packaged all the same."""
        from releasio.world.build.lfs import packaged_pointers

        artefacts = self.artefacts
        if artefacts.commit is None:
            return ()
        from releasio.errors.files.archive import LfsPointerPackaged

        staged_files = artefacts.kept(world).staged()
        pointers = packaged_pointers(world.git, artefacts.commit, staged_files)
        return tuple(LfsPointerPackaged(name, members) for name, members in pointers.items())

    def _changelog_errors(self, world: World) -> tuple[ReleasioError, ...]:
        """Look for the version in the changelog of the release commit, if there is one."""
        artefacts = self.artefacts
        if artefacts.changelog is None or artefacts.commit is None:
            return ()
        from releasio.errors.project.changelog import ChangelogBehind
        from releasio.rules.changelog.changelog import open_heading, section_of
        from releasio.rules.changelog.markup.chosen import markup_of
        from releasio.rules.changelog.markup.markdown_markup import MARKDOWN

        path, settings = artefacts.changelog
        content = world.git.objects.read_files(artefacts.commit, [path])[path]
        if content is None:
            error = ChangelogBehind(path, artefacts.version, committed=False)
            return (error,) if (world.git.root / path).is_file() else ()
        text = content.decode("utf-8", "replace")
        version = Version(artefacts.version)
        markup = markup_of(path, text) or MARKDOWN
        if section_of(text, version, settings, markup) is not None:
            return ()
        still_open = open_heading(text, version, markup)
        return (ChangelogBehind(path, artefacts.version, still_open=still_open),)


@frozen
class Record:
    """Write down names, sizes and hashes, and make the staged files the release's."""

    artefacts: Artefacts

    def __str__(self) -> str:
        return "record names, sizes and sha256 of the files in releasio.json"

    def probe(self, world: World) -> State:
        """Done when the record is there and every file agrees with it."""
        return self.artefacts.state(world)

    def apply(self, world: World, run: Run) -> None:
        """Write the record last, so that it never names a file that is not there."""
        artefacts = self.artefacts
        commit = needed(artefacts.commit, "a record needs the release commit")
        artefacts.kept(world).accept(
            project=artefacts.project,
            version=artefacts.version,
            tag=artefacts.tag,
            commit=commit,
            epoch=world.git.history.commit(commit).time,
        )

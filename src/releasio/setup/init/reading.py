"""Reads what is there: the work tree, not a commit, for a new project may have none."""

from __future__ import annotations

from datetime import timedelta
from functools import cache, partial
from typing import TYPE_CHECKING

from releasio.release.reading.default_branch import default_branch
from releasio.release.reading.forge.place import read_place
from releasio.release.reading.project.manifests import manifest_at
from releasio.rules.bump.channel import tag_form_of
from releasio.rules.changes.read_promises import read_promises
from releasio.rules.forge.place import forge_place
from releasio.rules.project.changelog_file import changelog_name, changelog_names
from releasio.rules.project.import_package import ROOTS
from releasio.rules.project.manifest import read_manifest
from releasio.rules.project.project_files import MANIFEST, SETUP_PY, ProjectFiles
from releasio.rules.project.project_name import module_name, normalized_name
from releasio.rules.project.toml_string import value_at
from releasio.rules.running.plain_file import FILE, FOLDER
from releasio.rules.versions.tag_choice import Owner
from releasio.rules.workflow.gitlab.pipeline import pipeline_jobs
from releasio.rules.workflow.gitlab.uploads import pipeline_uploads
from releasio.rules.workflow.publishing import find_uploads
from releasio.setup.adoption.adoption import find_tools
from releasio.setup.init.changelogs import find_changelog
from releasio.setup.init.needs_of_tests import install_commands
from releasio.setup.init.project import Clone, Contents, Project
from releasio.setup.reading.indexes import read_indexes
from releasio.setup.reading.pipeline import read_pipeline
from releasio.setup.reading.workflows import read_workflows
from releasio.setup.recipes.recipe import ACTION, action_of
from releasio.text.pattern import pattern
from releasio.world.git.place import BRANCHES
from releasio.world.plain_file import read_plain, what_is

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from packaging.version import Version

    from releasio.config.reading.load import Settings
    from releasio.config.tables.model import Config, VersionConfig
    from releasio.rules.index.registry import Registry
    from releasio.rules.project.manifest import Manifest
    from releasio.rules.versions.tag_form import TagForm
    from releasio.world.world import World

_READMES = ("README.md", "README.rst", "README.txt", "README")
_COMPILING = ("maturin", "mesonpy", "scikit_build_core")
_COMPILED_BY = (("cibuildwheel",), ("setuptools-rust",), ("setuptools", "ext-modules"))
_EXTENSIONS = pattern(r"\b(?:ext_modules|rust_extensions|cffi_modules)\s*=")
_TESTS = ("test_*.py", "*_test.py")


def read_project(
    folder: Path,
    settings: Settings,
    env: Mapping[str, str],
    world: World | None,
    version: VersionConfig | None = None,
) -> Project:
    """
    Read the project in *folder*.

    Args:
        folder: Its directory.
        settings: Those in force.
        env: The process environment.
        world: Around its repository; `None`: it is in none.
        version: Where the version is; `None`: where the settings say.

    Raises:
        VersionDynamic: What says the version is not known.
        ManifestError: Its files do not say name and version.
        TagOfAnotherForm: The settings say another form of tags than its tags have.
        ForgeAddressContradicts: `github.api_url` is of another kind of forge.
    """
    config, folder = settings.config, folder.resolve()
    root = world.git.root.resolve() if world else folder
    files = ProjectFiles(_inside(folder, root), partial(_fetch, root))
    manifest = _manifest(folder, files, version or config.version, world)
    form, tags = _tags(files.folder, manifest, config, world)
    clone = _clone(world, config) if world else None
    place = (
        read_place(world, config.github, world.git.remotes.chosen())
        if world
        else forge_place(config.github, None, env)
    )
    changelogs = _changelogs(folder, root, config, manifest, [*map(form.version, tags)])
    contents = _contents(folder, root, files, manifest, changelogs)
    newest_tag = next(iter(tags), "")
    return Project(
        folder, root, settings, manifest, form, newest_tag, contents, clone, place, _action()
    )


def _action() -> str:
    """Return where the installed releasio comes from, as workflows name it."""
    from importlib.metadata import PackageNotFoundError, metadata  # 100 ms

    try:
        return action_of(metadata("releasio").get_all("Project-URL") or ())
    except PackageNotFoundError:  # run from its source
        return ACTION


def _inside(folder: Path, root: Path) -> str:
    relative = folder.relative_to(root).as_posix()
    return "" if relative == "." else relative


def _fetch(root: Path, paths: Sequence[str]) -> dict[str, bytes | None]:
    return {path: _content(root / path) for path in paths}


def _content(path: Path) -> bytes | None:
    return read_plain(path) if what_is(path) == FILE else None


def _manifest(
    folder: Path, files: ProjectFiles, version: VersionConfig, world: World | None
) -> Manifest:
    if world and (head := world.git.work_tree.head()):
        # where there is none, it knows from the commit what is elsewhere
        return manifest_at(world.git, folder, head, files, version)
    return read_manifest(files, version)


def _tags(
    inside: str, manifest: Manifest, config: Config, world: World | None
) -> tuple[TagForm, list[str]]:
    """Return how tags are named, and those of releases, the highest first."""
    names = [tag.name for tag in world.git.refs.tags()] if world else []
    branch = world.git.work_tree.branch() if world else None
    version = None if manifest.is_from_tags else manifest.version
    form = tag_form_of(config, branch, names, Owner(manifest.name, version, inside))
    return form, form.newest(names)


def _clone(world: World, config: Config) -> Clone:
    git = world.git
    remote, branch = git.remotes.chosen(), git.work_tree.branch()
    default = default_branch(world, remote, branch, config.default_branch, acting=False)
    names = tuple(ref.removeprefix(BRANCHES) for ref in git.refs.below(BRANCHES))
    return Clone(
        branch,
        names,
        default,
        has_commits=git.work_tree.head() is not None,
        has_remote=remote is not None,
    )


def _changelogs(
    folder: Path,
    root: Path,
    config: Config,
    manifest: Manifest,
    released: Sequence[Version | None],
) -> tuple[str, str]:
    """Return the project's changelog, and that which is outside of its folder; empty: none."""
    names = [name for name in changelog_names(config.changelog) if what_is(folder / name) == FILE]
    if names:
        return changelog_name(config.changelog, names), ""
    present = () if manifest.is_from_tags else (manifest.version,)
    versions = frozenset(version for version in released if version is not None) or present
    if inside := find_changelog(folder, manifest.name, versions):
        return inside, ""
    return "", find_changelog(root, manifest.name, versions) if root != folder else ""


def _contents(
    folder: Path,
    root: Path,
    files: ProjectFiles,
    manifest: Manifest,
    changelogs: tuple[str, str],
) -> Contents:
    workflows, actions, _ = read_workflows(root)
    pipeline, pipeline_texts, _ = read_pipeline(root)
    texts = {workflow.path: workflow.text for workflow in workflows}
    promises = read_promises(files)
    groups = (files.toml(MANIFEST) or {}).get("dependency-groups")
    return Contents(
        changelogs[0],
        next((name for name in _READMES if what_is(folder / name) == FILE), ""),
        _has_tests(folder),
        _is_compiled(files),
        promises.python or "",
        tuple(_modules(folder, manifest)),
        find_uploads(workflows, actions),
        texts,
        pipeline_texts,
        pipeline_uploads(pipeline_jobs(pipeline)),
        find_tools(files, texts),
        changelogs[1],
        _lacks_rust(files),
        install_commands(manifest.name, groups, promises.extras or {}),
    )


def _has_tests(folder: Path) -> bool:
    """Tell whether pytest would find a test; it fails where there is none."""
    places = [folder / name for name in ("tests", "test") if what_is(folder / name) == FOLDER]
    return any(next(place.rglob(pattern), None) for place in places for pattern in _TESTS)


def _is_compiled(files: ProjectFiles) -> bool:
    """Tell whether the project has parts that a compiler makes, for one platform at a time."""
    files.load(MANIFEST, SETUP_PY)
    data = files.toml(MANIFEST) or {}
    if any(value_at(data, ("tool", *keys)) is not None for keys in _COMPILED_BY):
        return True
    backend = str(value_at(data, ("build-system", "build-backend")))
    if backend.startswith(_COMPILING):
        return True
    return _EXTENSIONS.search(files.text(SETUP_PY) or "") is not None


def _lacks_rust(files: ProjectFiles) -> bool:
    """Tell whether nothing brings Rust, which the project needs, into cibuildwheel's containers."""
    data = files.toml(MANIFEST) or {}
    backend = str(value_at(data, ("build-system", "build-backend")))
    uses_rust = value_at(data, ("tool", "setuptools-rust")) is not None
    if not (uses_rust or backend.startswith("maturin")):
        return False
    places = (("tool", "cibuildwheel", *inside) for inside in ((), ("linux",)))
    return all(value_at(data, (*place, "before-all")) is None for place in places)


def _modules(folder: Path, manifest: Manifest) -> Iterator[str]:
    names = manifest.packages or (module_name(normalized_name(manifest.name)),)
    for module in (name.rpartition("/")[2] for name in names):
        places = [folder / root / module for root in ROOTS]
        if any((at / "__init__.py").is_file() or at.with_suffix(".py").is_file() for at in places):
            yield module


def asks_index(world: World | None, name: str) -> Callable[[Registry], bool | None]:
    """
    Return what tells whether a registry has the project *name*; `None`: that is not known.

    Each is asked once: somebody waits for it, and can look for himself.
    """

    @cache
    def exists(registry: Registry) -> bool | None:
        if world is None or world.offline:
            return None
        (state,) = read_indexes(world, (registry,), name, patience=timedelta())
        if state.trouble:
            note = f"{state.trouble}; whether {registry.name} has {name} is not known"
            world.screen.note(note)
        return state.exists

    return exists

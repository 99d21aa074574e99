"""Install a release as its users will, import it, and ask its programs for help."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.errors.files.build import InstallFailed
from releasio.errors.files.trial import OtherVersionReported, ScriptFailed
from releasio.frozen import frozen
from releasio.rules.contents.extras import extra_of_entry_point, missing_module
from releasio.rules.contents.importable import importable_modules, own_modules
from releasio.rules.versions.version import same_version
from releasio.world.build.installer import fresh_environment, install, installer_for
from releasio.world.build.trial import (
    extra_of,
    import_check,
    installed_files,
    installed_scripts,
    run_script,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.release.checking.comparison import Comparison
    from releasio.world.build.installer import FreshEnvironment
    from releasio.world.screen import Screen
    from releasio.world.world import World

_PAUSE = 10.0  # seconds between two installations


@frozen
class Trial:
    """
    What was tried out.

    Attributes:
        installer: What installed it: `pip` or `uv`.
        modules: What was imported.
        scripts: The programs that printed their help.
    """

    installer: str
    modules: tuple[str, ...]
    scripts: tuple[str, ...]


def try_out(
    name: str,
    version: str,
    *,
    folder: Path,
    index_url: str | None,
    env: Mapping[str, str],
    screen: Screen,
    links: Sequence[str] = (),
) -> Trial:
    """
    Try out *name* at *version* in a fresh environment in *folder*.

    What it depends on comes from where the user's packages come from, for an index
    of one's own has rarely all of it.

    Args:
        name: The project's name.
        version: In PEP 440 normal form.
        folder: Gets the environment; must exist.
        index_url: The index that must have it; `None`: it is installed from *links*.
        env: The process environment.
        screen: Where the output goes.
        links: Requirements that name the very files.

    Raises:
        EnvironmentNotMade: Python could not make one.
        InstallFailed: It cannot be had, or not for this Python.
        ImportFailed: It cannot be imported.
        OtherVersionReported: It says another version than the one that was released.
        ScriptFailed: A program of it breaks down.
    """
    requirement = f"{name}=={version}"
    installer = installer_for(env, index_url=index_url)
    environment = fresh_environment(folder / "installed", env=env, screen=screen)
    first_requirements = [requirement] if index_url else links
    install(
        environment, first_requirements, env=env, screen=screen, index_url=index_url, no_deps=True
    )
    install(environment, [requirement], env=env, screen=screen)
    modules = importable_modules(installed_files(environment, name))
    reported_versions = import_check(environment, modules, env=env, screen=screen, name=name)
    _check_versions(reported_versions, name, version, modules, screen)
    return Trial(installer, modules, _try_scripts(environment, name, env=env, screen=screen))


def _try_scripts(
    environment: FreshEnvironment, name: str, *, env: Mapping[str, str], screen: Screen
) -> tuple[str, ...]:
    """Ask the programs of *name* for help, and return them; some need an extra, which is said."""
    working_scripts = []
    for script, target in installed_scripts(environment, name).items():
        extra = extra_of_entry_point(target)
        status = 0
        try:
            status = 0 if extra else run_script(environment, script, env=env, screen=screen)
        except ScriptFailed as error:
            module = missing_module(error.tail)
            extra = extra_of(environment, name, module) if module else ""
            if not extra:
                raise
        if extra:
            screen.note(f"`{script}` needs the extra {name}[{extra}], so it was not asked for help")
            continue
        if status:
            screen.note(f"`{script} --help` exits with {status}")
        working_scripts.append(script)
    return tuple(working_scripts)


def _check_versions(
    reported_versions: Mapping[str, str],
    name: str,
    version: str,
    modules: Sequence[str],
    screen: Screen,
) -> None:
    """
    Compare what is reported as the version with *version*; what others' modules say is a note.

    Raises:
        OtherVersionReported: The project's own modules, or its metadata, say another one.
    """
    version_attributes = (f"{module}.__version__" for module in own_modules(modules, name))
    own_sources = {"importlib.metadata", *version_attributes}
    wrong_versions = {
        source: other_version
        for source, other_version in reported_versions.items()
        if not same_version(other_version, version)
    }
    for source in wrong_versions.keys() - own_sources:
        screen.note(f"{source} is {wrong_versions[source]}, but this is {name} {version}")
    own_versions = {
        source: wrong_versions[source] for source in wrong_versions if source in own_sources
    }
    if own_versions:
        raise OtherVersionReported(own_versions, version)


def install_release(world: World, comparison: Comparison) -> Trial:
    """
    Install the release from its index into a fresh environment, and try it out.

    An installer reads other pages than we do, which may be older: as long as *comparison* was
    worth a wait it is tried again.

    Raises:
        InstallFailed: It cannot be had, not for this Python, or an index did not answer.
        ImportFailed: It cannot be imported.
        OtherVersionReported: It says another version than the one that was released.
        ScriptFailed: A program of it breaks down.
    """
    end = world.clock().timestamp() + comparison.looked
    while True:
        with tempfile.TemporaryDirectory(
            prefix="releasio-verify-", ignore_cleanup_errors=True
        ) as folder:
            try:
                return try_out(
                    comparison.project,
                    comparison.version,
                    folder=Path(folder),
                    index_url=comparison.registry.index,
                    env=world.env,
                    screen=world.screen,
                )
            except InstallFailed as error:
                if not error.passing or world.clock().timestamp() >= end:
                    raise
        world.screen.note(f"installers do not get it yet; trying again in {_PAUSE:.0f} s")
        world.sleep(_PAUSE)

"""Install a release as its users will, import it, and ask its programs for help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.importable import importable_modules
from releasio.world.installer import (
    fresh_environment,
    import_check,
    install,
    installed_files,
    installed_scripts,
    installer_for,
    run_script,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from releasio.world.screen import Screen


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
        InstallFailed: It cannot be had, or not for this Python.
        ImportFailed: It cannot be imported.
        ScriptFailed: A program of it breaks down.
    """
    wanted = f"{name}=={version}"
    installer = installer_for(env, index_url=index_url)
    into = fresh_environment(folder / "installed", env=env, screen=screen)
    first = [wanted] if index_url else links
    install(into, first, env=env, screen=screen, index_url=index_url, no_deps=True)
    install(into, [wanted], env=env, screen=screen)
    modules = importable_modules(installed_files(into, name))
    import_check(into, modules, env=env, screen=screen)
    scripts = installed_scripts(into, name)
    for script in scripts:
        status = run_script(into, script, env=env, screen=screen)
        if status:
            screen.note(f"`{script} --help` exits with {status}")
    return Trial(installer, modules, scripts)

"""Try out what was installed: import it, and ask its programs for help."""

from __future__ import annotations

import json
import sys
import sysconfig
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from releasio.errors.files.trial import ImportFailed, ScriptFailed
from releasio.rules.contents.extras import extra_with
from releasio.rules.contents.importable import console_scripts
from releasio.rules.running.environment import child_environment
from releasio.world.processes.child import Overdue, run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.metadata import Distribution

    from releasio.world.build.installer import FreshEnvironment
    from releasio.world.screen import Screen

_IMPORTED = "all of it is imported: "
# imports first: what they do wrong is to be seen as it is
_ASKING = """\
import importlib, importlib.metadata, json
modules = {{name: importlib.import_module(name) for name in {modules!r}}}
versions = {{}}
if {name!r}:
    versions["importlib.metadata"] = importlib.metadata.version({name!r})
for name, module in modules.items():
    version = vars(module).get("__version__")
    if isinstance(version, str):
        versions[name + ".__version__"] = version
print("\\n" + {imported!r} + json.dumps(versions))
"""
_NTSTATUS_ERROR = 0xC0000000  # and above; a status of POSIX ends at 255
_PATIENCE = 60.0  # seconds to import it, and for each program to print its help


def installed_files(into: FreshEnvironment, name: str) -> tuple[str, ...]:
    """Return the files of the installed distribution *name*, as its RECORD has them."""
    distribution = _installed_distribution(into, name)
    return tuple(file.as_posix() for file in distribution.files or ()) if distribution else ()


def _installed_distribution(into: FreshEnvironment, name: str) -> Distribution | None:
    from importlib.metadata import distributions

    scheme = {"base": str(into.path), "platbase": str(into.path)}
    places = {sysconfig.get_path(lib, "venv", scheme) for lib in ("purelib", "platlib")}
    for distribution in distributions(path=sorted(places)):
        if canonicalize_name(distribution.name) == canonicalize_name(name):
            return distribution
    return None


def import_check(
    into: FreshEnvironment,
    modules: Sequence[str],
    *,
    env: Mapping[str, str],
    screen: Screen,
    name: str = "",
    patience: float = _PATIENCE,
) -> dict[str, str]:
    """
    Import *modules* in the environment, away from any source tree.

    Args:
        into: The environment.
        modules: Their names.
        env: The process environment.
        screen: Where the output goes.
        name: The distribution they belong to; empty: its version is not asked for.
        patience: Seconds to wait for all of them.

    Returns:
        What says a version there, to that version: `importlib.metadata`, and those modules
        that have a text as `__version__`.

    Raises:
        ImportFailed: One of them could not be, or not within *patience* seconds.
    """
    if not modules and not name:
        return {}
    # a module that ends the process while it is imported is none that anybody can use
    code = _ASKING.format(modules=tuple(modules), name=name, imported=_IMPORTED)
    command = [str(into.python), "-I", "-c", code]
    surroundings = child_environment(env)
    try:
        outcome = run(command, cwd=into.path, env=surroundings, screen=screen, patience=patience)
    except Overdue as overdue:
        raise ImportFailed(modules, overdue.tail, seconds=patience) from None
    report = next((line for line in reversed(outcome.tail) if line.startswith(_IMPORTED)), None)
    if outcome.status or report is None:
        raise ImportFailed(modules, outcome.tail or ("the process ended in the middle",))
    versions: dict[str, str] = json.loads(report.removeprefix(_IMPORTED))
    return versions


def installed_scripts(into: FreshEnvironment, name: str) -> Mapping[str, str]:
    """Return the programs that the installed distribution *name* brings, name to target."""
    distribution = _installed_distribution(into, name)
    text = distribution.read_text("entry_points.txt") if distribution else None
    return dict(sorted(console_scripts(text or "").items()))


def extra_of(into: FreshEnvironment, name: str, module: str) -> str:
    """Return the extra of the installed *name* that brings *module*; empty: none does."""
    distribution = _installed_distribution(into, name)
    return extra_with(module, distribution.requires or ()) if distribution else ""


def run_script(
    into: FreshEnvironment, script: str, *, env: Mapping[str, str], screen: Screen
) -> int:
    """
    Run the installed program *script* with `--help`; return its exit status.

    Raises:
        ScriptFailed: It cannot be started, breaks down, or does not come to an end.
    """
    program = into.scripts / (f"{script}.exe" if sys.platform == "win32" else script)
    surroundings = child_environment(env)
    try:
        outcome = run(
            [str(program), "--help"],
            cwd=into.path,
            env=surroundings,
            screen=screen,
            patience=_PATIENCE,
        )
    except Overdue as overdue:
        problem = f"does not end within {_PATIENCE:.0f} s"
        raise ScriptFailed(script, problem, overdue.tail) from None
    except OSError as error:
        raise ScriptFailed(script, f"cannot be started: {error.strerror}", ()) from None
    has_traceback = any(
        line.startswith("Traceback (most recent call last)") for line in outcome.tail
    )
    if crashed(outcome.status) or (outcome.status and has_traceback):
        raise ScriptFailed(script, "breaks down", outcome.tail)
    return outcome.status


def crashed(status: int) -> bool:
    """
    Tell whether a program that ended with *status* was ended by the system.

    POSIX has a signal, which is negative here; Windows an NTSTATUS of severity
    *error*, such as 0xC0000005 for an access violation.
    """
    return status < 0 or status >= _NTSTATUS_ERROR

"""Where pip and uv are, and which of the two installs."""

from __future__ import annotations

import configparser
import importlib.util
import os
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zipfile import ZipFile

from releasio.errors.files.installer import PipSettingRefused
from releasio.rules.running.pip_settings import PipSetting, in_words_of_uv, refused_setting
from releasio.world.processes.programs import find_tool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Installer = Literal["pip", "uv"]

_RUNNER = "__pip-runner__.py"  # of pip 22.3 and later: what `pip --python` starts elsewhere
_VENDORED = "_vendor/resolvelib"  # a pip without its own libraries finds none elsewhere


def chosen_installer(env: Mapping[str, str]) -> Installer:
    """Return `uv` where it is at hand and can install the same as pip, else `pip`."""
    return "pip" if find_uv(env) is None or uv_settings(env) is None else "uv"


def uv_settings(env: Mapping[str, str]) -> dict[str, str] | None:
    """
    Return the variables that tell uv what pip was told; None: that cannot be said, pip installs.

    uv is faster but does not read pip's settings. Someone who told pip where to look must
    not get packages from elsewhere, unless uv was told as well: then there is nothing to say.
    """
    if any(env.get(name) for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL")):
        return {}
    try:
        settings = _pip_settings(env)
    except (configparser.Error, OSError, UnicodeError):
        return None  # pip says what is wrong with its file
    return in_words_of_uv({option: setting.text for option, setting in settings.items()})


def setting_refusal(env: Mapping[str, str], lines: Sequence[str]) -> PipSettingRefused | None:
    """
    Return the error for a setting because of which pip, or uv in its place, failed.

    None: it failed for another reason.

    Args:
        env: The environment it had.
        lines: The last that it printed.
    """
    try:
        refused = refused_setting(_pip_settings(env), lines)
    except (configparser.ParsingError, configparser.DuplicateOptionError) as error:
        return PipSettingRefused(str(error.source), str(error).partition("\n")[0])
    except (configparser.Error, OSError, UnicodeError):
        return None
    return PipSettingRefused(*refused) if refused else None


def find_uv(env: Mapping[str, str]) -> str | None:
    """Return uv's path: the one installed beside releasio, else the one on `PATH`."""
    return find_tool("uv", env)


def find_pip() -> Path | None:
    """
    Return the file of our own pip that installs into the environment of whoever runs it.

    pip itself is not in that environment, nor is anything else of ours. None: there is no
    pip, or it is too old for that, or without the libraries that it brings.
    """
    spec = importlib.util.find_spec("pip")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder and (folder / _RUNNER).is_file() and (folder / _VENDORED).is_dir():
        return folder / _RUNNER
    return None


def unpack_pip(into: Path) -> Path:
    """
    Unpack the pip that Python brings into the folder *into*; return the file as `find_pip` does.

    That takes a tenth of the time that installing it would.

    Raises:
        ImportError: This Python comes without `ensurepip`.
        OSError: It comes without its wheel.
    """
    runner = into / "pip" / _RUNNER
    if not runner.is_file():
        import ensurepip

        name = f"pip-{ensurepip.version()}-py3-none-any.whl"
        bundled = Path(ensurepip.__file__).parent / "_bundled"
        elsewhere = sysconfig.get_config_var("WHEEL_PKG_DIR")  # where distributors keep wheels
        wheel = Path(elsewhere or bundled, name)
        with ZipFile(wheel if wheel.is_file() else bundled / name) as archive:
            archive.extractall(into)
    return runner


def _pip_settings(env: Mapping[str, str]) -> dict[str, PipSetting]:
    """Return what pip was told for an installation, in files and variables, as it reads them."""
    settings: dict[str, dict[str, PipSetting]] = {"global": {}, "install": {}}
    for path in _pip_files(env):
        parser = configparser.RawConfigParser()
        if path.is_file():
            parser.read(path, encoding="utf-8")
        for name in settings.keys() & {*parser.sections()}:
            for option, text in parser[name].items():
                setting = PipSetting(text, f"{option} in {path}")
                settings[name][option.lower().replace("_", "-")] = setting
    variables = {
        name[4:].lower().replace("_", "-"): PipSetting(text, name)
        for name, text in env.items()
        if name.upper().startswith("PIP_") and name.upper() != "PIP_CONFIG_FILE"
    }
    in_order = (*settings["global"].items(), *settings["install"].items(), *variables.items())
    return {option: setting for option, setting in in_order if setting.text}


def _pip_files(env: Mapping[str, str]) -> list[Path]:
    """Return where pip looks for its settings on this system, the last word last."""
    file = env.get("PIP_CONFIG_FILE", "")
    if file == os.devnull:
        return []
    return [*_usual_files(env), *([Path(file)] if file else [])]


def _usual_files(env: Mapping[str, str]) -> list[Path]:
    home = Path(env.get("HOME") or env.get("USERPROFILE") or os.sep)
    if sys.platform == "win32":
        folders = [Path(env[v], "pip") for v in ("PROGRAMDATA", "APPDATA") if env.get(v)]
        return [folder / "pip.ini" for folder in (*folders, home / "pip", Path(sys.prefix))]
    config = Path(env.get("XDG_CONFIG_HOME") or home / ".config")
    shared_folders = [
        Path(p, "pip") for p in env.get("XDG_CONFIG_DIRS", "/etc/xdg").split(os.pathsep)
    ]
    user_folders = [home / ".pip", config / "pip", home / "Library/Application Support/pip"]
    folders = [
        *shared_folders,
        Path("/etc"),
        Path("/Library/Application Support/pip"),
        *user_folders,
    ]
    return [folder / "pip.conf" for folder in (*folders, Path(sys.prefix))]

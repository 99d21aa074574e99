"""The version that setup.py hands to `setup()`: a string, or what it reads from a file."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

from releasio.errors.project.version_source import VersionDynamic
from releasio.rules.project.places import JsonVersion, Place, SetupArgument, TomlValue, WholeFile
from releasio.rules.project.project_files import SETUP_PY
from releasio.rules.project.python_source import PythonText
from releasio.rules.project.setup_files import read_setup_py
from releasio.rules.project.sources.modules import SOURCE_FOLDERS, attribute_place, python_place
from releasio.rules.project.sources.source import FromTags, read_places
from releasio.rules.versions.version import is_version

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.setup_files import SetupCall
    from releasio.rules.project.sources.source import Source

# what `setup()` is handed where a tool makes the version from tags
_SWITCHES = {
    "use_scm_version": "setuptools-scm",
    "pbr": "pbr",
    "setuptools_git_versioning": "setuptools-git-versioning",
    "version_config": "setuptools-git-versioning",
}
_MODULES = {
    "versioneer": "versioneer",
    "versioningit": "versioningit",
    "setuptools_scm": "setuptools-scm",
    "dunamai": "dunamai",
    "miniver": "miniver",
}
_PLAIN = (".txt", "")
_VARIABLES = ("__version__", "VERSION", "__VERSION__", "version")
_MOST = 40  # words of setup.py that are taken for paths
_LONGEST = 100  # characters of such a word
_PATH = re.compile(r"[\w./@+~-]+", re.ASCII)


def setup_py_source(files: ProjectFiles, folders: tuple[str, ...]) -> Source | None:
    """
    Return where setup.py has the version from; `None`: it says none.

    Where it reads a file to know it, that is the only file with a version that is named by what
    works the version out. What was built must carry the planned version in the end, so a wrong
    guess stops before anything is public.

    Raises:
        VersionDynamic: It is worked out, and what from cannot be told without running it.
    """
    call, path = read_setup_py(files.text(SETUP_PY)), files.in_folder(SETUP_PY)
    if call is None:
        return None
    value = call.value("version")
    if tool := _tag_tool(call, value, path):
        return tool
    if value is None:
        return None
    setting = f"setup(version=...) in {path}"
    if call.text("version"):
        place = Place(path, SetupArgument("version"), "version of setup()")
        return read_places(files, setting, place)
    places = [
        *_imported_places(call, value, files, folders),
        *_places_in_named_files(call, files, folders),
    ]
    paths = {place.path: place for place in places}
    if len(paths) == 1:
        return read_places(files, setting, *paths.values())
    why = f"{' and '.join(paths)} may be what it reads" if paths else "that is worked out there"
    raise VersionDynamic(path, source=setting, why=why, line=value.lineno)


def _tag_tool(call: SetupCall, version: ast.expr | None, path: str) -> FromTags | None:
    """Return the tool that `setup()` is told to ask, or that works *version* out for it."""
    for switch, tool in _SWITCHES.items():
        value = call.arguments.get(switch)
        if value is not None and not (isinstance(value, ast.Constant) and not value.value):
            return FromTags(tool, f"{switch} in {path}")
    modules = _modules_in(call, version) if version else set()
    tool = next((tool for module, tool in _MODULES.items() if module in modules), "")
    return FromTags(tool, f"setup(version=...) in {path}") if tool else None


def _modules_in(call: SetupCall, value: ast.expr) -> set[str]:
    """Return the modules that the names in *value* are, or are imported from."""
    names = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    tree = call.module.tree
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)] if tree else []
    return names | {
        node.module or ""
        for node in imports
        if any((alias.asname or alias.name) in names for alias in node.names)
    }


def text_by_key(call: SetupCall, argument: str, files: ProjectFiles) -> str:
    """
    Return the string of `about["__title__"]` or `find_meta("title")`, where one file says it.

    It is looked for in the files that setup.py names.

    Args:
        call: The call of `setup()`.
        argument: What it is handed so: `name`.
        files: Reads what it names.
    """
    match call.value(argument):
        case ast.Subscript(slice=ast.Constant(value=str() as key)):
            names = [key]
        case ast.Call(args=[ast.Constant(value=str() as key)]):
            names = [key, f"__{key}__"]
        case _:
            return ""
    places = [
        python_place(files, path, name)
        for path in _named_paths(call, argument, files, SOURCE_FOLDERS)
        if path.endswith(".py") and files.text(path) is not None
        for name in names
    ]
    texts = {
        text[begin:end]
        for place in places
        for text in [files.at(place.path) or ""]
        for begin, end in place.locator.find(text)
    }
    return texts.pop() if len(texts) == 1 else ""


def _imported_places(
    call: SetupCall, value: ast.expr, files: ProjectFiles, folders: tuple[str, ...]
) -> list[Place]:
    """Return the place of a name that setup.py imports from the project, or of its module's."""
    tree = call.module.tree
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.ImportFrom) and isinstance(value, ast.Name) and node.module:
            for alias in node.names:
                if (alias.asname or alias.name) == value.id:
                    return _attribute_places(files, f"{node.module}.{alias.name}", folders)
    match value:
        case ast.Attribute(value=ast.Name(id=module), attr=attribute):
            imported = _modules_by_name(call).get(module, module)
            return _attribute_places(files, f"{imported}.{attribute}", folders)
        case ast.Attribute(value=ast.Attribute(value=ast.Name(id=package), attr=inner)):
            return _attribute_places(files, f"{package}.{inner}.{value.attr}", folders)
        case _:
            return []


def _modules_by_name(call: SetupCall) -> dict[str, str]:
    """Return the modules that setup.py imports, by the names that it gives them."""
    nodes = ast.walk(call.module.tree) if call.module.tree else ()
    imports = [alias for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return {alias.asname: alias.name for alias in imports if alias.asname}


def _attribute_places(files: ProjectFiles, attribute: str, folders: tuple[str, ...]) -> list[Place]:
    place = attribute_place(files, attribute, folders)
    return [place] if place and place.locator.find(files.at(place.path) or "") else []


def _helpers(files: ProjectFiles) -> Callable[[str], PythonText | None]:
    """Return what reads a module beside setup.py by its name."""

    @cache
    def read(name: str) -> PythonText | None:
        text = files.text(f"{name}.py") if name.isidentifier() else None
        return None if text is None else PythonText(text)

    return read


def _variables_in(call: SetupCall, files: ProjectFiles) -> list[str]:
    """Return the names by which a module may say the version, as setup.py has them."""
    words = set(re.findall(r"\w+", " ".join(call.strings_behind("version", _helpers(files)))))
    return [*(name for name in _VARIABLES if name in words), "__version__"]


def _places_in_named_files(
    call: SetupCall, files: ProjectFiles, folders: tuple[str, ...]
) -> list[Place]:
    """Return where the files that setup.py names say a version."""
    variables = _variables_in(call, files)
    paths = _named_paths(call, "version", files, folders)
    places = [_place_in(files, path, variables) for path in paths]
    return [place for place in places if place is not None and _says_version(files, place)]


def _named_paths(
    call: SetupCall, argument: str, files: ProjectFiles, folders: tuple[str, ...]
) -> list[str]:
    """Return the paths that *argument* is read from, whole or as folder and file; they are read."""
    strings = dict.fromkeys(call.strings_behind(argument, _helpers(files)))
    words = [word for word in strings if _may_be_path(word)][:_MOST]
    file_names = [word for word in words if "." in word.rpartition("/")[2] or word.isupper()]
    folder_names = ["", *(f"{word}/" for word in words if "." not in word)]
    package = call.text("name").replace("-", "_")
    folder_names += [f"{folder}{package}/" for folder in folders if package]
    folder_names += [f"src/{folder}" for folder in folder_names if folder]
    paths = [f"{folder}{file}" for folder in folder_names for file in file_names]
    files.load(*paths)
    return [path for path in dict.fromkeys(paths) if files.path(path)]


def _says_version(files: ProjectFiles, place: Place) -> bool:
    """Whether a version stands there, and not a placeholder such as GitPython's `"git"`."""
    text = files.at(place.path) or ""
    versions = [place.version_in(text[begin:end]) for begin, end in place.locator.find(text)]
    return bool(versions) and all(map(is_version, versions))


def _may_be_path(word: str) -> bool:
    return 0 < len(word) < _LONGEST and _PATH.fullmatch(word) is not None


def _place_in(files: ProjectFiles, name: str, variables: Sequence[str]) -> Place | None:
    """Return where the file *name* may say the version; `None`: it is not there, or of no kind."""
    path = files.path(name) or name
    if files.contents.get(path) is None or name == SETUP_PY:
        return None
    file_name = name.rpartition("/")[2]
    ending = f".{file_name.rpartition('.')[2]}" if "." in file_name else ""
    if ending == ".py":
        places = [python_place(files, name, variable) for variable in variables]
        return next((place for place in places if _says_version(files, place)), None)
    if ending == ".json":
        return Place(path, JsonVersion(), '"version"', form="semantic")
    if file_name == "Cargo.toml":
        keys = ("package", "version")
        return Place(path, TomlValue(keys), "[package] version", form="semantic")
    return Place(path, WholeFile(), "") if ending in _PLAIN else None

"""What a build backend takes as the version where several files, or several forms, might be it."""

from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.errors.project.version_source import VersionDynamic, VersionUnread
from releasio.rules.project.manifest import read_manifest
from tests.rules.project.sources.test_find import CFG, SCIKIT, SETUPTOOLS, built_by, project

NEW, OLD = "__version__ = '1.2.0'\n", "__version__ = '0.9'\n"
FLIT = built_by("flit_core.buildapi")
PDM = built_by("pdm.backend", "[tool.pdm.version]\nsource = 'file'\npath = 'v.py'\n{}")
HATCH = built_by("hatchling.build", "[tool.hatch.version]\npath = 'v.py'\n{}")
REGEX = built_by("scikit_build_core.build", SCIKIT.format("regex") + "input = 'v.txt'\n{}")
DYNAMIC_METADATA = built_by(
    "scikit_build_core.build",
    "[[tool.dynamic-metadata]]\nprovider = 'scikit_build_core.metadata.regex'\n"
    "field = 'version'\ninput = 'v.py'",
)
ATTR = '[tool.setuptools.dynamic]\nversion = { attr = "demo.__version__" }\n'


@pytest.mark.parametrize(
    ("files", "path"),
    [
        (
            {"pyproject.toml": FLIT, "demo/__init__.py": "", "demo/_version.py": NEW},
            "demo/_version.py",
        ),
        (
            {
                "pyproject.toml": FLIT,
                "demo/__init__.py": "from .other import __version__\n",
                "demo/other.py": OLD,
                "demo/version.py": NEW,
                "demo/_version.py": OLD,
            },
            "demo/version.py",
        ),
        (
            {"pyproject.toml": FLIT, "demo/__init__.py": NEW, "demo/version.py": OLD},
            "demo/__init__.py",
        ),
        (
            {
                "pyproject.toml": built_by(
                    "flit_core.buildapi", "[tool.flit.module]\nname = 'demo-stubs'"
                ),
                "demo-stubs/__init__.py": NEW,
            },
            "demo-stubs/__init__.py",
        ),
        ({"pyproject.toml": PDM.format(""), "v.py": "VERSION = '1.2.0'  # it\n"}, "v.py"),
        (
            {
                "pyproject.toml": PDM.format("pattern = 'number = .(.+).$'"),
                "v.py": f"{OLD}number = '1.2.0'\n",
            },
            "v.py",
        ),
        ({"pyproject.toml": HATCH.format("pattern = ''"), "v.py": NEW}, "v.py"),
        ({"pyproject.toml": HATCH.format("pattern = true"), "v.py": NEW}, "v.py"),
        (
            {
                "pyproject.toml": HATCH.format(""),
                "hatch.toml": "[version]\npath = 'w.py'\n",
                "v.py": OLD,
                "w.py": NEW,
            },
            "w.py",
        ),
        (
            {
                "pyproject.toml": HATCH.format("source = 'code'\nexpression = ''"),
                "v.py": "numbers = (1, 2, 0)\n__version__ = '.'.join(map(str, numbers))\n",
            },
            "v.py",
        ),
        (
            {
                "pyproject.toml": REGEX.format("regex = 'a=(.+) b=(.+)'\nresult = '{1}'"),
                "v.txt": "a=0.9 b=1.2.0\n",
            },
            "v.txt",
        ),
        (
            {
                "pyproject.toml": REGEX.format(
                    "regex = 'a=(?P<value>.+) b=(?P<release>.+)'\nresult = '{release}'"
                ),
                "v.txt": "a=0.9 b=1.2.0\n",
            },
            "v.txt",
        ),
        ({"pyproject.toml": DYNAMIC_METADATA, "v.py": NEW}, "v.py"),
        (
            {
                "pyproject.toml": built_by(SETUPTOOLS, ATTR),
                "demo/__init__.py": OLD,
                "src/demo/__init__.py": NEW,
            },
            "src/demo/__init__.py",
        ),
        (
            {
                "pyproject.toml": built_by(
                    SETUPTOOLS, f"[tool.setuptools]\npackages = ['demo']\n{ATTR}"
                ),
                "demo/__init__.py": NEW,
                "src/demo/__init__.py": OLD,
            },
            "demo/__init__.py",
        ),
        (
            {
                "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "maturin"\n',
                "rust/Cargo.toml": '[package]\nname = "demo"\nversion = "1.2.0"\n',
            },
            "rust/Cargo.toml",
        ),
        ({"setup.cfg": CFG.format("0.9"), "setup.py": "setup(version='1.2.0')\n"}, "setup.py"),
        (
            {"setup.cfg": CFG.format("1.2.0"), "setup.py": "setup(version=read('setup.cfg'))\n"},
            "setup.cfg",
        ),
    ],
)
def test_the_version_is_where_the_backend_takes_it_from(files: dict[str, str], path: str) -> None:
    manifest = read_manifest(project(files))

    assert Version("1.2.0") == manifest.version
    assert [path] == list(manifest.places_by_path)


@pytest.mark.parametrize("pyproject", [HATCH.format(""), PDM.format("")])
def test_a_form_that_the_backend_does_not_read_is_no_version(pyproject: str) -> None:
    files = project({"pyproject.toml": pyproject, "v.py": "__version__: str = '1.2.0'\n"})

    with pytest.raises(VersionUnread):
        read_manifest(files)


def test_a_version_that_is_put_together_from_several_groups_is_refused() -> None:
    pyproject = REGEX.format("regex = '(.)/(.)'\nresult = '{0}.{1}'")

    with pytest.raises(VersionDynamic) as caught:
        read_manifest(project({"pyproject.toml": pyproject, "v.txt": "1/2"}))

    assert "how that makes it is not known" in caught.value.message


def test_a_file_that_only_a_comment_in_meson_build_names_is_not_read() -> None:
    build = "# version : files('VERSION')\nproject('demo', version : run_command('git'))\n"
    files = {"pyproject.toml": built_by("mesonpy"), "meson.build": build, "VERSION": "@"}

    with pytest.raises(VersionDynamic) as caught:
        read_manifest(project(files))

    assert "project() in line 2" in caught.value.message


@pytest.mark.parametrize(
    ("pyproject", "why"),
    [
        (built_by("hatchling.build"), "none of its settings says where it is"),
        (
            built_by(SETUPTOOLS, "[tool.setuptools.dynamic]\nversion = {file = ['a', 'b']}"),
            "that is more than one file",
        ),
        (
            built_by(SETUPTOOLS, "[tool.setuptools.dynamic]\nversion = {file = ['../a']}"),
            "that is outside of the repository",
        ),
    ],
)
def test_settings_that_name_no_file_are_told_as_that(pyproject: str, why: str) -> None:
    with pytest.raises(VersionDynamic) as caught:
        read_manifest(project({"pyproject.toml": pyproject}))

    assert caught.value.message.endswith(f", and {why}")

from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.config.tables.versions import VersionConfig
from releasio.errors.project.manifest import ManifestError, NotATable
from releasio.errors.project.version_source import (
    SourceFileUnnamed,
    SourcesContradict,
    VersionDynamic,
    VersionUnread,
)
from releasio.rules.project.manifest import read_manifest, set_version
from releasio.rules.project.sources.source import FromTags
from tests.rules.project.sources.sample import (
    ATTR,
    CFG,
    DYNAMIC,
    HATCH,
    MODULE,
    NEW,
    SCIKIT,
    SETUPTOOLS,
    built_by,
    check_edit,
    project,
)

WRITTEN = [
    ({"pyproject.toml": HATCH, "demo/about.py": MODULE}, ["demo/about.py"]),
    (
        {
            "pyproject.toml": built_by(
                "hatchling.build",
                "[tool.hatch.version]\npath = 'v.txt'\npattern = 'number: (?P<version>[^;]+);'",
            ),
            "v.txt": "# version: 1.2.0\r\nnumber: @; 1.2.0",
        },
        ["v.txt"],
    ),
    (
        {
            "pyproject.toml": built_by(
                "hatchling.build",
                "[tool.hatch.version]\nsource = 'code'\npath = 'v.py'\nexpression = 'VERSION'",
            ),
            "v.py": 'VERSION: str = "@"\n',
        },
        ["v.py"],
    ),
    (
        {
            "pyproject.toml": built_by("hatchling.build"),
            "hatch.toml": "[version]\npath = 'demo/about.py'\n",
            "demo/about.py": MODULE,
        },
        ["demo/about.py"],
    ),
    (
        {
            "pyproject.toml": built_by(
                "hatchling.build", "[tool.hatch.version]\nsource = 'nodejs'\n"
            ),
            "package.json": '{\n "name": "x", "a": {"version": "1.2.0"},\n "version" : "@"}',
        },
        ["package.json"],
    ),
    (
        {"pyproject.toml": built_by(SETUPTOOLS, ATTR.format("demo.VER")), "demo.py": 'VER = "@"\n'},
        ["demo.py"],
    ),
    (
        {
            "pyproject.toml": built_by(SETUPTOOLS, ATTR.format("demo.__version__")),
            "src/demo/__init__.py": "from ._v import number as __version__\n",
            "src/demo/_v.py": 'number = "@"\n',
        },
        ["src/demo/_v.py"],
    ),
    (
        {
            "pyproject.toml": built_by(SETUPTOOLS, ATTR.format("demo.__version__")),
            "demo/__init__.py": "from . import _v\n__version__ = _v.__version__\n",
            "demo/_v.py": MODULE,
        },
        ["demo/_v.py"],
    ),
    (
        {
            "pyproject.toml": built_by(
                SETUPTOOLS, "[tool.setuptools.dynamic]\nversion = { file = ['VERSION'] }"
            ),
            "VERSION": "@\r\n",
        },
        ["VERSION"],
    ),
    ({"setup.cfg": CFG.format("@  ; 1.2.0"), "setup.py": "import setuptools\n"}, ["setup.cfg"]),
    ({"setup.cfg": "[x]\nversion = 1.2.0\n" + CFG.format("@")}, ["setup.cfg"]),
    ({"setup.cfg": CFG.format("attr: demo.__version__"), "demo.py": MODULE}, ["demo.py"]),
    ({"setup.cfg": CFG.format("file: demo/VERSION"), "demo/VERSION": "v@"}, ["demo/VERSION"]),
    (  # expressions see lines as Python reads them, and the file keeps its line ends
        {
            "pyproject.toml": built_by(
                "hatchling.build",
                "[tool.hatch.version]\npath = 'VERSION'\npattern = '^V=(?P<version>.+)$\\n# end'",
            ),
            "VERSION": "# first\r\nV=@\r\n# end\r\n",
        },
        ["VERSION"],
    ),
    (  # names of options are in any case
        {"setup.py": "setup()\n", "setup.cfg": "[metadata]\nName = demo\nVersion = @\n"},
        ["setup.cfg"],
    ),
    (
        {
            "setup.py": "setup()\n",
            "setup.cfg": "[metadata]\nname = demo\nversion = attr: demo.__version__\n"
            "[options]\npackage_dir = other = x, demo = ./code\n",
            "code/__init__.py": MODULE,
        },
        ["code/__init__.py"],
    ),
    (  # an import of the whole name begins where packages are
        {
            "pyproject.toml": built_by(
                SETUPTOOLS,
                "[tool.setuptools.packages.find]\nwhere = ['code']\n"
                "[tool.setuptools.dynamic]\nversion = { attr = 'demo.__version__' }",
            ),
            "code/demo/__init__.py": "from demo.number import __version__\n",
            "code/demo/number.py": MODULE,
        },
        ["code/demo/number.py"],
    ),
    ({"pyproject.toml": built_by("flit_core.buildapi"), "demo.py": MODULE}, ["demo.py"]),
    (
        {
            "pyproject.toml": built_by("flit_core.buildapi", "[tool.flit.module]\nname = 'a.b'"),
            "src/a/b/__init__.py": MODULE,
        },
        ["src/a/b/__init__.py"],
    ),
    (
        {
            "pyproject.toml": built_by(
                "pdm.backend", "[tool.pdm.version]\nsource = 'file'\npath='v.py'"
            ),
            "v.py": '__version__ = "@"\n',
        },
        ["v.py"],
    ),
    (
        {"pyproject.toml": built_by("maturin"), "Cargo.toml": '[package]\nversion = "@"\n'},
        ["Cargo.toml"],
    ),
    (
        {
            "pyproject.toml": built_by(
                "maturin", "[tool.maturin]\nmanifest-path = 'a/b/Cargo.toml'"
            ),
            "a/b/Cargo.toml": "[package]\nversion.workspace = true\n",
            "Cargo.toml": '[workspace.package]\nversion = "@"\n',
        },
        ["Cargo.toml"],
    ),
    (
        {
            "pyproject.toml": built_by("mesonpy"),
            "meson.build": "project('demo', 'c', version : '@', default_options: ['a=1.2.0'])\n",
        },
        ["meson.build"],
    ),
    (
        {
            "pyproject.toml": built_by("mesonpy"),
            "meson.build": "project('demo', version : files('VERSION'))\n",
            "VERSION": "@",
        },
        ["VERSION"],
    ),
    (
        {
            "pyproject.toml": built_by(
                "scikit_build_core.build", SCIKIT.format("regex") + "input = 'demo.py'"
            ),
            "demo.py": MODULE,
        },
        ["demo.py"],
    ),
]


@pytest.mark.parametrize(("files", "paths"), WRITTEN, ids=lambda value: str(value)[:60])
def test_a_written_version_is_found_and_changed_and_nothing_else(
    files: dict[str, str], paths: list[str]
) -> None:
    check_edit(files, paths)


@pytest.mark.parametrize(
    ("files", "tool"),
    [
        ({"pyproject.toml": built_by(SETUPTOOLS, "[tool.setuptools_scm]")}, "setuptools-scm"),
        (
            {"pyproject.toml": built_by(SETUPTOOLS, requires='"setuptools_scm[toml]>=8"')},
            "setuptools-scm",
        ),
        (
            {"pyproject.toml": built_by("hatchling.build", "[tool.hatch.version]\nsource = 'vcs'")},
            "hatch-vcs",
        ),
        (
            {"pyproject.toml": built_by("pdm.backend", "[tool.pdm.version]\nsource = 'scm'")},
            "pdm-backend",
        ),
        (
            {"pyproject.toml": built_by("flit_scm:buildapi", requires='"flit_scm"')},
            "setuptools-scm",
        ),
        (
            {
                "pyproject.toml": '[tool.poetry]\nname = "demo"\nversion = "0.0.0"\n'
                "[tool.poetry-dynamic-versioning]\nenable = true\n"
            },
            "poetry-dynamic-versioning",
        ),
        (
            {
                "pyproject.toml": built_by(
                    "scikit_build_core.build", SCIKIT.format("setuptools_scm")
                )
            },
            "setuptools-scm",
        ),
        ({"setup.py": "setup(name='demo', use_scm_version=True)\n"}, "setuptools-scm"),
        ({"setup.py": "setup(name='demo', version=versioneer.get_version())\n"}, "versioneer"),
        ({"setup.cfg": "[metadata]\nname = demo\n", "setup.py": "setup(pbr=True)\n"}, "pbr"),
        # what setup.cfg says is a plan: the tag counts
        ({"setup.cfg": CFG.format("1.2.0"), "setup.py": "setup(pbr=True)\n"}, "pbr"),
        (
            {
                "pyproject.toml": built_by("pbr.build", requires='"pbr"'),
                "setup.cfg": CFG.format("1.2.0"),
            },
            "pbr",
        ),
        (
            {
                "setup.py": "from setuptools_scm import get_version\n"
                "setup(name='demo', version=get_version())\n"
            },
            "setuptools-scm",
        ),
        (
            {
                "setup.py": "from dunamai import Version as V\nversion = V.from_git().serialize()\n"
                "setup(name='demo', version=version)\n"
            },
            "dunamai",
        ),
    ],
)
def test_a_tool_that_makes_the_version_from_tags_is_known(files: dict[str, str], tool: str) -> None:
    manifest = read_manifest(project(files))

    assert isinstance(manifest.source, FromTags)
    assert (tool, {}) == (manifest.source.tool, manifest.places_by_path)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"pyproject.toml": built_by("x.y")},
            "the version comes from the build backend x.y, and how that reads it is not known",
        ),
        (
            {"pyproject.toml": built_by("pdm.backend", "[tool.pdm.version]\nsource = 'call'")},
            (
                "the version comes from [tool.pdm.version] source = 'call', and that runs code "
                "of the project"
            ),
        ),
        (
            {"pyproject.toml": built_by("hatchling.build", "[tool.hatch.version]\nsource = 'env'")},
            "the version comes from [tool.hatch.version] source = 'env', and no file says it",
        ),
        (
            {
                "pyproject.toml": built_by(SETUPTOOLS, ATTR.format("demo.__version__")),
                "demo.py": "__version__ = read()\n",
            },
            (
                "the version comes from [tool.setuptools.dynamic.version] attr = "
                "'demo.__version__', and demo.py assigns no plain string to __version__"
            ),
        ),
        (
            {"pyproject.toml": built_by("flit_core.buildapi"), "demo.py": "__version__ = f()\n"},
            (
                "the version comes from [project] name = 'demo', and demo.py assigns no plain "
                "string to __version__"
            ),
        ),
        (  # what the file says beside it is not what it reads
            {
                "setup.py": "def version():\n    return check_output(['git', 'describe'])\n"
                "setup(name='demo', version=version(), data=['demo/js/package.json'])\n",
                "demo/js/package.json": '{"version": "0.4.1"}',
            },
            "the version comes from setup(version=...) in setup.py, and that is worked out there",
        ),
        (
            {"setup.py": "setup(name='demo', version=read())\n"},
            "the version comes from setup(version=...) in setup.py, and that is worked out there",
        ),
        (
            {
                "pyproject.toml": built_by("mesonpy"),
                "meson.build": "project('demo',\n version : run_command('git').stdout())\n",
            },
            "the version comes from project() in line 2, and that is no plain string",
        ),
    ],
)
def test_what_only_running_code_would_tell_is_refused(files: dict[str, str], message: str) -> None:
    with pytest.raises(VersionDynamic) as caught:
        read_manifest(project(files))

    assert message == caught.value.message
    assert 'version.source = "file"' in caught.value.hint


def test_a_table_of_a_tool_that_is_not_asked_says_nothing() -> None:
    with pytest.raises(VersionDynamic) as caught:
        read_manifest(
            project({"pyproject.toml": built_by("hatchling.build", "[tool.setuptools_scm]")})
        )

    assert "the build backend hatchling.build" in caught.value.message


@pytest.mark.parametrize("value", ["5", '"x"', "true", "[1]"])
@pytest.mark.parametrize("keys", ["project", "tool.poetry", "tool.flit.metadata"])
def test_what_is_no_table_is_named(keys: str, value: str) -> None:
    with pytest.raises(NotATable) as caught:
        read_manifest(project({"pyproject.toml": f"{keys} = {value}\n"}))

    assert caught.value.message.startswith(f"{keys} in pyproject.toml is no table: ")
    assert f"[{keys}]" in caught.value.hint


@pytest.mark.parametrize(
    "settings",
    [
        "[tool.hatch.version]\nsource = ['vcs']",
        "[tool.hatch.version]\nsource = {a = 1}",
        "[tool.hatch.version]\npath = 'demo.py'\npattern = '(?P<version>a{99999999999})'",
        "[tool.hatch.version]\npath = 'demo\\u0000.py'",
        "[tool.hatch.version]\npath = 'demo/\\u2028.py'",
    ],
)
def test_odd_settings_are_refused_and_break_nothing(settings: str) -> None:
    text = built_by("hatchling.build", settings)

    with pytest.raises(ManifestError):
        read_manifest(project({"pyproject.toml": text, "demo.py": MODULE}))


@pytest.mark.parametrize(
    ("module", "what"),
    [
        ("info = (1, 2, 0)\n__version__ = '.'.join(map(str, info)) + '.post1'\n", "__version__"),
        ("info = (1, 2, 0)\n__version__ = '.'.join(map(str, info[:2]))\n", "__version__"),
        ("info = (1, 2, 0)\n__version__ = '.'.join(str(n + 1) for n in info)\n", "__version__"),
        ("info = (9, 9)\ninfo = (1, 2)\n__version__ = '.'.join(map(str, info))\n", "__version__"),
    ],
)
def test_numbers_that_something_is_done_to_are_refused(module: str, what: str) -> None:
    pyproject = built_by(SETUPTOOLS, ATTR.format("demo.__version__"))

    with pytest.raises(VersionDynamic, match=f"assigns no plain string to {what}"):
        read_manifest(project({"pyproject.toml": pyproject, "demo.py": module}))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('__version__ = "v1.2.0"\n', '__version__ = "v1.3.0"\n'),
        ('__version__ = " 1.2.0 "\n', '__version__ = " 1.3.0 "\n'),
        ("__version__ = (\n    1,  # major\n    2, 0,\n)\n", None),
        ("__version__ = (\n    1, 2,\n    0,\n)\n", "__version__ = (\n    1, 3,\n    0,\n)\n"),
    ],
)
def test_what_is_around_the_version_stays(before: str, after: str | None) -> None:
    pyproject = built_by(SETUPTOOLS, ATTR.format("demo.__version__"))
    files = project({"pyproject.toml": pyproject, "demo.py": before})
    if after is None:
        with pytest.raises(VersionDynamic):
            read_manifest(files)
    else:
        places = read_manifest(files).places

        assert after == set_version(before, NEW, places)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"pyproject.toml": HATCH},
            (
                "[tool.hatch.version] path = 'demo/about.py' leads to demo/about.py, and there is "
                "no such file in the commit"
            ),
        ),
        (
            {"pyproject.toml": HATCH, "demo/about.py": "# nothing\n"},
            (
                "[tool.hatch.version] path = 'demo/about.py' leads to demo/about.py, and that "
                "file has no __version__ that is plain text"
            ),
        ),
        (
            {"setup.cfg": CFG.format("file: VERSION"), "VERSION": "1.2.0 beta\n"},
            (
                "[metadata] version = file: VERSION in setup.cfg leads to VERSION, and that "
                "file has more than a version, or none"
            ),
        ),
    ],
)
def test_a_setting_that_leads_to_no_version_is_named(files: dict[str, str], message: str) -> None:
    with pytest.raises(VersionUnread) as caught:
        read_manifest(project(files))

    assert message == caught.value.message


def test_a_tuple_that_is_joined_is_changed() -> None:
    module = "info = (1, 2, 0)\n__version__ = '.'.join([str(v) for v in info])\n"
    pyproject = built_by(SETUPTOOLS, ATTR.format("demo.__version__"))
    files = project({"pyproject.toml": pyproject, "demo.py": module})
    manifest = read_manifest(files)

    text = set_version(files.at("demo.py") or "", NEW, manifest.places)
    assert (Version("1.2.0"), module.replace("2", "3")) == (manifest.version, text)


class TestConfigured:
    def test_a_pattern_says_where_it_stands(self) -> None:
        files = project({"pyproject.toml": built_by("x.y"), "v.cfg": "a = 1.2.0\nnumber = @;\n"})
        settings = VersionConfig(
            source="file", source_file="v.cfg", source_pattern="number = {version};"
        )
        manifest = read_manifest(files, settings)

        text = set_version(files.at("v.cfg") or "", NEW, manifest.places)
        assert text == "a = 1.2.0\nnumber = 1.3.0;\n"

    def test_tags_can_be_said_to_be_the_source(self) -> None:
        files = project({"pyproject.toml": built_by("x.y")})

        assert read_manifest(files, VersionConfig(source="tag")).is_from_tags

    def test_the_end_of_another_name_is_passed_by(self) -> None:
        text = 'MIN_RELEASE = "0.9.0"\nRELEASE = "1.2.0"\n'
        files = project({"pyproject.toml": built_by("x.y"), "v.py": text})
        settings = VersionConfig(
            source="file", source_file="v.py", source_pattern='RELEASE = "{version}"'
        )
        manifest = read_manifest(files, settings)

        assert text.replace("1.2.0", "1.3.0") == set_version(text, NEW, manifest.places)

    def test_tags_beside_a_version_that_is_written_are_refused(self) -> None:
        text = '[project]\nname = "demo"\nversion = "1.2.0"\n'

        with pytest.raises(SourcesContradict) as caught:
            read_manifest(project({"pyproject.toml": text}), VersionConfig(source="tag"))

        assert "[project] version in pyproject.toml says 1.2.0" in caught.value.message
        assert "Take version.source out" in caught.value.hint

    def test_a_file_has_to_be_named(self) -> None:
        with pytest.raises(SourceFileUnnamed) as caught:
            read_manifest(project({"pyproject.toml": DYNAMIC}), VersionConfig(source="file"))

        assert "version.source_file" in caught.value.hint

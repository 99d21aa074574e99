"""What is read of an error: its message and its hint, as they stand on the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from releasio.rules.contents.record import Record
from releasio.world.build.dist_folder import built_file
from tests.world.git_fixtures import hook

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.program import Program
    from tests.fakes.repository import Repository

NOBODY = "http://127.0.0.1:9/legacy/"


def as_it_is(project: Repository) -> None:
    """Change nothing."""


def without_manifest(project: Repository) -> None:
    project.git("rm", "--quiet", "pyproject.toml")
    project.git("commit", "--quiet", "--message", "chore: drop")


def with_packages(project: Repository) -> None:
    project.commit("feat: a package", **{"src/pyproject.toml": "[project]\n"})


def with_packages_only(project: Repository) -> None:
    without_manifest(project)
    names = ("z/deep/er", "c", "b", "a")
    project.commit("feat: more", **{f"{name}/pyproject.toml": "[project]\n" for name in names})


def with_manifest_uncommitted(project: Repository) -> None:
    text = project.read("pyproject.toml")
    without_manifest(project)
    project.write("pyproject.toml", text)


def with_setting(line: str) -> Callable[[Repository], None]:
    def prepare(project: Repository) -> None:
        project.commit("ci: configure", **{".releasio.toml": f"{line}\n"})

    return prepare


def with_origin(address: str) -> Callable[[Repository], None]:
    def prepare(project: Repository) -> None:
        project.git("remote", "set-url", "origin", address)

    return prepare


def with_version_elsewhere(project: Repository) -> None:
    with_setting('[version]\nversion_files = ["VERSION.txt"]')(project)
    project.commit("ci: a file", **{"VERSION.txt": "none yet\n"})


def behind_its_release(project: Repository) -> None:
    project.commit("fix: another")
    project.commit("chore(release): prepare v0.1.1")
    project.tag("v0.1.1")
    project.git("reset", "--quiet", "--hard", "HEAD~2")


def with_another_version(project: Repository) -> None:
    project.commit("fix: a file", **{"src/demo/__init__.py": '__version__ = "0.0.9"\n'})


def tagged_twice(project: Repository) -> None:
    project.tag("0.1.0")


def with_files_in_two_folders(project: Repository) -> None:
    project.write("one/demo-0.1.0.tar.gz", "")
    project.write("two/demo-0.1.0-py3-none-any.whl", "")


def with_record(**other: str) -> Callable[[Repository], None]:
    """Record files that were built, with some of it being *other*."""

    def prepare(project: Repository) -> None:
        name = other.get("project", "demo")
        file = built_file(project.write(f"dist/{name}-0.1.1.tar.gz", ""))
        record = Record("demo", "0.1.1", "v0.1.1", project.head, 1, (file,))
        project.write("dist/releasio.json", replace(record, **other).to_json())

    return prepare


@pytest.mark.parametrize(
    ("prepare", "words", "message", "hint"),
    [
        pytest.param(
            as_it_is,
            "check --offline --version one",
            "'one' is not a version",
            "Write it as PEP 440 says, for example 1.2.0, 1.2.0rc1 or 1.2.0.dev3",
            id="invalid-version",
        ),
        pytest.param(
            as_it_is,
            "check --offline --package other",
            "there is no package other here",
            "The package of this project is demo.",
            id="not-a-package-here",
        ),
        pytest.param(
            as_it_is,
            f"verify --registry {NOBODY}",
            "v0.1.0 names no files, so there is nothing to compare the index with",
            "A release without uploads (--skip-publish) has none. Else only tags made by releasio "
            "3 and newer name them; a tag made by hand can be verified in the clone that releasio "
            "published it from.",
            id="tag-has-no-files",
        ),
        pytest.param(
            as_it_is,
            "changelog 9.9",
            "no tag names version 9.9",
            "Tags are looked for as v{version}. Fetch them: git fetch --tags",
            id="unknown-release",
        ),
        pytest.param(
            with_another_version,
            "check --offline",
            "src/demo/__init__.py says __version__ = 0.0.9, but pyproject.toml says 0.1.0",
            "Make them equal, or read it with importlib.metadata. To leave such files alone: "
            "version.auto_detect_version_files = false.",
            id="version-file-disagrees",
        ),
        pytest.param(
            tagged_twice,
            "check --offline",
            "tags are named in several ways: 0.1.0, v0.1.0",
            'Say which is yours: version.tag_prefix = "" or version.tag_prefix = "v". A template '
            'does it, too: version.tag_prefix = "{name}-v{version}".',
            id="tag-forms-mixed",
        ),
        pytest.param(
            as_it_is,
            "changelog v0.1.0..gone",
            "there is no commit, branch or tag 'gone' in this clone",
            "Write A..B with names that git knows; fetch what is missing: git fetch --tags",
            id="unknown-revision",
        ),
        pytest.param(
            as_it_is,
            "check-pr",
            "there is no pull request title to check",
            'Give it with --title "...", or run in a workflow on pull_request.',
            id="title-not-given",
        ),
        pytest.param(
            as_it_is,
            "check-pr --title more",
            "the title 'more' will not do: not a conventional commit",
            "Write TYPE: DESCRIPTION or TYPE(SCOPE): DESCRIPTION, such as "
            '"fix(parser): accept empty input".',
            id="title-not-conventional",
        ),
        pytest.param(
            without_manifest,
            "check --offline",
            "there is no pyproject.toml",
            "Run releasio in the directory of the project, or name it: PATH, or --project.",
            id="manifest-missing",
        ),
        pytest.param(
            with_setting('[version]\nversion_files = ["missing.py"]'),
            "check --offline",
            "missing.py is to hold the version, but is not committed",
            "Commit it, or take it out of version.version_files and version.files.",
            id="version-file-missing",
        ),
        pytest.param(
            with_version_elsewhere,
            "check --offline",
            "VERSION.txt holds no version to change: looked for a version and nothing else",
            "Correct the file, or the settings version.version_files and version.files",
            id="version-not-found",
        ),
        pytest.param(
            as_it_is,
            "check --offline --version 0.1.0",
            "version 0.1.0 was released already: a tag names it, of any branch, or the index",
            "Choose another with --version. What is on the index: releasio verify 0.1.0",
            id="version-taken",
        ),
        pytest.param(
            behind_its_release,
            "check --offline",
            "0.1.1 was released already: main here lacks the commit of tag v0.1.1",
            "Bring the branch up to date: git pull --rebase (commit or stash changes of your own "
            "before). Then run again.",
            id="behind-release",
        ),
        pytest.param(
            with_origin("nowhere"),
            "release --skip-publish",
            "there is no repository at the address of origin, or it may not be seen: 'nowhere' "
            "does not appear to be a git repository",
            "Look at the address: git remote get-url origin. If it is right, the credential git "
            "uses has no access to it.",
            id="remote-not-found",
        ),
        pytest.param(
            with_origin("http://127.0.0.1:9/a/b"),
            "release --skip-publish",
            "origin cannot be reached: unable to access 'http://127.0.0.1:9/a/b/': Failed to "
            "connect to 127.0.0.1",
            "Check the network, and with `git ls-remote origin` the address; then run again.",
            id="remote-unreachable",
        ),
        pytest.param(
            lambda project: hook(project.path / ".git", "commit-msg", "raise SystemExit('No!')"),
            "release --execute --skip-publish",
            "the repository's commit hooks refuse the release commit:\nNo!",
            "Nothing was changed. Satisfy the hook, or let it pass commits that begin with the "
            "release message, then run again.",
            id="commit-refused",
        ),
        pytest.param(
            with_record(project="another"),
            "publish",
            "HERE/dist/releasio.json is about another, but this project is demo",
            "Publish from the project the files were built in, or build this one: "
            "releasio build -x",
            id="record-of-another",
        ),
        pytest.param(
            with_record(commit="f" * 40),
            "publish",
            "HERE/dist/releasio.json was built from ffffffff, which is not in this clone",
            "Fetch it: git fetch --tags origin; in GitHub Actions check out with fetch-depth: 0. "
            "Or build what is checked out: releasio build -x",
            id="recorded-commit-missing",
        ),
        pytest.param(
            with_files_in_two_folders,
            "publish one/demo-0.1.0.tar.gz two/demo-0.1.0-py3-none-any.whl",
            "the given files lie in different folders: HERE/one and HERE/two",
            "Put the files of the release into one folder, and name them from there.",
            id="files-apart",
        ),
    ],
)
def test_says_what_is_wrong_and_what_to_do(
    project: Repository,
    releasio: Program,
    prepare: Callable[[Repository], None],
    words: str,
    message: str,
    hint: str,
    request: pytest.FixtureRequest,
) -> None:
    prepare(project)
    said = releasio(*words.split()).err.replace(str(project.path), "HERE")

    assert f"error: {message}" in said
    assert f"\n  {hint}\n  (releasio explain {request.node.callspec.id})" in said


@pytest.mark.parametrize(
    ("prepare", "words", "message", "hint"),
    [
        (
            as_it_is,
            "check --offline src/demo",
            "there is no src/demo/pyproject.toml; the project around it is in HERE",
            "cd HERE, and run releasio there.",
        ),
        (
            as_it_is,
            "rehearse src",
            "there is no src/pyproject.toml; the project around it is in HERE",
            "cd HERE, and run releasio there.",
        ),
        (
            as_it_is,
            "publish --project src",
            "there is no src/pyproject.toml; the project around it is in HERE",
            "cd HERE, and run releasio there.",
        ),
        (
            with_packages,
            "check --offline src/demo",
            "there is no src/demo/pyproject.toml; the project around it is in HERE/src",
            "cd HERE/src, and run releasio there.",
        ),
        (
            with_packages_only,
            "check --offline",
            (
                "there is no pyproject.toml; the repository has a/pyproject.toml, "
                "b/pyproject.toml, c/pyproject.toml and 1 more"
            ),
            "Run releasio in the directory of one of them: cd HERE/a",
        ),
        (
            with_manifest_uncommitted,
            "check --offline",
            "pyproject.toml is not committed",
            "A release is made from commits: git add pyproject.toml, commit it, then run again.",
        ),
    ],
)
def test_where_a_project_is_instead(
    project: Repository,
    releasio: Program,
    prepare: Callable[[Repository], None],
    words: str,
    message: str,
    hint: str,
) -> None:
    prepare(project)
    run = releasio(*words.split())

    expected = f"error: {message}\n  {hint}\n  (releasio explain manifest-missing)\n"
    assert (2, expected) == (run.code, run.err.replace(str(project.path), "HERE"))


def test_a_version_that_is_missing_is_the_one_of_the_tags(
    project: Repository, releasio: Program
) -> None:
    project.tag("v1.9.0")
    project.commit("chore: x", **{"pyproject.toml": '[project]\nname = "demo"\n'})

    assert 'Add version = "1.9.0" to [project]' in releasio("check", "--offline").err


def test_outside_of_a_repository(releasio: Program) -> None:
    above = str(releasio.path.parent)
    said = releasio("check", "--offline", above).err

    assert (
        f"error: {above} is not inside a git repository\n"
        "  Go to the project, or give its directory: releasio check PATH. For a project without "
        "a history: git init, git add, git commit.\n"
        "  (releasio explain not-a-repository)"
    ) in said


def test_the_password_of_an_address_in_the_metadata_is_not_shown(
    project: Repository, releasio: Program
) -> None:
    requirement = 'dependencies = ["foo @ https://bob:s3cr3t-pw@example.com/foo.whl"]'
    text = project.read("pyproject.toml").replace("\nversion =", f"\n{requirement}\nversion =", 1)
    project.commit("chore: x", **{"pyproject.toml": text})
    runs = [releasio("build", "--execute", *options) for options in ([], ["--json"])]

    for run in runs:
        assert "https://example.com/foo.whl" in run.out + run.err
        assert "s3cr3t-pw" not in run.out + run.err


@pytest.mark.parametrize(
    "files",
    [
        {"setup.py": "import json\nfrom setuptools import setup\nsetup(**json.load(open('m')))\n"},
        {"setup.py": "print 'two'\n"},
        {"setup.cfg": "name = demo\n", "setup.py": "import django\ndjango.setup()\n"},
    ],
)
def test_setup_files_that_cannot_be_read_are_named(
    project: Repository, releasio: Program, files: dict[str, str]
) -> None:
    project.git("rm", "--quiet", "pyproject.toml")
    project.commit("chore: as it was", **files)
    run = releasio("check", "--offline")

    assert 2 == run.code
    assert run.err.startswith("error: setup.py does not say plainly what the project is called\n")
    assert "[metadata]" in run.err

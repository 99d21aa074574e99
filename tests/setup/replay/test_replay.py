"""Releases that were made, decided once more from what git has of them."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from releasio.config.reading.load import load
from releasio.setup.replay.replay import replay
from tests.fakes.projects import static_project
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.setup.replay.replay import Replay
    from tests.fakes.repository import Repository

CODE = "src/demo/more.py"
DOCS = "docs/index.md"
USUAL = "0.1.0: feat, 0.1.1: fix, 0.2.0: feat, 0.2.1: fix fix"


def replayed(repo: Repository, count: int = 10, **settings: object) -> Replay:
    """Return the replay of *repo*; `__` in the name of a setting stands for the dot."""
    values = {key.replace("__", "."): value for key, value in settings.items()}
    world, _ = world_of(repo.path)
    with closing(world):
        return replay(world, load(repo.path, {}, values), count)


def say(repo: Repository, version: str) -> None:
    """Write *version* into pyproject.toml."""
    lines = repo.read("pyproject.toml").splitlines()
    (number,) = [n for n, line in enumerate(lines) if line.startswith("version = ")]
    lines[number] = f'version = "{version}"'
    repo.write("pyproject.toml", "\n".join(lines) + "\n")


def commits(repo: Repository, types: str, file: str = CODE) -> None:
    for type_ in types.split():
        text = (repo.path / file).read_text(encoding="utf-8") if (repo.path / file).exists() else ""
        subject = "Change something" if type_ == "-" else f"{type_}: change something"
        repo.commit(subject, **{file: f"{text}# one more\n"})


def release(repo: Repository, version: str, tag: str | None = None) -> None:
    say(repo, version)
    repo.commit(f"chore(release): prepare v{version}")
    repo.tag(tag or f"v{version}")


def released(repo: Repository, plan: str, *, tables: str = "", file: str = CODE) -> Repository:
    """Return *repo* with the releases of *plan*: `0.1.0: feat, 0.1.1: fix docs`."""
    static_project(repo, version="0.0.0", tables=tables)
    for entry in plan.split(","):
        version, _, types = entry.strip().partition(":")
        commits(repo, types, file)
        release(repo, version)
    return repo


def versions(result: Replay) -> dict[str, str]:
    """Return what the rules make of each release, by its tag."""
    return {one.past.tag: str(one.choice.version) for one in result.releases}


def test_releases_that_follow_the_rules_are_the_same(repo: Repository) -> None:
    result = replayed(released(repo, USUAL))

    assert {"v0.2.1": "0.2.1", "v0.2.0": "0.2.0", "v0.1.1": "0.1.1"} == versions(result)
    assert (3, None) == (result.agreeing, result.remedy)


def test_only_the_last_ones_are_looked_at(repo: Repository) -> None:
    assert ["v0.2.1"] == [*versions(replayed(released(repo, USUAL), 1))]


def test_of_a_first_release_there_is_nothing_to_compare(repo: Repository) -> None:
    assert () == replayed(released(repo, "0.1.0: feat")).releases


def test_says_why_a_release_would_not_be_made_and_what_would_make_it(repo: Repository) -> None:
    released(repo, "1.0.0: feat, 1.0.1: fix", file=DOCS)

    result = replayed(repo)
    (one,) = result.releases
    assert one.choice.version is None
    assert "the one commit since 1.0.0 does not raise the version" == one.choice.reasons[0]
    assert one.choice.reasons[1].endswith(f"only files that are not in the package: {DOCS}")
    assert [{"changes.by_files": False}, 1] == [one.remedies[0], result.remedy.agreeing]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("plan", "remedy"),
    [
        ("0.1.0: feat, 0.1.1: feat, 0.1.2: feat", {"version.zero": "lower"}),
        (
            "1.0.0: feat, 1.0.1: chore, 1.0.2: chore",
            {"commits.types_patch": ("fix", "perf", "chore")},
        ),
        (
            "1.0.0: feat, 1.0.1: feat, 1.0.2: fix",
            {"commits.types_minor": (), "commits.types_patch": ("fix", "perf", "feat")},
        ),
        ("1.0.0: feat, 2.0.0: removal", {"commits.types_major": ("removal",)}),
        ("1.0.0: feat, 1.1.0: feature", {"commits.types_minor": ("feat", "feature")}),
        (
            "1.0.0: feat, 1.0.1: -",
            {"commits.types_patch": ("fix", "perf", "change"), "commits.unknown_type": "change"},
        ),
        ("1.0.0: feat, 1.0.1: parser", {"commits.convention": "kernel"}),
        ("1.0.0: feat, 2.0.0: fix", {}),
    ],
)
def test_names_the_setting_that_makes_them_agree(
    repo: Repository, plan: str, remedy: Mapping[str, object]
) -> None:
    result = replayed(released(repo, plan))

    assert remedy == (result.remedy.values if result.remedy else {})


def test_the_settings_of_today_count(repo: Repository) -> None:
    released(repo, "0.1.0: feat, 0.1.1: feat", tables='[tool.releasio.version]\nzero = "lower"\n')

    assert {"v0.1.1": "0.1.1"} == versions(replayed(repo))


def test_settings_may_be_given_that_are_nowhere_yet(repo: Repository) -> None:
    released(repo, "1.0.0: feat, 1.0.1: docs")

    assert {"v1.0.1": "1.0.1"} == versions(
        replayed(repo, commits__types_patch=["fix", "docs"], changes__by_files=False)
    )


def test_calendar_versions_are_those_of_their_day(repo: Repository) -> None:
    released(repo, "2023.10.0: feat, 2023.11.0: fix")  # the tests' commits are of that month

    result = replayed(repo)
    assert {"v2023.11.0": "2023.10.1"} == versions(result)
    assert {"version.scheme": "calver", "version.calver": "YYYY.MM.MICRO"} == result.remedy.values  # type: ignore[union-attr]


def test_a_year_of_two_digits_is_one_where_all_versions_have_one(repo: Repository) -> None:
    released(repo, "21.12.0: feat, 22.10.0: fix, 23.11.0: fix")

    assert {"version.scheme": "calver", "version.calver": "YY.MM.MICRO"} == (
        replayed(repo).remedy.values  # type: ignore[union-attr]
    )


def test_a_version_that_was_raised_before_the_last_commits_is_decided_by_all(
    repo: Repository,
) -> None:
    released(repo, "1.0.0: feat")
    say(repo, "1.1.0")
    repo.commit("chore: begin 1.1")
    commits(repo, "fix feat")
    repo.tag("v1.1.0")

    assert {"v1.1.0": "1.1.0"} == versions(replayed(repo))


def test_a_merged_release_branch_is_decided_by_what_it_brings(repo: Repository) -> None:
    released(repo, "1.0.0: feat")
    repo.git("checkout", "-q", "-b", "develop")
    commits(repo, "feat")
    say(repo, "1.1.0")
    repo.commit("chore: 1.1.0")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "Merge branch 'develop'", "develop")
    repo.tag("v1.1.0")

    assert {"v1.1.0": "1.1.0"} == versions(replayed(repo))


def test_a_release_that_was_tagged_before_its_branch_was_squashed(repo: Repository) -> None:
    released(repo, "0.1.0: feat, 0.1.1: fix")
    for version, types in (("0.2.0", "feat"), ("0.2.1", "fix")):
        commits(repo, types)
        before = repo.read("pyproject.toml")
        say(repo, version)
        files = {"pyproject.toml": repo.read("pyproject.toml")}
        repo.write("pyproject.toml", before)
        repo.squash(f"Release {version} (#7)", f"v{version}", **files)

    assert {"v0.2.1": "0.2.1", "v0.2.0": "0.2.0", "v0.1.1": "0.1.1"} == versions(replayed(repo))


def test_a_development_version_in_the_files_says_what_comes_next(repo: Repository) -> None:
    released(repo, "1.0.0: feat")
    say(repo, "1.1.0.dev0")
    repo.commit("chore: go on")
    commits(repo, "fix")
    release(repo, "1.0.1")

    assert {"v1.0.1": "1.1.0"} == versions(replayed(repo))


def test_pre_releases_are_left_to_people(repo: Repository) -> None:
    released(repo, "1.0.0: feat, 1.1.0rc1: feat, 1.1.0rc2: fix, 1.1.0: docs")

    assert {"v1.1.0": "1.1.0"} == versions(replayed(repo))


def test_where_there_are_only_pre_releases_they_count(repo: Repository) -> None:
    released(repo, "1.0.0b1: feat, 1.0.0b2: fix")

    assert {"v1.0.0b2": "1.0.0b2"} == versions(replayed(repo))


def test_tags_that_move_along_and_tags_of_others_are_no_releases(repo: Repository) -> None:
    released(repo, "1.0.0: feat, 1.1.0: feat")
    repo.tag("v1")
    repo.tag("other-v9.0.0")

    assert {"v1.1.0": "1.1.0"} == versions(replayed(repo))


TOWNCRIER = '[tool.towncrier]\ndirectory = "news"\n'


def test_news_fragments_are_those_that_were_collected(repo: Repository) -> None:
    released(repo, "1.0.0: feat", tables=TOWNCRIER)
    repo.commit("Add a parser", **{"news/1.feature.rst": "A parser.\n"})
    repo.git("rm", "-q", "news/1.feature.rst")
    repo.commit("Collect the news")
    release(repo, "1.1.0")

    assert {"v1.1.0": "1.1.0"} == versions(replayed(repo, changelog__fragments="towncrier"))


def tagged_project(repo: Repository) -> None:
    """Write a project whose version comes from tags, and tag it as 1.0.0."""
    static_project(repo, version="0.0.0", tables=TOWNCRIER)
    text = repo.read("pyproject.toml").replace('version = "0.0.0"', 'dynamic = ["version"]')
    backend = 'build-backend = "hatchling.build"\n\n[tool.hatch.version]\nsource = "vcs"\n'
    text = text.replace('build-backend = "inline_backend"\nbackend-path = ["inline"]\n', backend)
    repo.write("pyproject.toml", text.replace("requires = []", 'requires = ["hatch-vcs"]'))
    repo.commit("chore: let tags say the version")
    repo.tag("1.0.0")


def test_where_tags_say_the_version_the_fragments_are_those_before_the_tagged_commit(
    repo: Repository,
) -> None:
    tagged_project(repo)
    repo.commit("Mend a parser", **{"news/1.bugfix.rst": "A parser.\n"})
    repo.git("rm", "-q", "news/1.bugfix.rst")
    repo.commit("Release 1.0.1")
    repo.tag("1.0.1")

    assert {"1.0.1": "1.0.1"} == versions(replayed(repo, changelog__fragments="towncrier"))


def test_where_tags_say_the_version_the_tagged_commit_is_part_of_it(repo: Repository) -> None:
    tagged_project(repo)
    commits(repo, "feat")
    repo.tag("1.1.0")

    assert {"1.1.0": "1.1.0"} == versions(replayed(repo))


def test_what_git_cannot_tell_is_said(repo: Repository) -> None:
    static_project(repo, version="1.0.0")
    repo.tag("v1.0.0")
    pyproject = repo.read("pyproject.toml")
    repo.commit("feat: break it", **{"pyproject.toml": "no toml\n"})
    repo.tag("v1.1.0")
    repo.commit("fix: mend it", **{"pyproject.toml": pyproject.replace("1.0.0", "1.1.0")})

    (one,) = replayed(repo).releases
    assert (None, True) == (one.choice.version, "pyproject.toml" in one.choice.trouble)


def test_nothing_of_the_repository_is_changed(repo: Repository) -> None:
    released(repo, USUAL)
    repo.write("pyproject.toml", repo.read("pyproject.toml") + "# unfinished\n")
    before = state(repo)

    replayed(repo)

    assert before == state(repo)


def state(repo: Repository) -> tuple[object, ...]:
    files = {
        path.relative_to(repo.path): path.read_bytes()
        for path in repo.path.rglob("*")
        if path.is_file()
    }
    return files, repo.git("status", "--porcelain"), repo.git("for-each-ref")


def test_types_of_fragments_may_be_it(repo: Repository) -> None:
    """setuptools: what is removed makes a major version."""
    tables = '[tool.releasio.changelog]\nfragments = "towncrier"\n'
    released(repo, "1.0.0: feat", tables=tables)
    repo.commit("take it out", **{"newsfragments/12.removal.rst": "Take it out.\n"})
    repo.git("rm", "--quiet", "newsfragments/12.removal.rst")
    repo.commit("Version 2.0.0")
    repo.tag("v2.0.0")
    result = replayed(repo)

    assert result.remedy is not None
    assert {"commits.types_major": ("removal",)} == result.remedy.values

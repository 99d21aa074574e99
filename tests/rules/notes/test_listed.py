"""Which changes the notes list."""

from __future__ import annotations

import pytest

from releasio.config.tables.model import ChangelogConfig, CommitParser, CommitsConfig, Config
from releasio.rules.commits.reading import read_changes
from releasio.rules.notes.listed import listed
from tests.rules.history import commit

BOT = ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.example.org")
RENOVATE = ("Renovate Bot", "29139614+renovate[bot]@users.noreply.example.org")


def told(
    *messages: str,
    bots: tuple[str, ...] = (),
    commits: CommitsConfig | None = None,
    by: tuple[str, str] = BOT,
    **settings: object,
) -> list[str]:
    """Return what is listed of *messages*, then of those of *bots*, newest first."""
    config = Config(commits=commits or CommitsConfig(), changelog=ChangelogConfig(**settings))
    history = [*map(commit, messages), *(commit(one, author=by) for one in bots)]
    changes = listed(read_changes(history, config.commits).changes, config)
    return [f"{one.type}: {one.description}" for one in changes]


class TestByDefault:
    @pytest.mark.parametrize(
        "type_",
        ["feat", "fix", "perf", "security", "deprecate", "deprecated", "revert"],
    )
    def test_what_users_notice_is_listed(self, type_: str) -> None:
        assert [f"{type_}: a"] == told(f"{type_}: a")

    @pytest.mark.parametrize(
        "type_", ["chore", "ci", "docs", "test", "style", "refactor", "build", "wip", "release"]
    )
    def test_what_they_do_not_notice_is_not(self, type_: str) -> None:
        assert [] == told(f"{type_}: a")

    def test_everything_that_breaks_is_listed(self) -> None:
        assert ["chore: a"] == told("chore!: a")

    def test_reverts_of_released_work_are_listed(self) -> None:
        assert ['revert: Revert "feat: a"'] == told('Revert "feat: a"')


class TestBySetting:
    def test_types_that_raise_the_version_are_listed(self) -> None:
        assert ["docs: a"] == told("docs: a", commits=CommitsConfig(types_patch=("docs",)))

    def test_types_of_the_projects_own_are_listed(self) -> None:
        assert ["zap: a"] == told("zap: a", section_headers={"zap": "Zap"})
        assert ["change: Go on"] == told("Go on", commits=CommitsConfig(unknown_type="change"))

    def test_groups_of_parsers_are_listed(self) -> None:
        parser = CommitParser(pattern="x (?P<description>.+)", type="chore", group="Things")

        assert ["chore: a"] == told("x a", commits=CommitsConfig(commit_parsers=(parser,)))

    def test_a_heading_for_a_usual_type_lists_nothing_more(self) -> None:
        assert [] == told("docs: a", section_headers={"docs": "Documentation"})

    def test_only_the_types_that_are_named_are_listed(self) -> None:
        assert ["docs: a"] == told("docs: a", "feat: b", include_types=("docs",))

    def test_no_types_stand_for_all(self) -> None:
        assert ["docs: a", "wip: b"] == told("docs: a", "wip: b", include_types=())

    def test_types_and_scopes_are_left_out(self) -> None:
        messages = ("fix: a", "feat(cli): b", "feat: c")

        assert ["feat: c"] == told(*messages, exclude_types=("fix",), exclude_scopes=("cli",))


class TestUpdatesOfBots:
    def test_become_one_line(self) -> None:
        bots = (
            "build(deps): bump httpx from 0.27.0 to 0.28.1 (#9)",
            "build(deps): bump the tests group with 3 updates (#8)",
            "build(deps): bump httpx from 0.26.0 to 0.27.0 (#7)",
            "build(deps): update rich requirement from >=13 to >=14 in /app (#6)",
        )

        assert [
            "feat: a",
            "deps: update dependencies: httpx to 0.28.1, the tests group, rich to >=14",
        ] == told("feat: a", bots=bots)

    def test_of_runtime_dependencies_stay_in_their_group(self) -> None:
        bots = (
            "fix(deps): update dependency httpx to v1.2",
            "chore(deps): update dependency rich to v2",
        )

        assert ["fix: update dependencies: httpx to 1.2, rich to 2"] == told(bots=bots, by=RENOVATE)

    def test_that_come_alone_keep_their_words(self) -> None:
        bot = "fix(deps): update dependency httpx to v1.2 (#3)"

        assert ["fix: update dependency httpx to v1.2"] == told(bots=(bot,), by=RENOVATE)

    @pytest.mark.parametrize(
        "bot",
        [
            "build(deps-dev): bump pytest from 8.0 to 8.1",
            "ci: bump actions/checkout from 4 to 5",
            "chore(ci): bump actions/checkout from 4 to 5",
            "build(deps): bump actions/checkout from 4 to 5",
            "chore(deps): update codecov/codecov-action action to v7",
            "build(deps): bump astral-sh/setup-uv from 8.2.0 to 10.0.1",
            "build(deps): bump a/b from 1 to 2 in /.github/workflows",
            "build(deps): bump github/codeql-action/init from 3 to 4",
            "build(deps): bump the github-actions group with 2 updates",
            "build(deps): bump the actions-infrastructure group across 1 directory with 2 updates",
            "build(deps): bump the dev-dependencies group with 2 updates",
            "chore(deps): update pre-commit hook pycqa/isort to v8",
        ],
    )
    def test_for_developers_are_not_listed(self, bot: str) -> None:
        assert [] == told(bots=(bot,))

    def test_of_a_package_with_such_a_name_are_listed(self) -> None:
        bots = (
            "build(deps): bump dev from 1 to 2 in /docs",
            "build(deps): bump @jupyterlab/git from 1 to 2",
            "build(deps): bump the reactions group with 2 updates",
        )

        assert [
            "deps: update dependencies: dev to 2, @jupyterlab/git to 2, the reactions group"
        ] == told(bots=bots)

    def test_of_people_are_like_everything_else(self) -> None:
        assert [] == told("chore(deps): bump httpx from 1 to 2")

    def test_that_break_something_stand_alone(self) -> None:
        assert ["build: bump x from 1 to 2"] == told(bots=("build(deps)!: bump x from 1 to 2",))

    def test_of_many_dependencies_are_counted(self) -> None:
        bots = tuple(f"build(deps): bump p{number} from 1 to 2" for number in range(12))

        (line,) = told(bots=bots)
        assert line.endswith("p6 to 2, p7 to 2, and 4 more")

    def test_are_listed_one_by_one_where_all_types_are(self) -> None:
        bots = ("build(deps): bump a from 1 to 2", "build(deps): bump b from 1 to 2")

        assert 2 == len(told(bots=bots, include_types=()))

    def test_are_left_out_with_their_scope(self) -> None:
        bots = ("build(deps): bump a from 1 to 2", "build(deps): bump b from 1 to 2")

        assert [] == told(bots=bots, exclude_scopes=("deps",))

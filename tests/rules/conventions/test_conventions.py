"""What `commits.convention` reads: type, scope, description, level, and what is left out."""

from __future__ import annotations

import pytest

from releasio.config.tables.model import CommitParser, CommitsConfig
from releasio.rules.bump.level import level_of, why
from releasio.rules.commits.reading import Reading, read_changes
from tests.rules.history import commit, told


def read(convention: str, *messages: str, **settings: object) -> Reading:
    commits = [commit(message) for message in messages]
    return read_changes(commits, CommitsConfig(convention=convention, **settings))


def level(reading: Reading, convention: str, **settings: object) -> str:
    return level_of(reading, CommitsConfig(convention=convention, **settings)).label


class TestGitmoji:
    @pytest.mark.parametrize(
        ("subject", "expected", "raises"),
        [
            ("✨ Add a thing", "feat: Add a thing", "minor"),
            (":sparkles: Add a thing", "feat: Add a thing", "minor"),
            ("✨ (api): add a thing", "feat(api): add a thing", "minor"),
            (":sparkles: (api) add a thing (#12)", "feat(api): add a thing", "minor"),
            ("🐛: repair it", "fix: repair it", "patch"),
            ("🐛repair it", "fix: repair it", "patch"),
            ("🚑️ repair it now", "fix: repair it now", "patch"),
            ("🚑 repair it now", "fix: repair it now", "patch"),
            (":adhesive_bandage: repair it", "fix: repair it", "patch"),
            ("⚡️ faster", "perf: faster", "patch"),
            ("🔒️ close a hole", "security: close a hole", "patch"),
            (":lock: close a hole", "security: close a hole", "patch"),
            ("⬆️ Upgrade httpx", "deps: Upgrade httpx", "patch"),
            ("➕ Add httpx", "deps: Add httpx", "patch"),  # noqa: RUF001 -- a gitmoji
            (":wrench: another default", "wrench: another default", "patch"),
            ("💥 drop it", "boom!: drop it", "major"),
            (":boom: drop it", "boom!: drop it", "major"),
            ("✨💥 new, and not compatible", "boom!: new, and not compatible", "major"),
            (":bug: :sparkles: both", "feat: both", "minor"),
            ("✨! drop it", "feat!: drop it", "major"),
            ("📝 tell it", "docs: tell it", "none"),
            (":memo: tell it", "docs: tell it", "none"),
            ("♻️ tidy", "refactor: tidy", "none"),
            ("👷🏽 build elsewhere", "ci: build elsewhere", "none"),
            ("🧑\u200d💻 easier", "technologist: easier", "none"),
            (":t-rex: as before", "t-rex: as before", "none"),
            ("🔖 1.2.0", "bookmark: 1.2.0", "none"),
            ("✨ feat(api): add it", "feat(api): add it", "minor"),
            ("💥 feat(api): drop it", "feat(api)!: drop it", "major"),
            ("feat(api): ✨ add it", "feat(api): add it", "minor"),
            ("fix: :boom: drop it", "fix!: drop it", "major"),
            ("fix(api): repair it", "fix(api): repair it", "patch"),
            ("Merged PR 12: ✨ add it", "feat: add it", "minor"),
        ],
    )
    def test_is_read(self, subject: str, expected: str, raises: str) -> None:
        reading = read("gitmoji", subject)

        assert ([expected], raises) == (told(reading), level(reading, "gitmoji"))

    @pytest.mark.parametrize("subject", ["Add it", "✨", ":sparkles:  ", ":unknown: it", "🦄 it"])
    def test_what_begins_with_none_is_left_out(self, subject: str) -> None:
        reading = read("gitmoji", subject)

        assert ["not a conventional commit, and begins with no gitmoji"] == [
            entry.reason for entry in reading.left_out
        ]

    def test_is_only_read_where_it_is_chosen(self) -> None:
        assert () == read("conventional", "✨ Add a thing").changes

    def test_commits_of_a_squash_merge_are_read(self) -> None:
        body = "* 📝 tell of it\n\n* ✨ (api): another thing\n\n* ✨ Add a thing"
        reading = read("gitmoji", f"📝 The pull request (#3)\n\n{body}")

        assert [
            "docs: The pull request",
            "feat(api): another thing",
            "feat: Add a thing",
        ] == told(reading)
        assert {"#3"} == {change.reference for change in reading.changes}

    def test_the_reason_names_the_setting(self) -> None:
        (reason,) = why(read("gitmoji", ":wrench: it"), CommitsConfig(convention="gitmoji"))

        assert "wrench raises the patch number (commits.convention)" in str(reason)

    def test_own_types_are_named_in_other_settings(self) -> None:
        settings = {"types_minor": ("feat", "wrench"), "types_ignore": ("deps",)}
        reading = read("gitmoji", ":wrench: it", "⬆️ Upgrade httpx", **settings)

        assert ["wrench: it"] == told(reading)
        assert "minor" == level(reading, "gitmoji", **settings)

    def test_a_footer_breaks_something(self) -> None:
        reading = read("gitmoji", "🐛 repair it\n\nBREAKING CHANGE: it is gone")

        assert ["fix!: repair it"] == told(reading)

    def test_parsers_of_the_project_come_first(self) -> None:
        parser = CommitParser(pattern="🦄 (?P<description>.*)", type="feat")
        reading = read("gitmoji", "🦄 it", "✨ that", commit_parsers=(parser,))

        assert ["feat: it", "feat: that"] == told(reading)

    def test_alone_without_the_fallback(self) -> None:
        reading = read("gitmoji", "fix: it", "✨ that", use_conventional_fallback=False)

        assert ["feat: that"] == told(reading)


class TestPrefix:
    @pytest.mark.parametrize(
        ("subject", "expected", "raises"),
        [
            ("[Fix] repair it", "fix: repair it", "patch"),
            ("[FIX] sale: repair it (#7)", "fix: sale: repair it", "patch"),
            ("[fix]: repair it", "fix: repair it", "patch"),
            ("[feat](api)! drop it", "feat(api)!: drop it", "major"),
            ("[Bugfix][V1] repair it", "fix(V1): repair it", "patch"),
            ("[Core][Feature] Add it", "feat(Core): Add it", "minor"),
            ("[CI/Build] Run it", "build: Run it", "none"),
            ("[skip ci] [Doc] tell it", "docs: tell it", "none"),
            ("[BREAKING] drop it", "api!: drop it", "major"),
            ("[Breaking Change] drop it", "api!: drop it", "major"),
            ("[Security] close it", "security: close it", "patch"),
            ("[IMP] better", "improve: better", "patch"),
            ("[REM] away", "remove: away", "patch"),
            ("(feat) add it", "feat: add it", "minor"),
            ("(fix): repair it", "fix: repair it", "patch"),
            ("BUG: repair it", "fix: repair it", "patch"),
            ("ENH: stats: add it", "feat: stats: add it", "minor"),
            ("ENH(stats): add it", "feat(stats): add it", "minor"),
            ("ENH, DOC: add it", "feat: add it", "minor"),
            ("DOC/TST: tell it", "docs: tell it", "none"),
            ("MAINT: tidy", "chore: tidy", "none"),
            ("TST: try it", "test: try it", "none"),
            ("DEP: deprecate it", "deprecate: deprecate it", "minor"),
            ("DEPR: deprecate it", "deprecate: deprecate it", "minor"),
            ("REGR: repair it", "fix: repair it", "patch"),
            ("API: drop it", "api!: drop it", "major"),
            ("REV: undo it", "revert: undo it", "patch"),
            ("FIX Repair it", "fix: Repair it", "patch"),
            ("DOC tell it", "docs: tell it", "none"),
            ("feat(api): add it", "feat(api): add it", "minor"),
            ("net: repair it", "net: repair it", "none"),
        ],
    )
    def test_is_read(self, subject: str, expected: str, raises: str) -> None:
        reading = read("prefix", subject)

        assert ([expected], raises) == (told(reading), level(reading, "prefix"))

    @pytest.mark.parametrize(
        "subject",
        [
            "Add a thing",
            "[Core] it",
            "[5.0.x] Fixed it",
            "[Fix]",
            "(see below) it",
            "API cleanup",
            "NEW YORK",
        ],
    )
    def test_what_has_no_known_one_is_left_out(self, subject: str) -> None:
        reading = read("prefix", subject)

        assert ["not a conventional commit, and begins with no known prefix"] == [
            entry.reason for entry in reading.left_out
        ]

    def test_commits_of_a_squash_merge_are_read(self) -> None:
        reading = read("prefix", "DOC: tell it (#3)\n\n* [Feature] add it\n* FIX typo\n* fix: more")

        assert ["docs: tell it", "feat: add it", "fix: more"] == told(reading)

    def test_what_stands_below_a_heading_lists_no_commits(self) -> None:
        reading = read("prefix", "DOC: tell it\n\n## Notes of httpx\n\n* [Feature] add it")

        assert ["docs: tell it"] == told(reading)


class TestKernel:
    @pytest.mark.parametrize(
        ("subject", "expected"),
        [
            ("mm: repair it", "patch(mm): repair it"),
            ("net: ethernet: repair it", "patch(net): ethernet: repair it"),
            ("x86/mm: repair it", "patch(x86/mm): repair it"),
            ("mm, slab: repair it", "patch(mm, slab): repair it"),
            ("usb gadget: repair it", "patch(usb gadget): repair it"),
            ("[PATCH v2 1/3] mm: repair it", "patch(mm): repair it"),
            ("feat: repair it", "patch(feat): repair it"),
        ],
    )
    def test_makes_all_a_patch(self, subject: str, expected: str) -> None:
        reading = read("kernel", subject)

        assert ([expected], "patch") == (told(reading), level(reading, "kernel"))

    @pytest.mark.parametrize("subject", ["Linux 6.1", "gh-1234: repair it", "see http://e.org"])
    def test_what_names_no_subsystem_is_left_out(self, subject: str) -> None:
        reading = read("kernel", subject)

        assert ["not a conventional commit, and no `subsystem: what was done` either"] == [
            entry.reason for entry in reading.left_out
        ]

    def test_footers_count(self) -> None:
        reading = read("kernel", "mm: drop it\n\nIt is old.\n\nBREAKING CHANGE: gone\nCc: a@b.org")

        assert "major" == level(reading, "kernel")

    def test_bodies_list_no_commits(self) -> None:
        reading = read("kernel", "mm: repair it\n\nfeat: of words\n\n* fix: this, too")

        assert ["patch(mm): repair it"] == told(reading)

    def test_a_colon_behind_nothing_names_no_type(self) -> None:
        message = "mm: repair it\n\n* : of words\n- (x): of others\n\n: and these"

        assert ["patch(mm): repair it"] == told(read("kernel", message))
        assert ["fix: repair it"] == told(
            read("conventional", message.replace("mm", "fix"), types_patch=("fix", ""))
        )

    def test_a_revert_stays_one(self) -> None:
        reading = read("kernel", 'Revert "mm: repair it"')

        assert ['revert: Revert "mm: repair it"'] == told(reading)


class TestAngular:
    def test_reads_its_types(self) -> None:
        reading = read("angular", "feat(core): add it", "fix($compile)!: drop it")

        assert ["feat(core): add it", "fix($compile)!: drop it"] == told(reading)

    def test_leaves_others_out(self) -> None:
        reading = read("angular", "security: close it", "net: repair it")

        assert ["not a conventional commit of a type that Angular has"] * 2 == [
            entry.reason for entry in reading.left_out
        ]

    def test_reads_its_types_in_bodies(self) -> None:
        reading = read("angular", "docs: it (#3)\n\n* feat: add it\n\n* security: close it")

        assert ["docs: it", "feat: add it"] == told(reading)


class TestTitlesOfMerges:
    @pytest.mark.parametrize("convention", ["conventional", "angular", "gitmoji", "prefix"])
    @pytest.mark.parametrize(
        ("message", "reference"),
        [
            ("Merged PR 12: fix: repair it", "!12"),
            ("Merged in feature/x (pull request #12)\n\nfix: repair it\n\nApproved-by: A", "#12"),
        ],
    )
    def test_are_read_in_every_convention(
        self, convention: str, message: str, reference: str
    ) -> None:
        (change,) = read(convention, message).changes

        assert ("fix", "repair it", reference) == (
            change.type,
            change.description,
            change.reference,
        )

    @pytest.mark.parametrize(
        ("convention", "title"),
        [("gitmoji", "🐛 repair it"), ("prefix", "[Fix] repair it"), ("kernel", "mm: repair it")],
    )
    def test_have_the_words_of_the_convention(self, convention: str, title: str) -> None:
        message = f"Merged in feature/x (pull request #12)\n\n{title}"
        (change,) = read(convention, message).changes

        assert ("repair it", "#12") == (change.description, change.reference)

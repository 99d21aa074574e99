from __future__ import annotations

import html
import re

import cmarkgfm
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from releasio.config.reading.generations import EMOJI_TITLES
from releasio.config.tables.model import ChangelogConfig, CommitParser, CommitsConfig, Config
from releasio.rules.commits.reading import read_changes
from releasio.rules.notes.escape import escape
from releasio.rules.notes.listed import listed
from releasio.rules.notes.notes import render_notes
from tests.rules.history import commit

RENDERER = MarkdownIt("gfm-like", {"linkify": False})
PIECES = [
    *("\\", "`", "``", "*", "_", "~", "$", "<", "<b>", "<!--", "-->", "[", "]", "(", ")", "|", " "),
    *("[x](https://y.org)", "![i](u)", "@ada", "#1", "GH-1", "https://x.org/a_b", "www.x.org", "&"),
    *("https://x.org/o/r/issues/1", "&amp;", "a1b2c3d", "a", "-", "1.", "# ", ">", "=", "HTTP://x"),
]


def notes(*messages: str, commits: CommitsConfig | None = None, **settings: object) -> str:
    reading = read_changes([commit(one) for one in messages], commits or CommitsConfig())
    changelog = ChangelogConfig(**settings)
    changes = reading.changes
    if changelog.is_set("include_types"):
        changes = listed(changes, Config(changelog=changelog))
    return render_notes(changes, changelog)


class TestGroups:
    def test_have_the_titles_of_keep_a_changelog(self) -> None:
        text = notes("fix(api): repair it (#12)", "feat: add a thing", "docs: explain")

        assert text == (
            "### Added\n\n- add a thing\n\n"
            "### Changed\n\n- explain\n\n"
            "### Fixed\n\n- **api:** repair it (#12)"
        )

    @pytest.mark.parametrize(
        ("type_", "title"),
        [
            ("feat", "Added"),
            ("feature", "Added"),
            ("fix", "Fixed"),
            ("perf", "Changed"),
            ("revert", "Changed"),
            ("docs", "Changed"),
            ("security", "Security"),
            ("deprecate", "Deprecated"),
            ("deprecation", "Deprecated"),
            ("remove", "Removed"),
        ],
    )
    def test_are_those_of_the_type(self, type_: str, title: str) -> None:
        assert f"### {title}\n\n- a" == notes(f"{type_}: a")

    def test_have_those_of_2_x_where_the_settings_keep_its_defaults(self) -> None:
        text = notes(
            "fix: a", "feat: b", "docs: c", "odd: d", "security: e", "feat!: f",
            section_headers=EMOJI_TITLES,
        )  # fmt: skip

        assert text == (
            "### ⚠️ Breaking Changes\n\n- f\n\n### ✨ Features\n\n- b\n\n"
            "### 🐛 Bug Fixes\n\n- a\n\n### 📚 Documentation\n\n- c\n\n"
            "### 📝 Other\n\n- d\n- e"
        )

    def test_may_have_others(self) -> None:
        text = notes("fix: a", "feat: b", "zap: c", section_headers={"fix": "Mended", "zap": "Zap"})

        assert text == "### Added\n\n- b\n\n### Mended\n\n- a\n\n### Zap\n\n- c"

    def test_may_share_one(self) -> None:
        text = notes("fix: a", "feat: b", section_headers={"fix": "All", "feat": "All"})

        assert text == "### All\n\n- a\n- b"

    def test_come_in_the_order_that_is_asked_for(self) -> None:
        text = notes("feat: a", "fix: b", "odd: c", "docs: d", section_order=("docs", "fix"))

        assert ["Changed", "Fixed", "Added"] == [
            line[4:] for line in text.splitlines() if line.startswith("### ")
        ]

    def test_are_those_of_parsers(self) -> None:
        parser = CommitParser(pattern="NEW (?P<description>.+)", type="feat", group="Neu")
        text = notes("NEW thing", "fix: a", commits=CommitsConfig(commit_parsers=(parser,)))

        assert text == "### Fixed\n\n- a\n\n### Neu\n\n- thing"

    def test_of_nothing_are_nothing(self) -> None:
        assert notes() == ""


class TestBreakingChanges:
    def test_are_listed_once_with_what_they_break(self) -> None:
        """V12: 2.x lists a breaking change twice."""
        text = notes("feat(api)!: drop it (#3)\n\nBREAKING CHANGE: use `new()` instead")

        assert text == (
            "### Added\n\n- **Breaking**: **api:** drop it (#3)\n  - use `new()` instead"
        )

    def test_come_first_in_their_group_and_are_marked(self) -> None:
        text = notes("fix: a", "fix!: b", "feat: c", "fix(x)!: d")

        assert text == (
            "### Added\n\n- c\n\n### Fixed\n\n- **Breaking**: b\n- **Breaking**: **x:** d\n- a"
        )

    def test_are_marked_in_entries_of_a_template_too(self) -> None:
        text = notes("fix!: a", commit_template="* {description} ({type})")

        assert text == "### Fixed\n\n* **Breaking**: a (fix)"

    def test_have_a_group_of_their_own_where_the_settings_name_one(self) -> None:
        text = notes("fix: a", "fix!: b", section_headers={"breaking": "Breaks"})

        assert text == "### Breaks\n\n- b\n\n### Fixed\n\n- a"

    def test_stay_when_their_type_or_scope_is_left_out(self) -> None:
        text = notes(
            "chore(ci)!: drop it",
            "chore: a",
            "fix(ci): b",
            exclude_types=("chore",),
            exclude_scopes=("ci",),
        )

        assert text == "### Changed\n\n- **Breaking**: **ci:** drop it"


class TestEntries:
    def test_that_say_the_same_are_listed_once(self) -> None:
        """P10: cherry-picked and merged commits double entries elsewhere."""
        assert notes("fix: a", "fix: a", "fix(x): a") == "### Fixed\n\n- a\n- **x:** a"

    @pytest.mark.parametrize(
        ("settings", "expected"),
        [
            ({"include_types": ("fix",)}, "### Fixed\n\n- **api:** b (#3)"),
            (
                {"include_scope": False, "exclude_types": ("feat",)},
                "### Fixed\n\n- b (#3)",
            ),
            (
                {"show_authors": True, "include_types": ("fix",)},
                "### Fixed\n\n- **api:** b (#3) by Ada Tester",
            ),
            (
                {"group_by_scope": True, "include_types": ("fix",)},
                "### Fixed\n\n- **api**\n  - b (#3)",
            ),
        ],
    )
    def test_look_as_configured(self, settings: dict[str, object], expected: str) -> None:
        assert expected == notes("feat: a", "fix(api): b (#3)", **settings)

    def test_show_the_commit(self) -> None:
        id_ = commit("fix: a").id[:7]

        assert f"### Fixed\n\n- a ({id_})" == notes("fix: a", show_commit_hash=True)

    @pytest.mark.parametrize(
        ("template", "message", "expected"),
        [
            ("- **{scope}:** {description}", "fix(api): a", "- **api:** a"),
            ("- **{scope}:** {description}", "fix: a", "- a"),
            ("* [{type}] {description} - {author}", "fix: a (#2)", "* [fix] a (#2) - Ada Tester"),
            ("{description}", "fix: a", "- a"),
            ("{type} {pr_number} {author_email}", "fix: a (#2)", "- fix 2 ada@example.org"),
            ("{date}: {description}", "fix: a", "- 2023-11-14: a"),
            ("{description} {odd} {}", "fix: a", "- a {odd} {}"),
            ("- {description}\n\n{body}", "fix: a\n\none\ntwo", "- a\n\n  one\n  two"),
        ],
    )
    def test_follow_a_template(self, template: str, message: str, expected: str) -> None:
        assert f"### Fixed\n\n{expected}" == notes(message, commit_template=template)

    def test_do_not_name_machines(self) -> None:
        bots = [
            commit("fix: a", author=("dependabot[bot]", "49699333+dependabot[bot]@example.org")),
            commit("fix: b", author=("Renovate Bot", "29139614+renovate[bot]@example.org")),
        ]
        changes = read_changes(bots, CommitsConfig()).changes

        assert "### Fixed\n\n- a\n- b" == render_notes(changes, ChangelogConfig(show_authors=True))

    def test_mark_newcomers_once(self) -> None:
        bo = ("Bo", "bo@example.org")
        commits = [commit("fix: b", author=bo), commit("fix: a", author=bo), commit("fix: c")]
        changes = read_changes(commits, CommitsConfig()).changes
        settings = ChangelogConfig(show_first_time_contributors=True)

        assert render_notes(changes, settings, {"ada@example.org"}) == (
            "### Fixed\n\n- b\n- a 🎉 First contribution!\n- c"
        )
        assert "🎉" not in render_notes(changes, settings, None)


class TestEscape:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("plain words, 1.2 & more", "plain words, 1.2 & more"),
            ("use `<b>` and `a_b*`", "use `<b>` and `a_b*`"),
            ("``a`b`` too", "``a`b`` too"),
            ("a lone ` tick", "a lone \\` tick"),
            ("<script>x</script>", "&lt;script>x&lt;/script>"),
            ("a [link](x) ![image](y)", "a \\[link\\](x) !\\[image\\](y)"),
            ("*args and **kwargs", "\\*args and \\*\\*kwargs"),
            ("snake_case and __init__ and _x", "snake_case and \\_\\_init\\_\\_ and \\_x"),
            ("thanks @ada and bo@x.org", "thanks @&#8203;ada and bo@&#8203;x.org"),
            ("`@property` stays", "`@property` stays"),
            ("# no heading", "\\# no heading"),
            ("#12 and o/r#3", "#&#8203;12 and o/r#&#8203;3"),
            ("!12, GH-3 and gh-4", "!&#8203;12, GH-&#8203;3 and gh-&#8203;4"),
            ("a1b2c3d, deadbeef, 1234567", "a&#8203;1b2c3d, deadbeef, 1234567"),
            ("www.x.org ftp://x", "www&#8203;.x.org ftp:&#8203;//x"),
            ("fix https://x.org/o/r/issues/1", "fix https:&#8203;//x.org/o/r/issues/1"),
            ("$a$ but $5", "\\$a\\$ but \\$5"),
            ("---", "\\---"),
            ("> no quote", "\\> no quote"),
            ("- no list", "\\- no list"),
            ("1. no list", "1\\. no list"),
            ("&lt; as written", "&amp;lt; as written"),
            ("~~not struck~~", "\\~\\~not struck\\~\\~"),
            ("see https://example.org/a_b_?c=d", "see https://example.org/a_b_?c=d"),
            ("see https://x.org/a_b_?c=*d", "see https:&#8203;//x.org/a_b\\_?c=\\*d"),
            ("red \x1b[31m\x07 and\ttab\u202e", "red \\[31m and tab"),
            ("C:\\[x]", "C:\\\\\\[x\\]"),
            ("a \\`code`", "a \\\\`code`"),
            ("a \\\\`@ada`", "a \\\\\\\\`@ada`"),
            ("_www.x.org and _GH-1", "\\_www&#8203;.x.org and \\_GH-&#8203;1"),
            ("https://x.org/<b>", "https:&#8203;//x.org/&lt;b>"),
            ("https://x.org/&lt;b", "https:&#8203;//x.org/&amp;lt;b"),
        ],
    )
    def test_shows_what_was_written(self, text: str, expected: str) -> None:
        assert expected == escape(text)

    @given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
    def test_does_nothing_on_a_page_of_github(self, text: str) -> None:
        page = cmarkgfm.github_flavored_markdown_to_html(f"- {escape(text)} by Bo\n- next")
        without_code = re.sub(r"<code>.*?</code>|<a href=\"https://x[.]org[^<]*</a>", "", page)
        shown = html.unescape(re.sub(r"</?\w[^>]*>|\u200b", "", page)).replace("`", "")

        assert {"ul", "li"} == set(re.findall(r"<(\w+)", without_code))
        assert [] == re.findall(r"@\w|#\d|\bGH-\d", without_code.replace("&#", "&"))
        assert [*text.replace("`", "").split(), "by", "Bo", "next"] == shown.split()

    @given(st.text(alphabet="ab1 *_[]()<>#@&;~\\!-+.|:=/lt$", max_size=30))
    def test_renders_as_the_text_itself(self, text: str) -> None:
        (paragraph,) = [
            token for token in RENDERER.parse(f"- x {escape(text)}") if token.type == "inline"
        ]
        kinds = {child.type for child in paragraph.children or ()}
        shown = "".join(child.content for child in paragraph.children or ())

        assert kinds <= {"text", "text_special"}
        assert " ".join(f"x {text}".split()) == shown.replace("\u200b", "").rstrip()

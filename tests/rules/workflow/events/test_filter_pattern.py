"""The filters of GitHub: the table of its documentation, and what people take them for."""

from __future__ import annotations

import pytest

from releasio.rules.workflow.events.filter_pattern import FilterPattern, takes


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("feature/*", ["feature/my-branch", "feature/your-branch"]),
        ("feature/**", ["feature/beta-a/my-branch", "feature/your-branch", "feature/mona/the"]),
        ("main", ["main"]),
        ("releases/mona-the-octocat", ["releases/mona-the-octocat"]),
        ("*", ["main", "releases"]),
        ("**", ["all/the/branches", "every/tag"]),
        ("*feature", ["mona-feature", "feature", "ver-10-feature"]),
        ("v2*", ["v2", "v2.0", "v2.9"]),
        ("v[12].[0-9]+.[0-9]+", ["v1.10.1", "v2.0.0"]),
        ("*.jsx?", ["page.js", "page.jsx"]),
        ("*.js", ["app.js", "index.js"]),
        ("**.js", ["index.js", "js/index.js", "src/js/app.js"]),
        ("docs/*", ["docs/README.md", "docs/file.txt"]),
        ("docs/**", ["docs/README.md", "docs/mona/octocat.txt"]),
        ("docs/**/*.md", ["docs/README.md", "docs/mona/hello-world.md", "docs/a/markdown/file.md"]),
        ("**/docs/**", ["docs/hello.md", "dir/docs/my-file.txt", "space/docs/plan/space.doc"]),
        ("**/README.md", ["README.md", "js/README.md"]),
        ("**/*src/**", ["a/src/app.js", "my-src/code/js/app.js"]),
        ("**/*-post.md", ["my-post.md", "path/their-post.md"]),
        ("**/migrate-*.sql", ["migrate-10909.sql", "db/migrate-v1.0.sql", "db/s/migrate-v1.sql"]),
        (r"v1\+build", ["v1+build"]),
        ("v*.*.*", ["v1.2.3", "v1.2.3rc1", "v1.2.3.post1"]),
        ("[0-9]+.[0-9]+.[0-9]+*", ["1.2.3", "10.20.30a1"]),
    ],
)
def test_a_pattern_takes_what_the_documentation_says(pattern: str, names: list[str]) -> None:
    refused_names = [name for name in names if not FilterPattern(pattern).matches(name)]

    assert [] == refused_names


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("*", "all/the/branches"),
        ("feature/*", "feature/a/b"),
        ("v[12].[0-9]+.[0-9]+", "v3.0.0"),
        ("v[12].[0-9]+.[0-9]+", "v1.0.0rc1"),
        ("v*", "1.0.0"),
        (r"v\d+.\d+.\d+", "v1.2.3"),
        (r"^v.*$", "v1.2.3"),
        ("v.*", "v1.2.3"),
        ("v(0|1).2.3", "v1.2.3"),
        ("v[9-0]", "v1"),
        ("v?.?.?", "v1.2.3"),
        ("main", "refs/heads/main"),
        ("refs/tags/v*", "v1.2.3"),
    ],
)
def test_a_pattern_does_not_take_what_people_think_it_does(pattern: str, name: str) -> None:
    assert not FilterPattern(pattern).matches(name)


@pytest.mark.parametrize(
    ("patterns", "name", "expected"),
    [
        (("*.md", "!README.md"), "hello.md", True),
        (("*.md", "!README.md"), "README.md", False),
        (("*.md", "!README.md", "README*"), "README.md", True),
        (("releases/**", "!releases/**-alpha"), "releases/10-alpha", False),
        (("!v1",), "v2", False),
        ((), "v2", False),
    ],
)
def test_of_several_patterns_the_last_that_matches_decides(
    patterns: tuple[str, ...], name: str, *, expected: bool
) -> None:
    assert expected == takes(patterns, name)


@pytest.mark.parametrize(
    ("pattern", "sign"),
    [
        (r"v\d+.\d+.\d+", r"\d"),
        ("^v1", "^"),
        ("v1$", "$"),
        (r"v(\w+)", r"\w"),
        ("v(a|b)", "(a|b)"),
        ("v1.*", ""),
        ("v[0-9]*.[0-9]*", ""),
        ("v*", ""),
        ("v*.*.*", ""),
        ("v[0-9]+.[0-9]+.[0-9]+", ""),
        ("release-(old)", ""),
    ],
)
def test_a_regular_expression_is_recognised(pattern: str, sign: str) -> None:
    assert sign == FilterPattern(pattern).regex_sign


@pytest.mark.parametrize(
    ("pattern", "prefix"),
    [("v*", "v"), ("v[0-9]", "v"), ("vx?1", "v"), ("!core-v*", "core-v"), ("**", ""), ("a", "a")],
)
def test_the_plain_beginning_of_a_pattern_is_known(pattern: str, prefix: str) -> None:
    assert prefix == FilterPattern(pattern).prefix

"""Settings of other tools that nobody foresaw: said, left out, and never a traceback."""

from __future__ import annotations

import json
from itertools import product

import pytest

from releasio.config.reading.mistakes import Findings, Source
from releasio.config.reading.values import read_table
from releasio.config.tables.model import Config
from releasio.setup.adoption.adopted import nested
from tests.setup.adoption.adopting import gaps, tool, tools

ODD = (
    *(5, True, False, "", "x", "(", "$", "v{version}{version}", "a:b:c", "../up", "a b\u2028"),
    *([], ["a"], [1, {"a": 1}], [[]], ["::", "[:("], {}, {"a": {"b": [1]}}, {"x": {"match": "("}}),
)
KEYS = {
    "releaserc.json": (
        "semantic_release",
        (
            "tag_format branch branches build_command changelog commit_parser "
            "commit_parser_options version_toml version_variables remote publish assets "
            "add_partial_tags"
        ),
    ),
    ".cz.json": (
        "commitizen",
        (
            "name version version_files version_provider tag_format changelog_file customize "
            "pre_bump_hooks change_type_map legacy_tag_formats major_version_zero"
        ),
    ),
    "release-please-config.json": (
        "",
        (
            "packages changelog-sections extra-files exclude-paths versioning release-type "
            "include-component-in-tag tag-separator initial-version changelog-path plugins draft"
        ),
    ),
}


@pytest.mark.parametrize("file", KEYS)
def test_are_no_traceback_and_no_mistake_in_ours(file: str) -> None:
    root, keys = KEYS[file]
    for key, value in product(keys.split(), ODD):
        table = {root: {key: value}} if root else {key: value}

        found = tools(**{f"./{file}": json.dumps(table)})

        findings = Findings(Source(file), [], [])
        for one in found:
            read_table(Config, nested(one.translated), (), findings)
        assert [] == findings.mistakes, (key, value)


def test_a_value_that_ours_do_not_take_is_named() -> None:
    found = tool(
        **{"./releaserc.json": json.dumps({"semantic_release": {"branch": "a branch~"}})},
    )

    (gap,) = found.untranslated
    assert ("branch", "Choose a value for default_branch yourself.") == (gap.foreign, gap.instead)
    assert "releaserc.json: `default_branch` must be " in gap.reason
    assert {"branch": "releaserc.json:1"} == gaps(found)


@pytest.mark.parametrize(
    ("name", "text", "foreign"),
    [
        ("tbump.toml", '[git]\ntag_template = "T-{x}"\n', "git.tag_template"),
        ("releaserc.json", '{"semantic_release": {"tag_format": "T-{x}"}}', "tag_format"),
        (".cz.json", '{"commitizen": {"tag_format": "T-$x"}}', "tag_format"),
        (".bumpversion.toml", '[tool.bumpversion]\ntag_name = "T-{x}"\n', "tag_name"),
        (".github/release-drafter.yml", "tag-template: T-$x\n", "tag-template"),
    ],
)  # fmt: skip
def test_tags_that_do_not_say_the_version_give_no_prefix(
    name: str, text: str, foreign: str
) -> None:
    found = tool(**{name: text})

    assert "version" not in found.settings
    assert foreign in gaps(found)

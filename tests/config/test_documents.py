"""The loader, the schema, the reference page and the list of settings in force agree."""

from __future__ import annotations

import ast
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

import pytest
from jsonschema import Draft202012Validator

from releasio.config.pages.effective import document, rows
from releasio.config.pages.schema import json_schema, plain
from releasio.config.reading.generations import CHANGED
from releasio.config.reading.kinds import contents, is_table, keys, kinds
from releasio.config.reading.load import load
from releasio.config.tables.model import Config, PublishConfig
from tests.config.places import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.config.tables.model import Table

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
KEYS = (HERE / "keys-of-2.x.toml").read_text(encoding="utf-8").splitlines()[1:]
DEFAULTS = (HERE / "defaults-of-2.x.toml").read_text(encoding="utf-8").splitlines()[1:]
CHANGED_SINCE = {changed.line for changed in CHANGED}
VALIDATOR = Draft202012Validator(json_schema())
NEW = {  # keys that 2.x did not have
    "changelog.fragments",
    "changelog.section_template",
    "changes.api",
    "changes.api_allowed[].name",
    "changes.api_allowed[].reason",
    "changes.by_files",
    "changes.dropped",
    "changes.ignore",
    "changes.metadata",
    "commits.convention",
    "config_version",
    "github.commit_with_api",
    "github.dispatch",
    "github.floating_tags",
    "github.kind",
    "github.merge_back",
    "github.release_body_template",
    "github.release_checksums",
    "github.release_discussion_category",
    "github.release_pr_assignees",
    "github.release_pr_auto_merge",
    "github.release_pr_draft",
    "github.release_pr_reviewers",
    "github.releases",
    "mode",
    "publish.allow_fewer_files",
    "publish.ask_first",
    "publish.attestations",
    "publish.credentials",
    "publish.fallback",
    "publish.parallel",
    "publish.routes[].branch",
    "publish.routes[].prerelease",
    "publish.routes[].registry",
    "publish.routes[].staging",
    "publish.routes[].tag",
    "publish.sigstore_trust_config",
    "publish.staging",
    "publish.timeout",
    "publish.token_command",
    "publish.verify_timeout",
    "version.after_release",
    "version.calver",
    "version.check_lock_file",
    "version.dev",
    "version.scheme",
    "version.source",
    "version.source_file",
    "version.source_pattern",
    "version.zero",
}


def with_effect(table: type[Table]) -> Iterator[str]:
    """Yield the keys that promise an effect, those of inner tables, too."""
    for name, kind in kinds(table).items():
        if table.settings[name].later or table.settings[name].dead:
            continue
        inner, _ = contents(kind)
        if is_table(inner):
            yield from with_effect(inner)
        else:
            yield name


def is_read(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)


class TestCompatibility:
    @pytest.mark.parametrize("line", KEYS)
    def test_every_key_of_2_x_is_accepted(self, tmp_path: Path, line: str) -> None:
        write(tmp_path, {".releasio.toml": line})

        settings = load(tmp_path, {})

        assert list(settings.origins)
        assert VALIDATOR.is_valid(tomllib.loads(line))

    def test_all_of_them_at_once_say_once_per_reason_what_has_no_effect(
        self, tmp_path: Path
    ) -> None:
        write(tmp_path, {"pyproject.toml": "\n".join(["[tool.releasio]", *KEYS])})

        notices = load(tmp_path, {}).notices

        assert 5 == len(notices)
        assert len(set(notices)) == len(notices)

    @pytest.mark.parametrize("line", [line for line in DEFAULTS if line not in CHANGED_SINCE])
    def test_defaults_are_those_of_2_x(self, tmp_path: Path, line: str) -> None:
        write(tmp_path, {".releasio.toml": line})

        assert Config() == load(tmp_path, {}).config

    def test_the_list_misses_no_key_but_those_that_are_new(self) -> None:
        old = {line.partition(" =")[0] for line in KEYS}
        new = {
            key.name
            for key in keys(Config)
            if not any(key.name == name or key.name.startswith(f"{name}[") for name in old)
        }

        assert NEW == {name for name in new if "NAME" not in name}


class TestSchema:
    def test_is_a_schema(self) -> None:
        Draft202012Validator.check_schema(json_schema())

    def test_is_json(self) -> None:
        assert json_schema() == json.loads(json.dumps(json_schema()))

    def test_takes_the_defaults(self) -> None:
        assert [] == list(VALIDATOR.iter_errors(_without_none(plain(Config()))))

    @pytest.mark.parametrize(
        "text",
        [
            "mdoe = 1",
            'mode = "x"',
            "publish.timeout = 0",
            "config_version = 4",
            'commits.types_minor = "feat"',
            "registries.corp = {}",
            "branches.x = 1",
        ],
    )
    def test_refuses_mistakes(self, text: str) -> None:
        assert not VALIDATOR.is_valid(tomllib.loads(text))

    def test_marks_what_has_no_effect(self) -> None:
        tables = json_schema()["properties"]

        assert tables["publish"]["properties"]["tool"]["deprecated"] is True
        assert tables["packages"]["properties"]["paths"]["description"].endswith(
            "No effect yet: releasing several packages of one repository comes in a later version."
        )


class TestEffect:
    def test_every_key_is_read_somewhere_or_says_that_it_has_none(self) -> None:
        sources = (PROJECT / "src/releasio").rglob("*.py")
        trees = (
            ast.parse(path.read_text(encoding="utf-8"))
            for path in sources
            if path.parent.name != "config"
        )
        read = {node.attr for tree in trees for node in ast.walk(tree) if is_read(node)}

        assert [] == [name for name in with_effect(Config) if name not in read]


class TestEffective:
    def test_shows_every_key_with_value_and_origin(self, tmp_path: Path) -> None:
        text = '[registries.corp]\nurl = "https://up.example/"\n[publish]\nregistry = "corp"\n'
        write(tmp_path, {".releasio.toml": text})

        shown = {row.key: (row.text, row.origin) for row in rows(load(tmp_path, {}))}

        assert ('"corp"', ".releasio.toml:4") == shown["publish.registry"]
        assert ('"https://up.example/"', ".releasio.toml:2") == shown["registries.corp.url"]
        assert ("-", "default") == shown["registries.corp.index"]
        assert ('["feat"]', "default") == shown["commits.types_minor"]
        assert ("{}", "default") == shown["changelog.section_headers"]
        assert "registries" not in shown

    def test_misses_no_key(self, tmp_path: Path) -> None:
        expected = {key.name.partition("[")[0] for key in keys(Config) if "NAME" not in key.name}

        assert expected == {row.key for row in rows(load(tmp_path, {}))}

    def test_is_one_json_document(self, tmp_path: Path) -> None:
        write(tmp_path, {".releasio.toml": "[publish]\ntool = 'uv'\n"})

        found = json.loads(json.dumps(document(load(tmp_path, {"RELEASIO_MODE": "direct"}))))

        assert str(tmp_path / ".releasio.toml") == found["file"]
        assert 1 == len(found["notices"])
        assert {"value": "direct", "origin": "RELEASIO_MODE"} == found["settings"]["mode"]
        assert {"value": None, "origin": "default"} == found["settings"]["hooks.build"]


class TestThisProject:
    def test_its_own_settings_are_without_mistake_or_notice(self) -> None:
        settings = load(PROJECT, {})

        assert () == settings.notices
        assert PublishConfig(trusted_publishing="required") == settings.config.publish


def _without_none(value: Any) -> Any:  # noqa: ANN401 -- any JSON value
    if isinstance(value, dict):
        return {name: _without_none(one) for name, one in value.items() if one is not None}
    return value

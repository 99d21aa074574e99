"""Settings about the forge that cannot be meant are refused before the forge is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.config.places import complaints, write

if TYPE_CHECKING:
    from pathlib import Path

OWNER = "the name of an account or a group"
REPO = "the name of a repository, without its owner and .git"
API = "an address such as https://api.example.org"
WORKFLOW = "the name of a file in the folder of the workflows"
TITLE = "one line, in which {project}, {tag} and {version} are filled in"


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("owner", "ac me", OWNER),
        ("owner", "../acme", OWNER),
        ("owner", "", OWNER),
        ("repo", "a\\nb", REPO),
        ("repo", "acme/demo", REPO),
        ("repo", "demo.git", REPO),
        ("repo", "demo?page=1", REPO),
        ("api_url", "api.example.org", API),
        ("api_url", "ftp://example.org", API),
        ("api_url", "https://example.org:port/api/v4", API),
        ("api_url", "https://[example", API),
        ("api_url", "https://example.org/ api", API),
        ("release_name_format", "{name} {version}", TITLE),
        ("release_name_format", "{project}\\n{tag}", TITLE),
        ("release_name_format", " ", TITLE),
        ("merge_back", "no such", "the name of a branch"),
        ("release_pr_branch", "a..b", "the name of a branch"),
    ],
)
def test_a_value_that_cannot_be_is_named(
    tmp_path: Path, key: str, value: str, expected: str
) -> None:
    write(tmp_path, {".releasio.toml": f'github.{key} = "{value}"\n'})

    [(message, _)] = complaints(tmp_path)

    assert message.startswith(f".releasio.toml:1: `github.{key}` must be {expected}, not ")


@pytest.mark.parametrize("name", ["", "Docs", ".github/workflows/docs.yml", "docs.yml?ref=x"])
def test_a_workflow_is_named_by_its_file_alone(tmp_path: Path, name: str) -> None:
    write(tmp_path, {".releasio.toml": f'github.dispatch = ["{name}"]\n'})

    [(message, _)] = complaints(tmp_path)

    assert message.endswith(f'`github.dispatch[0]` must be {WORKFLOW}, not "{name}"')


@pytest.mark.parametrize(
    "key", ["github.release_body_template", "changelog.section_template", "github.release_assets"]
)
@pytest.mark.parametrize("path", ["/etc/passwd", "../../notes.md", ".git/config"])
def test_a_file_outside_the_project_is_neither_template_nor_asset(
    tmp_path: Path, key: str, path: str
) -> None:
    value = f'["{path}"]' if key.endswith("assets") else f'"{path}"'
    write(tmp_path, {".releasio.toml": f"{key} = {value}\n"})

    [(message, hint)] = complaints(tmp_path)

    assert message.endswith(f'is "{path}", which is no path to a file inside the project')
    assert "Write it relative to the project's directory, without `..`." == hint


def test_what_people_write_passes(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".releasio.toml": """
                [github]
                owner = "team/sub.group"
                repo = "demo_2.x-y"
                api_url = "http://[::1]:3000/api/v1/"
                release_name_format = "Démo {version}: {tag}"
                release_body_template = "{% if notes %}../{{ notes }}{% endif %}"
                release_assets = ["docs/_build/manual.pdf", "./sbom/**/*.json", "*"]
                dispatch = ["docs.yml", "publish-docs.yaml", "161335"]
                merge_back = "1.2.x"
                release_pr_branch = "releasio/ünï"
            """
        },
    )

    assert [] == complaints(tmp_path)

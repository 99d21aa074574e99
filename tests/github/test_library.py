"""What is GitHub's is asked of GitHub's own library; here is what the tests rely on in it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.action.runner import ROOT
from tests.github.library import (
    HERE,
    Refused,
    evaluate,
    fill,
    install,
    mistakes_of_action,
    mistakes_of_workflow,
)

if TYPE_CHECKING:
    from pathlib import Path

CONTEXTS = {"inputs": {"dry-run": "true", "empty": ""}, "steps": {"a": {"outputs": {"b": "c"}}}}
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PAGES = sorted((ROOT / "docs").glob("*.md"))


def examples(page: Path) -> list[str]:
    """Return the workflows that a page shows as a whole."""
    blocks = re.findall(
        r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return [block for block in blocks if re.search(r"^on:", block, re.MULTILINE)]


class TestExpressions:
    @pytest.mark.parametrize(
        ("expression", "expected"),
        [
            ("inputs.dry-run", "true"),
            (" steps.a.outputs.b ", "c"),
            ("steps.never.outputs.b", ""),
            ("inputs.empty || inputs.dry-run", "true"),
            ("inputs.dry-run == 'TRUE' && 'one' || 'other'", "one"),
        ],
    )
    def test_values(self, expression: str, expected: str) -> None:
        assert expected == evaluate(expression, CONTEXTS)

    def test_a_context_that_does_not_exist_is_an_error(self) -> None:
        with pytest.raises(Refused, match="Unrecognized named-value: 'secrets'"):
            evaluate("secrets.token", CONTEXTS)

    def test_a_value_is_not_expanded_again(self) -> None:
        contexts = {"inputs": {"a": "${{ inputs.b }}", "b": "secret"}}

        assert "<${{ inputs.b }}>" == fill("<${{ inputs.a }}>", contexts)


class TestFiles:
    def test_our_actions_are_taken(self) -> None:
        text = (ROOT / "action.yml").read_text(encoding="utf-8")

        assert [] == mistakes_of_action(text)
        assert mistakes_of_action(text.replace("using: composite", "using: sorcery"))

    @pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
    def test_our_workflows_are_taken(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")

        assert [] == mistakes_of_workflow(text)
        assert mistakes_of_workflow(text.replace("runs-on:", "runs-where:"))

    @pytest.mark.parametrize(
        ("name", "text"),
        [(page.name, text) for page in PAGES for text in examples(page)],
    )
    def test_workflows_on_our_pages_are_taken(self, name: str, text: str) -> None:
        assert [] == mistakes_of_workflow(text), name


def test_what_is_installed_is_pinned_by_hash_and_names_no_registry() -> None:
    text = (HERE / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}

    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert '"resolved"' not in text


def test_what_is_installed_is_left_alone_while_others_use_it(tmp_path: Path) -> None:
    (tmp_path / "package-lock.json").write_text("{}", "utf-8")
    in_use = tmp_path / "node_modules" / "in use"
    in_use.mkdir(parents=True)
    (tmp_path / "node_modules" / "installed.json").write_text("{}", "utf-8")

    install(tmp_path)

    assert in_use.is_dir()

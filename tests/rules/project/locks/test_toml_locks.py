from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.rules.project.locks.toml_locks import set_locked_crates, set_locked_version

NEW = Version("1.3.0")

UV = """\
version = 1
requires-python = ">=3.11"

[[package]]
name = "click"
version = "1.2.0"
source = { registry = "https://example.org/simple" }
wheels = [
    { url = "https://example.org/click-1.2.0.whl", hash = "sha256:00" },
]

[[package]]
name = "my-demo"
version = "@"
source = { editable = "." }
dependencies = [
    { name = "click" },
]

[package.metadata]
requires-dist = [{ name = "click", specifier = ">=1.2.0" }]

[[package]]
name = "zoo"
version = "1.2.0"
source = { registry = "https://example.org/simple" }
"""
PYLOCK = """\
lock-version = "1.0"

[[packages]]
name = "my-demo"
version = "@"
directory = { path = ".", editable = true }
"""
PDM = """\
[[package]]
name = "my-demo"
version = "@"
extras = ["cli"]
path = "."
summary = ""
"""
POETRY = """\
[[package]]
name = "my-demo"
version = "@"
optional = false

[package.source]
type = "directory"
url = "core"
"""


class TestOwnEntry:
    @pytest.mark.parametrize("text", [UV, PYLOCK, PDM, POETRY, UV.replace("\n", "\r\n")])
    @pytest.mark.parametrize("name", ["my-demo", "My_Demo"])
    def test_gets_the_version_and_nothing_else_changes(self, text: str, name: str) -> None:
        """P21: a stale own entry makes every later run dirty."""
        changed = set_locked_version(text.replace("@", "1.2.0"), name, NEW)

        assert text.replace("@", "1.3.0") == changed

    @pytest.mark.parametrize(
        "text",
        [
            "",
            UV.replace('version = "@"\n', "").replace("@", ""),  # a dynamic version
            UV.replace('{ editable = "." }', '{ registry = "https://example.org/simple" }'),
            UV.replace("my-demo", "somebody-else"),
        ],
    )
    def test_without_one_nothing_changes(self, text: str) -> None:
        assert text == set_locked_version(text, "my-demo", NEW)

    def test_is_found_quickly_in_a_large_lock(self) -> None:
        text = UV.replace('name = "zoo"', "\n".join(f"x = {n}" for n in range(100_000)))

        assert '"1.3.0"' in set_locked_version(text, "my-demo", NEW)


CARGO = """version = 4

[[package]]
name = "demo"
version = "@"
dependencies = ["demo-core", "serde"]

[[package]]
name = "demo-core"
version = "@"

[[package]]
name = "demo-tools"
version = "0.3.0"

[[package]]
name = "serde"
version = "1.2.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
"""


class TestCrates:
    @pytest.mark.parametrize("text", [CARGO, CARGO.replace("\n", "\r\n")])
    def test_of_a_workspace_have_its_version_together(self, text: str) -> None:
        changed = set_locked_crates(text.replace("@", "1.2.0"), "1.2.0", "1.3.0")

        assert text.replace("@", "1.3.0") == changed

    def test_with_a_version_of_its_own_is_changed_alone(self) -> None:
        changed = set_locked_crates(CARGO.replace("@", "1.2.0"), "1.2.0", "1.3.0", "demo-core")

        assert CARGO.replace("@", "1.2.0", 1).replace("@", "1.3.0") == changed

"""The package's own entries in npm's lock files, as npm 11 writes them."""

from __future__ import annotations

import pytest

from releasio.rules.project.locks.npm_lock import set_locked_package

# of `npm install --package-lock-only`; decoys have the same version
LOCK = """\
{
  "name": "@scope/demo-lab",
  "version": "@",
  "lockfileVersion": 3,
  "requires": true,
  "packages": {
    "": {
      "name": "@scope/demo-lab",
      "version": "@",
      "dependencies": {
        "is-odd": "1.2.0"
      }
    },
    "node_modules/is-odd": {
      "version": "1.2.0",
      "license": "MIT",
      "version-like": "\\"version\\": \\"1.2.0\\""
    }
  },
  "dependencies": {
    "is-odd": {
      "version": "1.2.0",
      "requires": ["version", "1.2.0", {"version": "1.2.0"}]
    }
  }
}
"""
OF_WORKSPACE = """\
{"version": "1.2.0", "packages": {"": {"version": "1.2.0"}, "labs/demo": {"version": "@"}}}"""


@pytest.mark.parametrize(
    "text", [LOCK, LOCK.replace("\n", "\r\n"), LOCK.rstrip("\n"), "\ufeff" + LOCK]
)
def test_both_places_get_the_version_and_nothing_else(text: str) -> None:
    changed = set_locked_package(text.replace("@s", "s").replace("@", "1.2.0"), "1.2.0", "1.3.0")

    assert text.replace("@s", "s").replace("@", "1.3.0") == changed


def test_a_member_of_a_workspace_has_its_own_place() -> None:
    text = OF_WORKSPACE.replace("@", "1.2.0")

    assert OF_WORKSPACE.replace("@", "1.3.0") == set_locked_package(
        text, "1.2.0", "1.3.0", "labs/demo"
    )


@pytest.mark.parametrize("text", ["", "{", "]}", LOCK.replace("@", "1.1.0"), '{"version": 1}'])
def test_what_does_not_say_the_old_version_stays(text: str) -> None:
    assert text == set_locked_package(text, "1.2.0", "1.3.0")

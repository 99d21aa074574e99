from __future__ import annotations

from typing import Any

import pytest
from packaging.version import Version

from releasio.config.tables.model import VersionConfig
from releasio.rules.bump.after_release import development_after

CALENDAR = {"scheme": "calver", "after_release": "dev"}


@pytest.mark.parametrize(
    ("version", "settings", "expected"),
    [
        ("1.2.0", {"after_release": "dev"}, "1.3.0.dev0"),
        ("1.2.3", {"after_release": "dev"}, "1.3.0.dev0"),
        ("1.2.0", {"after_release": "dev-patch"}, "1.2.1.dev0"),
        ("0.4.2", {"after_release": "dev"}, "0.5.0.dev0"),
        ("1.2", {"after_release": "dev"}, "1.3.dev0"),
        ("1!1.2", {"after_release": "dev"}, "1!1.3.dev0"),
        ("1.2.0.post1", {"after_release": "dev"}, "1.3.0.dev0"),
        ("1.3.0rc1", {"after_release": "dev"}, "None"),
        ("1.3.0.dev7", {"after_release": "dev"}, "None"),
        ("1.2.0", {}, "None"),
        ("2026.1.0", CALENDAR, "2026.1.1.dev0"),
        ("2026.1", CALENDAR, "2026.2.dev0"),
        ("1!2026.1", CALENDAR, "1!2026.2.dev0"),
    ],
)
def test_stands_before_what_comes_next(
    version: str, settings: dict[str, Any], expected: str
) -> None:
    assert expected == str(development_after(Version(version), VersionConfig(**settings)))

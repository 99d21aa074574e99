"""Where programs are looked for, whatever directory we are in."""

from __future__ import annotations

import pytest

from releasio.rules.running.search_path import fixed_path


class TestFixedPath:
    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("/usr/bin:/bin", "/usr/bin:/bin"),
            (":/usr/bin", "/usr/bin"),
            ("/usr/bin:", "/usr/bin"),
            ("/usr/bin::/bin", "/usr/bin:/bin"),
            (".:/usr/bin", "/usr/bin"),
            ("bin:./tools:../x:/usr/bin", "/usr/bin"),
            ("", ""),
            (".", ""),
        ],
    )
    def test_leaves_out_what_depends_on_where_we_are(self, path: str, expected: str) -> None:
        assert expected == fixed_path(path, windows=False)

    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            (r"C:\Windows;.", r"C:\Windows"),
            (r";C:\Windows", r"C:\Windows"),
            (r"\tools;C:tools;C:\Windows", r"C:\Windows"),
            (r'"C:\Program Files\Git";bin', r"C:\Program Files\Git"),
        ],
    )
    def test_on_windows_also_what_depends_on_the_drive(self, path: str, expected: str) -> None:
        assert expected == fixed_path(path, windows=True)

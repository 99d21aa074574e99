"""What a release on the forge says after its version was yanked."""

from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.rules.notes.yank_notice import yanked_body, yanked_title

VERSION = Version("1.2.0")
NOTICE = """\
<!-- releasio:yanked -->
> [!CAUTION]
> **1.2.0 was yanked**: breaks on 3.13
>
> Installers pass over it, unless exactly this version is asked for (`==1.2.0`).
<!-- releasio:end -->

"""


class TestTitle:
    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            ("demo v1.2.0", "[YANKED] demo v1.2.0"),
            ("", "[YANKED]"),
            ("[YANKED] demo v1.2.0", "[YANKED] demo v1.2.0"),
            ("demo v1.2.0 (yanked)", "demo v1.2.0 (yanked)"),
        ],
    )
    def test_says_it_once(self, title: str, expected: str) -> None:
        assert expected == yanked_title(title)


class TestBody:
    def test_begins_with_the_notice_and_goes_on_as_it_was(self) -> None:
        assert f"{NOTICE}## Notes\n\n- A change\t\n" == yanked_body(
            "## Notes\n\n- A change\t\n", VERSION, "breaks on 3.13"
        )

    @pytest.mark.parametrize("reason", ["breaks on 3.13", ""])
    def test_has_one_notice(self, reason: str) -> None:
        body = f"{NOTICE}## Notes\n"

        assert body == yanked_body(body, VERSION, reason)

    def test_another_reason_takes_the_place_of_the_first(self) -> None:
        body = yanked_body(f"{NOTICE}## Notes\n".replace("\n", "\r\n"), VERSION, "eats files")

        assert f"{NOTICE.replace('breaks on 3.13', 'eats files')}## Notes\r\n" == body

    def test_needs_no_reason(self) -> None:
        assert "> **1.2.0 was yanked**\n" in yanked_body("", VERSION, "")

    @pytest.mark.parametrize(
        ("reason", "shown"),
        [
            ("ask @octo", "ask @&#8203;octo"),
            ("<script>x</script>", "&lt;script>x&lt;/script>"),
            ("see [here](x)", "see \\[here\\](x)"),
            ("ends <!-- releasio:end -->", "ends &lt;!-- releasio:end -->"),
            ("`<!-- releasio:end -->`", "`<!-- releasio:end -->`"),
            ("one\n# two", "one # two"),
        ],
    )
    def test_a_reason_is_text_and_nothing_else(self, reason: str, shown: str) -> None:
        body = yanked_body("## Notes\n", VERSION, reason)

        assert f"> **1.2.0 was yanked**: {shown}\n" in body
        assert body == yanked_body(body, VERSION, reason)

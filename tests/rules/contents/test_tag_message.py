from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releasio.rules.contents.tag_message import (
    files_of_tag,
    other_project,
    registry_of_tag,
    tag_message,
)

ONE, TWO = "1" * 64, "2" * 64


class TestTagMessage:
    def test_names_every_file_with_its_hash_in_order(self) -> None:
        assert (
            "Release v1.2.0\n"
            "\n"
            f"sha256:{ONE}  demo-1.2.0-py3-none-any.whl\n"
            f"sha256:{TWO}  demo-1.2.0.tar.gz"
        ) == tag_message("v1.2.0", {"demo-1.2.0.tar.gz": TWO, "demo-1.2.0-py3-none-any.whl": ONE})

    def test_without_files_it_is_the_line_of_2x(self) -> None:
        assert "Release v1.2.0" == tag_message("v1.2.0", {})


class TestFilesOfTag:
    @pytest.mark.parametrize(
        "message",
        [
            "",
            "Release v1.2.0",
            "sha256: something else",
            f"sha256:{ONE} one-space.whl",
            f"sha256:{ONE[:-1]}  too-short.whl",
            f"sha256:{'G' * 64}  no-digits.whl",
            f" sha256:{ONE}  set-off.whl",
            f"sha256:{ONE}  two words.whl",
            f"sha256:{ONE}  ../outside-1.0.tar.gz",
            f"sha256:{ONE}  demo-1.0-1\\..\\x-py3-none-any.whl",
            f"sha256:{ONE}  releasio.json",
        ],
    )
    def test_other_tools_tags_name_none(self, message: str) -> None:
        assert {} == files_of_tag(message)

    def test_words_around_the_lines_do_no_harm(self) -> None:
        message = f"Release v1\n\nThe summer release.\n\nsha256:{ONE}  demo-1.tar.gz\n\nThanks!\n"

        assert {"demo-1.tar.gz": ONE} == files_of_tag(message)

    @given(
        st.dictionaries(
            st.from_regex(r"[A-Za-z0-9._+!-]+\.(whl|tar\.gz)", fullmatch=True),
            st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
            max_size=5,
        )
    )
    def test_reads_back_what_was_written(self, files: dict[str, str]) -> None:
        assert files == files_of_tag(tag_message("v1.2.0", files))


class TestRegistryOfTag:
    def test_is_read_back(self) -> None:
        message = tag_message("v1.2.0", {"demo-1.2.0.tar.gz": ONE}, "testpypi")

        assert "testpypi" == registry_of_tag(message)
        assert {"demo-1.2.0.tar.gz": ONE} == files_of_tag(message)

    @pytest.mark.parametrize("message", ["", "Release v1.2.0", "Release v1\n\nto: everybody"])
    def test_tags_without_files_name_none(self, message: str) -> None:
        assert "" == registry_of_tag(message)

    def test_without_files_there_is_nothing_to_say(self) -> None:
        assert "Release v1.2.0" == tag_message("v1.2.0", {}, "pypi")


class TestOtherProject:
    @pytest.mark.parametrize(
        ("files", "whose"),
        [
            (["demo-1.0-py3-none-any.whl", "demo-1.0.tar.gz"], None),
            (["De.Mo-1.0.tar.gz"], "de-mo"),
            (["other-1.0.tar.gz", "demo-1.0.tar.gz"], None),
            (["other_name-1.0-py3-none-any.whl"], "other-name"),
            (["no distribution"], None),
            ([], None),
        ],
    )
    def test_is_told_by_the_names_of_the_files(self, files: list[str], whose: str | None) -> None:
        assert whose == other_project(files, "demo")

from __future__ import annotations

import pytest

from releasio.standins.responses import Refused
from releasio.standins.uploads.filenames import dist_info, refuse_name, refuse_sdist, refuse_wheel


def sentence(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.sentence.replace("<index>", "…")


class TestName:
    @pytest.mark.parametrize(
        ("filename", "kind", "wanted"),
        [
            (
                "demo-1.0.whl",
                "sdist",
                (
                    "Invalid file extension: Extension .whl is invalid for filetype sdist. "
                    "See …/help/#pep-0527 for more information."
                ),
            ),
            (
                "demo-1.0.egg",
                "sdist",
                (
                    "Invalid file extension: Use .tar.gz, .whl or .zip extension. "
                    "See …/help/#pep-0527 and …/help/#pep-0715 for more information"
                ),
            ),
            (
                "demo\t-1.0.tar.gz",
                "sdist",
                (
                    "Cannot upload a file with non-printable characters (ordinals 0-31) or the DEL "
                    "character (ordinal 127) in the name."
                ),
            ),
            ("a/b.tar.gz", "sdist", "Cannot upload a file with '/' or '\\' in the name."),
            ("a\\b.tar.gz", "sdist", "Cannot upload a file with '/' or '\\' in the name."),
            (f"{'x' * 256}.whl", "bdist_wheel", f"Filename is too long: '{'x' * 256}.whl'"),
        ],
    )
    def test_is_one_of_a_file_of_its_kind(self, filename: str, kind: str, wanted: str) -> None:
        with pytest.raises(Refused) as refused:
            refuse_name(filename, kind)

        assert wanted == sentence(refused)


class TestSdist:
    @pytest.mark.parametrize(
        ("filename", "version"),
        [("some_thing-1.0.tar.gz", "1.0"), ("some_thing-1.0rc1.tar.gz", "1.0-RC1")],
    )
    def test_is_called_by_normal_name_and_version(self, filename: str, version: str) -> None:
        refuse_sdist(filename, "Some.Thing", version)

    @pytest.mark.parametrize(
        ("filename", "wanted"),
        [
            ("something.tar.gz", "Invalid source distribution filename: something.tar.gz"),
            ("other-1.0.tar.gz", "Start filename for 'some-thing' with 'some_thing'."),
            (
                "some-thing-1.0.tar.gz",
                "Filename 'some-thing-1.0.tar.gz' is invalid, should be 'some_thing-1.0.tar.gz'.",
            ),
            (
                "some_thing-1.0.0.tar.gz",
                "Filename 'some_thing-1.0.0.tar.gz' is invalid, should be 'some_thing-1.0.tar.gz'.",
            ),
            (
                "some_thing-1.0.zip",
                "Filename 'some_thing-1.0.zip' is invalid, should be 'some_thing-1.0.tar.gz'.",
            ),
        ],
    )
    def test_is_called_by_nothing_else(self, filename: str, wanted: str) -> None:
        with pytest.raises(Refused) as refused:
            refuse_sdist(filename, "some-thing", "1.0")

        assert wanted == sentence(refused)


class TestWheel:
    @pytest.mark.parametrize(
        "platform",
        [
            "any",
            "win_amd64",
            "manylinux1_i686",
            "manylinux2014_s390x",
            "manylinux_2_28_riscv64.manylinux2014_x86_64",
            "musllinux_1_2_aarch64",
            "macosx_10_9_universal2",
            "macosx_26_0_arm64",
            "ios_13_0_arm64_iphoneos",
            "android_21_x86_64",
            "pyemscripten_2025_0_wasm32",
        ],
    )
    def test_is_for_a_known_platform(self, platform: str) -> None:
        refuse_wheel(f"some_thing-1.0-py3-none-{platform}.whl", "Some-Thing", "1.0.0")

    @pytest.mark.parametrize(
        ("filename", "wanted"),
        [
            ("some_thing-1.0-py3-none.whl", "Invalid wheel filename (wrong number of parts): "),
            ("some_thing-1.0-q-py3-none-any.whl", "Invalid build number: q in "),
            ("some_thing-x!-py3-none-any.whl", "Invalid wheel filename (invalid version): "),
            (
                "some_thing-1.0-py3-none-linux_x86_64.whl",
                (
                    "Binary wheel 'some_thing-1.0-py3-none-linux_x86_64.whl' has an unsupported "
                    "platform tag 'linux_x86_64'."
                ),
            ),
            (
                "some_thing-1.0-py3-none-macosx_11_1_arm64.whl",
                (
                    "Binary wheel 'some_thing-1.0-py3-none-macosx_11_1_arm64.whl' has an "
                    "unsupported platform tag 'macosx_11_1_arm64'."
                ),
            ),
            ("some_thing-1.0-py3-none-android_\u0663_x86.whl", "Binary wheel 'some_thing-1.0-py3"),
            ("other-1.0-py3-none-any.whl", "Start filename for 'Some-Thing' with 'some_thing'."),
            (
                "Some_Thing-1.0-py3-none-any.whl",
                (
                    "Filename 'Some_Thing-1.0-py3-none-any.whl' should contain the normalized "
                    "project name 'some_thing', not 'Some_Thing'."
                ),
            ),
            (
                "some_thing-6.6.6-py3-none-any.whl",
                "Version in filename should be '1.0' not '6.6.6'.",
            ),
        ],
    )
    def test_is_called_by_what_the_form_says(self, filename: str, wanted: str) -> None:
        with pytest.raises(Refused) as refused:
            refuse_wheel(filename, "Some-Thing", "1.0")

        assert sentence(refused).startswith(wanted)

    def test_has_its_directory_named_after_it(self) -> None:
        assert "Some_Thing-1.0.dist-info" == dist_info("Some_Thing-1.0-py3-none-any.whl")

    def test_has_at_least_a_name_and_a_version(self) -> None:
        with pytest.raises(Refused) as refused:
            dist_info("demo-any.whl")

        assert (
            "Invalid distribution file. Unable to parse name and version from wheel filename"
        ) == sentence(refused)

"""What the index would refuse, and what contradicts the release, read from facts alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import DISAGREES
from releasio.rules.distribution.distribution import Archive, check_distributions
from releasio.rules.distribution.platforms import is_accepted

if TYPE_CHECKING:
    from releasio.errors.base import ReleasioError

METADATA = b"Metadata-Version: 2.4\nName: some-thing\nVersion: 1.2.0\nLicense-File: LICENSE\n"
INFO = "some_thing-1.2.0.dist-info"
WHEEL = Archive(
    "some_thing-1.2.0-py3-none-any.whl",
    1000,
    METADATA,
    frozenset(
        {
            "some_thing.py",
            f"{INFO}/METADATA",
            f"{INFO}/WHEEL",
            f"{INFO}/RECORD",
            f"{INFO}/licenses/LICENSE",
        }
    ),
    b"[console_scripts]\nsome-thing = some_thing:main\n",
)
SDIST = Archive(
    "some_thing-1.2.0.tar.gz",
    1000,
    METADATA,
    frozenset({"some_thing-1.2.0/PKG-INFO", "some_thing-1.2.0/LICENSE"}),
)


def check(*found: Archive, public: bool = True) -> tuple[ReleasioError, ...]:
    return check_distributions(found, project="Some.Thing", version="1.2", public=public)


def only(*found: Archive) -> tuple[str, str]:
    """Return the message and hint of the one thing that is wrong."""
    (error,) = check(*found)
    return error.message, error.hint


def with_metadata(line: str, archive: Archive = WHEEL) -> Archive:
    return replace(archive, metadata=METADATA + f"{line}\n".encode())


class TestAGoodRelease:
    def test_has_nothing_to_complain_about(self) -> None:
        assert () == check(SDIST, WHEEL)

    def test_may_spell_its_metadata_as_older_setuptools_did(self) -> None:
        """License-File with metadata 2.1: uploads leave the field out, so the index takes it."""
        old = METADATA.replace(b"2.4", b"2.1")

        assert () == check(replace(WHEEL, metadata=old), replace(SDIST, metadata=old))


class TestNothing:
    def test_is_an_error(self) -> None:
        message, hint = only()

        assert "there is no new .tar.gz or .whl in the build's output" == message
        assert "Run `python -m build` in a fresh clone to see what the backend does." == hint


class TestIdentity:
    def test_of_another_version_is_refused_once_for_all_files(self) -> None:
        other = METADATA.replace(b"1.2.0", b"1.1.0")
        errors = check(
            replace(SDIST, name="some_thing-1.1.0.tar.gz", metadata=other, members=frozenset()),
            replace(WHEEL, name="some_thing-1.1.0-py3-none-any.whl", metadata=other),
        )

        assert (
            "the release is of version 1.2, but some_thing-1.1.0.tar.gz and "
            "some_thing-1.1.0-py3-none-any.whl say 1.1.0"
        ) == errors[0].message
        assert (
            "Look where the build backend takes the version from: [project] version, `dynamic`, or "
            "a file named in version.version_files."
        ) == errors[0].hint
        assert DISAGREES == errors[0].exit_code

    def test_of_another_project_is_refused(self) -> None:
        other = replace(SDIST, metadata=METADATA.replace(b"some-thing", b"another"))

        assert (
            "the release is of name Some.Thing, but some_thing-1.2.0.tar.gz says another"
        ) == check(other)[0].message

    def test_with_a_local_version_is_refused(self) -> None:
        local = METADATA.replace(b"1.2.0", b"1.2.0+g1234")
        sdist = replace(SDIST, name="some_thing-1.2.0+g1234.tar.gz", metadata=local)

        messages = {error.message: error.hint for error in check(sdist)}

        assert (
            'With setuptools-scm: local_scheme = "no-local-version"; with hatch-vcs: '
            'raw-options = { local_scheme = "no-local-version" }.'
        ) == messages[
            "the index would refuse some_thing-1.2.0+g1234.tar.gz: The use of local versions in "
            "'1.2.0+g1234' is not allowed."
        ]

    def test_two_sdists_are_one_too_many(self) -> None:
        message, hint = only(SDIST, SDIST)

        assert (
            "the index would refuse some_thing-1.2.0.tar.gz and some_thing-1.2.0.tar.gz together: "
            "Only one sdist may be uploaded per release."
        ) == message
        assert "Let hooks.build empty its output folder first." == hint


class TestFileNames:
    @pytest.mark.parametrize(
        ("archive", "name", "words"),
        [
            (
                SDIST,
                "some-thing-1.2.0.tar.gz",
                f"Filename 'some-thing-1.2.0.tar.gz' is invalid, should be '{SDIST.name}'.",
            ),
            (
                SDIST,
                "some_thing-1.2.tar.gz",
                f"Filename 'some_thing-1.2.tar.gz' is invalid, should be '{SDIST.name}'.",
            ),
            (
                WHEEL,
                "Some_Thing-1.2.0-py3-none-any.whl",
                (
                    "Filename 'Some_Thing-1.2.0-py3-none-any.whl' should contain the normalized "
                    "project name 'some_thing', not 'Some_Thing'."
                ),
            ),
            (
                WHEEL,
                "some_thing-6.6.6-py3-none-any.whl",
                "Version in filename should be '1.2.0' not '6.6.6'.",
            ),
            (
                WHEEL,
                "some_thing-1.2.0-py3-none.whl",
                "Invalid wheel filename (wrong number of parts): 'some_thing-1.2.0-py3-none'",
            ),
        ],
    )
    def test_that_the_index_refuses_are_named_in_its_words(
        self, archive: Archive, name: str, words: str
    ) -> None:
        errors = {error.message: error.hint for error in check(replace(archive, name=name))}

        assert (
            "Upgrade the build backend in [build-system] requires: old ones write names the index "
            "no longer takes (setuptools does since 69.3)."
        ) == errors[f"the index would refuse {name}: {words}"]

    def test_of_wheels_may_spell_the_version_differently(self) -> None:
        name = "some_thing-1.2-py3-none-any.whl"
        members = frozenset(m.replace("1.2.0", "1.2") for m in WHEEL.members)

        assert () == check(replace(WHEEL, name=name, members=members))


class TestPlatforms:
    @pytest.mark.parametrize(
        "tag",
        [
            "any",
            "win32",
            "win_amd64",
            "linux_armv7l",
            "manylinux1_i686",
            "manylinux2014_aarch64",
            "manylinux_2_28_x86_64",
            "musllinux_1_2_aarch64",
            "macosx_10_9_universal2",
            "macosx_11_0_arm64",
            "macosx_26_0_arm64",
            "ios_13_0_arm64_iphoneos",
            "android_21_x86_64",
            "pyemscripten_2025_0_wasm32",
        ],
    )
    def test_that_are_accepted(self, tag: str) -> None:
        assert is_accepted(tag)

    @pytest.mark.parametrize(
        "tag",
        [
            "linux_x86_64",
            "linux_aarch64",
            "manylinux1_aarch64",
            "musllinux_1_2_ppc64",
            "macosx_11_1_arm64",
            "macosx_16_0_arm64",
            "wasi_0_0_wasm32",
            "",
            "manylinux_2_\N{ARABIC-INDIC DIGIT THREE}_x86_64",
        ],
    )
    def test_that_are_refused(self, tag: str) -> None:
        assert not is_accepted(tag)

    def test_every_tag_of_a_set_counts(self) -> None:
        name = "some_thing-1.2.0-cp311-cp311-manylinux_2_28_x86_64.linux_x86_64.whl"
        message, hint = only(replace(WHEEL, name=name))

        assert (
            f"the index would refuse {name}: Binary wheel has an unsupported platform tag "
            "'linux_x86_64'."
        ) == message
        assert (
            "Build wheels with cibuildwheel, or repair them with auditwheel; or release the sdist "
            "only."
        ) == hint

    def test_do_not_matter_to_a_private_index(self) -> None:
        name = "some_thing-1.2.0-cp311-cp311-linux_x86_64.whl"

        assert () == check(replace(WHEEL, name=name), public=False)


class TestMetadata:
    @pytest.mark.parametrize(
        ("line", "words", "where"),
        [
            (
                "Requires-Python: three",
                "'three' is invalid for 'requires-python'.",
                "requires-python",
            ),
            ("Requires-Dist: a b", "'a b' is invalid for 'requires-dist'.", "dependencies"),
            (
                "Requires-Dist: foo @ https://example.org/foo.zip",
                "Can't have direct dependency: foo @ https://example.org/foo.zip.",
                "dependencies",
            ),
            (
                "Classifier: Private :: Do Not Upload",
                "'Private :: Do Not Upload' is not a valid classifier.",
                "classifiers",
            ),
            (
                f"Summary: {'x' * 513}",
                "'summary' field must be 512 characters or less.",
                "description",
            ),
            (
                "License: MIT\nLicense-Expression: MIT",
                (
                    "License is deprecated when License-Expression is present. Only "
                    "License-Expression should be present."
                ),
                "license",
            ),
            (
                f"Project-URL: {'l' * 33}, https://example.org",
                f"'{'l' * 33}' must be 32 characters or less.",
                "[project.urls]",
            ),
            (
                "Author-Email: Ada <ada@example.invalid>",
                "'ada@example.invalid' is not a valid email address.",
                "authors",
            ),
            (
                "Maintainer-Email: ada@localnet",
                "'ada@localnet' is not a valid email address.",
                "maintainers",
            ),
            (
                "Home-page: https://example.org:65536/",
                "'https://example.org:65536/' is not a valid url.",
                "[project.urls]",
            ),
            (
                "Project-URL: Home, https://example.org:99999",
                "'https://example.org:99999' is not a valid url.",
                "[project.urls]",
            ),
            ("Home-page: https://:443/", "'https://:443/' is not a valid url.", "[project.urls]"),
            ("Home-page: https://me@", "'https://me@' is not a valid url.", "[project.urls]"),
            (
                "Download-URL: https://a@b@example.org",
                "'https://a@b@example.org' is not a valid url.",
                "[project.urls]",
            ),
            (
                "Provides-Dist: foo @ https://example.org/foo.zip",
                "Can't have direct dependency: 'foo @ https://example.org/foo.zip'.",
                "build backend",
            ),
            (
                "Description-Content-Type: text/markdown; charset=utf-8",
                ("'description-content-type' can only specify the UTF-8 charset, not 'utf-8'."),
                "readme",
            ),
        ],
    )
    def test_that_the_index_refuses_is_named_with_the_place_to_change(
        self, line: str, words: str, where: str
    ) -> None:
        message, hint = only(with_metadata(line, SDIST), with_metadata(line))

        assert f"the index would refuse {SDIST.name} and {WHEEL.name}: {words}" == message
        assert where in hint
        assert hint.endswith(".")

    def test_that_is_no_requirement_is_named_in_every_such_field(self) -> None:
        message, _ = only(with_metadata("Obsoletes-Dist: no such thing!"))

        assert f"the index would refuse {WHEEL.name}: 'no such thing!' is invalid: " in message

    def test_of_an_unknown_version_is_the_backends_matter(self) -> None:
        future = replace(SDIST, metadata=METADATA.replace(b"2.4", b"9.9"))

        message, hint = only(future)

        assert (
            f"the index would refuse {SDIST.name}: '9.9' is not a valid metadata version."
        ) == message
        assert (
            "Change what the build backend writes: upgrade it in [build-system] requires."
        ) == hint

    @pytest.mark.parametrize(
        "line", ["Requires-Dist: foo @ https://example.org/f.zip", "Classifier: Private :: No"]
    )
    def test_of_private_projects_may_say_more(self, line: str) -> None:
        assert () == check(with_metadata(line), public=False)

    def test_shows_all_problems_at_once(self) -> None:
        bad = with_metadata("Requires-Python: three\nRequires-Dist: a b\nClassifier: Private :: No")

        assert 3 == len(check(bad))


class TestContents:
    def without(self, path: str) -> Archive:
        return replace(WHEEL, members=WHEEL.members - {path})

    @pytest.mark.parametrize(
        ("member", "words"),
        [
            (
                f"{INFO}/RECORD",
                f"Wheel '{WHEEL.name}' does not contain the required RECORD file: {INFO}/RECORD",
            ),
            (
                f"{INFO}/METADATA",
                (
                    f"Wheel '{WHEEL.name}' does not contain the required METADATA file: "
                    f"{INFO}/METADATA"
                ),
            ),
            (
                f"{INFO}/WHEEL",
                f"Invalid distribution file. WHEEL not found at {INFO}/WHEEL",
            ),
        ],
    )
    def test_of_wheels_must_be_complete(self, member: str, words: str) -> None:
        message, hint = only(self.without(member))

        assert f"the index would refuse {WHEEL.name}: {words}" == message
        assert (
            "The build backend wrote it so: look at its settings for what goes into the files, or "
            "upgrade it."
        ) == hint

    def test_a_fault_that_all_wheels_share_is_said_once(self) -> None:
        one = self.without(f"{INFO}/RECORD")
        wheels = [replace(one, name=WHEEL.name.replace("-py3", f"-{n}-py3")) for n in range(40)]
        message, _ = only(*wheels)

        assert (
            f"the index would refuse {wheels[0].name} and 39 others: Wheel '...' does not contain "
            f"the required RECORD file: {INFO}/RECORD"
        ) == message

    @pytest.mark.parametrize(
        ("archive", "path"),
        [(WHEEL, f"{INFO}/licenses/LICENSE"), (SDIST, "some_thing-1.2.0/LICENSE")],
    )
    def test_must_have_the_licences_it_names(self, archive: Archive, path: str) -> None:
        message, hint = only(replace(archive, members=archive.members - {path}))

        assert (
            f"the index would refuse {archive.name}: License-File LICENSE does not exist in "
            f"distribution file {archive.name} at {path}"
        ) == message
        assert (
            "Let [project] license-files in pyproject.toml name files that are committed, and "
            "that the build backend does not leave out."
        ) == hint

    @pytest.mark.parametrize(
        "content",
        [
            b"[console_scripts]\nsome thing = x:y\n",
            b"[gui_scripts]\nsome/thing = x:y\n",
            b"[broken\n",
            b"\xff",
            b"[a]\nx: y\n",
            b"x = y\n",
        ],
    )
    def test_of_entry_points_must_parse(self, content: bytes) -> None:
        assert (
            f"the index would refuse {WHEEL.name}: Wheel '{WHEEL.name}' has invalid entry points "
            "defined in the entry_points.txt file"
        ) == only(replace(WHEEL, entry_points=content))[0]

    @pytest.mark.parametrize(
        "content",
        [
            b"[pytest11]\nsome thing = x\n",
            b"[distutils.commands]\na/b = x:y\n",
            "[console_scripts]\nprüfe = x:y\n".encode(),
        ],
    )
    def test_of_entry_points_only_programs_have_names_to_keep_to(self, content: bytes) -> None:
        assert () == check(replace(WHEEL, entry_points=content))

    def test_of_record_must_be_text(self) -> None:
        expected = f"Wheel '{WHEEL.name}' has a RECORD file that is not UTF-8: {INFO}/RECORD"

        message, _ = only(replace(WHEEL, record=b"\xff,,\n"))
        assert f"the index would refuse {WHEEL.name}: {expected}" == message

    @pytest.mark.parametrize(
        ("members", "words"),
        [
            ({"./some_thing-1.2.0/PKG-INFO"}, "PKG-INFO not found at some_thing-1.2.0/PKG-INFO"),
            (
                {".", "some_thing-1.2.0/PKG-INFO"},
                "Incorrect number of top-level directories in sdist",
            ),
        ],
    )
    def test_of_an_sdist_have_no_detours_in_their_names(
        self, members: set[str], words: str
    ) -> None:
        message, _ = only(replace(SDIST, members=frozenset(members)))

        assert f"the index would refuse {SDIST.name}: Invalid distribution file. {words}" == message

    def test_that_are_too_large_for_any_limit(self) -> None:
        message, hint = only(replace(WHEEL, size=(1 << 30) + 1))

        assert (
            f"the index would refuse {WHEEL.name}: File too large. No project's limit is above "
            "1 GB."
        ) == message
        assert hint.startswith("Leave out what need not be installed with the code")

    def test_that_cannot_be_unpacked_are_named(self) -> None:
        message, hint = only(replace(WHEEL, damaged=("some_thing.py", "b.so")))

        assert (
            f"nobody could install {WHEEL.name}: some_thing.py and b.so cannot be unpacked"
        ) == message
        assert hint.startswith("Build it again: releasio build -x.")

    def test_of_metadata_that_no_upload_carries_are_named(self) -> None:
        message, hint = only(with_metadata("Colour: blue\nSummary: one\nSummary: two"))

        assert (
            f"{WHEEL.name} cannot be uploaded: unknown, malformed or repeated in the metadata: "
            "colour, summary"
        ) == message
        assert hint.startswith("The build backend wrote it so: look at the fields of these names")

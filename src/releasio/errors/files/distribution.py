"""Built files that no index would take, or that are not what they should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, ReleasioError
from releasio.text.listing import few, listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY


class RecordMissing(ReleasioError):
    """
    There is no record of built files where one is needed.

    `releasio build` leaves `releasio.json` beside the distributions. Publishing
    goes by that list of names and hashes, never by what happens to lie in a folder.
    """

    exit_code = DISAGREES
    message = "{folder} has no releasio.json"
    hint = """
        Build first: releasio build -x; in CI, hand the whole dist/ folder on to the job that
        publishes."""
    folder: str


class RecordInvalid(ReleasioError):
    """
    The record of built files cannot be read.

    It was written by another program or a newer releasio, or cut off.
    """

    exit_code = DISAGREES
    message = "{path} is not a record of built files: {problem}"
    hint = "Build again: releasio build -x"
    path: str
    problem: str


class RecordDisagrees(ReleasioError):
    """
    The built files are not those that were recorded.

    Something changed, removed or replaced them after they were built and checked.
    """

    exit_code = DISAGREES
    message = "{folder} does not hold the files that were built: {flaws}"
    hint = "Take the files from the build that made the record, or build again: releasio build -x"
    folder: str
    _: KW_ONLY
    missing: Sequence[str]
    different: Sequence[tuple[str, str, str]]  # name, hash found, hash recorded

    @property
    def flaws(self) -> str:
        """What is missing, then what is different."""
        verb = "are" if self.missing[1:] else "is"
        missing = [f"{listed(self.missing)} {verb} missing"] if self.missing else []
        changed = [f"{n} has {found}, recorded was {wanted}" for n, found, wanted in self.different]
        return "; ".join([*missing, *few(changed)])


class RecordOfAnother(ReleasioError):
    """
    The record of what was built is not about this project.

    `releasio publish` uploads what `releasio build` recorded in dist/releasio.json.
    Files of another project, or of one that had another name then, are not
    published from here.
    """

    exit_code = DISAGREES
    message = "{record} is about {found}, but this project is {wanted}"
    hint = "Publish from the project the files were built in, or build this one: releasio build -x"
    record: str
    _: KW_ONLY
    found: str
    wanted: str


class RecordedCommitMissing(ReleasioError):
    """
    The files were built from a commit that this clone does not have.

    It is the commit that is tagged and pushed, so it must be here. A job that only
    publishes needs the same history as the one that built.
    """

    exit_code = DISAGREES
    message = "{record} was built from {commit:.8}, which is not in this clone"
    hint = """
        Fetch it: git fetch --tags origin; in GitHub Actions check out with fetch-depth: 0. Or build
        what is checked out: releasio build -x"""
    record: str
    commit: str


class RecordedCommitApart(ReleasioError):
    """
    The files were built from a commit that the branch does not have.

    It was amended, rebased or reset away, or belongs to another branch. The tag would
    be on a commit that nobody who follows the branch gets.
    """

    exit_code = DISAGREES
    message = "{record} was built from {commit:.8}, which is not on {branch}"
    hint = "Bring it to {branch}, or build what is checked out: releasio build -x"
    record: str
    commit: str
    branch: str


class DistributionMisnamed(ReleasioError):
    """
    A built file has a name the index does not accept.

    File names are made by the build backend from `[project] name` and version.
    Since PEP 625 and PEP 427 there is exactly one right spelling: lower case,
    `-`, `.` and `_` as `_`, the version in its normal form.
    """

    message = "the index would refuse {files:listed}: {words}"
    hint = """
        Upgrade the build backend in [build-system] requires: old ones write names the index no
        longer takes (setuptools does since 69.3)."""
    files: Sequence[str]
    words: str


class PlatformTagRefused(ReleasioError):
    """
    A wheel is tagged for a platform that the index does not accept.

    The usual case is a wheel with compiled code, built on Linux without being
    repaired for `manylinux` or `musllinux`. Wheels of other kinds of matrix legs
    would be uploaded, and this one refused half-way.
    """

    message = """
        the index would refuse {files:listed}: Binary wheel has an unsupported platform tag
        '{tag}'."""
    hint = """
        Build wheels with cibuildwheel, or repair them with auditwheel; or release the sdist
        only."""
    files: Sequence[str]
    tag: str


class MetadataDisagrees(ReleasioError):
    """
    A built file is of another project or version than the release.

    The version in the built metadata is what users get, whatever the tag says.
    It differs when the version lives in a place that was not updated, or when
    the backend computes it.
    """

    exit_code = DISAGREES
    message = "the release is of {field} {wanted}, but {files:listed} {files:/says/say} {found}"
    hint = """
        {cause}ook where the build backend takes the {field} from: [project] {field}, `dynamic`, or
        a file named in version.version_files."""
    files: Sequence[str]
    field: str
    found: str
    wanted: str

    @property
    def cause(self) -> str:
        """What the version that was built tells; and the first letter of what follows."""
        if self.found == "0.0.0":
            return (
                "setuptools takes 0.0.0 where nothing says a version: does the tool that should "
                "lack its table, such as [tool.setuptools_scm]? Else l"
            )
        if "+" not in self.found or "+" in self.wanted:
            return "L"
        return (
            "A tool added what is behind + because files of the work tree are changed, or new and "
            "not ignored: have git ignore what the build writes (*.egg-info/, build/), or l"
        )


class LocalVersionRefused(ReleasioError):
    """
    A built file has a local version, which public indexes do not accept.

    The part after `+` (often a commit, from a version computed from git) is for
    builds that never leave home. It appears when the commit has no tag, or the
    work tree is not clean.
    """

    message = """
        the index would refuse {files:listed}: The use of local versions in '{version}' is not
        allowed."""
    hint = """
        With setuptools-scm: local_scheme = "no-local-version"; with hatch-vcs: raw-options = {{
        local_scheme = "no-local-version" }}."""
    files: Sequence[str]
    version: str


class SecondSdist(ReleasioError):
    """
    A release has one sdist at most, and the index refuses the second.

    A build hook that leaves files of an earlier build in its output folder is
    the usual cause. Nothing has been made public.
    """

    message = """
        the index would refuse {files:listed} together: Only one sdist may be uploaded per
        release."""
    hint = "Let hooks.build empty its output folder first."
    files: Sequence[str]


class MetadataRefused(ReleasioError):
    """
    The index would refuse the built metadata.

    The message is the index's own; it is the same check, made before anything
    is public. Most fields come from `[project]` in pyproject.toml.
    """

    message = "the index would refuse {files:listed}: {words}"
    hint = "Change {where}."
    files: Sequence[str]
    words: str
    where: str


class MetadataUnsendable(ReleasioError):
    """
    The built metadata has fields that an upload cannot carry.

    They are unknown to every published version of the core metadata, are malformed, or
    stand there more often than they may. twine refuses such a file, and an index would
    drop the fields without a word.
    """

    message = """
        {files:listed} cannot be uploaded: unknown, malformed or repeated in the metadata:
        {fields}"""
    hint = """
        The build backend wrote it so: look at the fields of these names in pyproject.toml, or
        change the backend's version in [build-system] requires."""
    files: Sequence[str]
    fields: str


class DescriptionRefused(ReleasioError):
    """
    The index could not render the project's description.

    The index shows the README as the project's page, and refuses reStructuredText with
    mistakes. What has no content type counts as that; a missing description, and a missing
    content type where it renders, are only noted.
    """

    message = "the description in {files:listed} is not fit for the index: {words}"
    hint = """
        Correct the file that [project] readme names: readme = "README.md" is Markdown by its
        ending, .rst reStructuredText. In setup.cfg and setup.py the content type stands beside
        long_description: long_description_content_type = text/markdown."""
    files: Sequence[str]
    words: str

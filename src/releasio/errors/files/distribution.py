"""Built files that no index would take, or that are not what they should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, ReleasioError
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Sequence


class RecordMissing(ReleasioError):
    """
    There is no record of built files where one is needed.

    `releasio build` leaves `releasio.json` beside the distributions. Publishing
    goes by that list of names and hashes, never by what happens to lie in a folder.
    """

    code = "record-missing"
    exit_code = DISAGREES

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"{folder} has no releasio.json",
            hint="Build first: releasio build -x; in CI, hand the whole dist/ folder on to the job "
            "that publishes.",
        )


class RecordInvalid(ReleasioError):
    """
    The record of built files cannot be read.

    It was written by another program or a newer releasio, or cut off.
    """

    code = "record-invalid"
    exit_code = DISAGREES

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(
            f"{path} is not a record of built files: {problem}",
            hint="Build again: releasio build -x",
            path=path,
        )


class RecordDisagrees(ReleasioError):
    """
    The built files are not those that were recorded.

    Something changed, removed or replaced them after they were built and checked.
    """

    code = "record-disagrees"
    exit_code = DISAGREES

    def __init__(
        self, folder: str, *, missing: Sequence[str], different: Sequence[tuple[str, str, str]]
    ) -> None:
        lines = [f"{listed(missing)} {'are' if missing[1:] else 'is'} missing"] if missing else []
        lines += few([f"{n} has {found}, recorded was {wanted}" for n, found, wanted in different])
        super().__init__(
            f"{folder} does not hold the files that were built: {'; '.join(lines)}",
            hint="Take the files from the build that made the record, or build again: "
            "releasio build -x",
        )


class RecordOfAnother(ReleasioError):
    """
    The record of what was built is not about this project.

    `releasio publish` uploads what `releasio build` recorded in dist/releasio.json.
    Files of another project, or of one that had another name then, are not
    published from here.
    """

    code = "record-of-another"
    exit_code = DISAGREES

    def __init__(self, path: str, *, found: str, wanted: str) -> None:
        super().__init__(
            f"{path} is about {found}, but this project is {wanted}",
            hint="Publish from the project the files were built in, or build this one: "
            "releasio build -x",
        )


class RecordedCommitMissing(ReleasioError):
    """
    The files were built from a commit that this clone does not have.

    It is the commit that is tagged and pushed, so it must be here. A job that only
    publishes needs the same history as the one that built.
    """

    code = "recorded-commit-missing"
    exit_code = DISAGREES

    def __init__(self, path: str, commit: str) -> None:
        super().__init__(
            f"{path} was built from {commit[:8]}, which is not in this clone",
            hint="Fetch it: git fetch --tags origin; in GitHub Actions check out with "
            "fetch-depth: 0. Or build what is checked out: releasio build -x",
        )


class RecordedCommitApart(ReleasioError):
    """
    The files were built from a commit that the branch does not have.

    It was amended, rebased or reset away, or belongs to another branch. The tag would
    be on a commit that nobody who follows the branch gets.
    """

    code = "recorded-commit-apart"
    exit_code = DISAGREES

    def __init__(self, path: str, commit: str, branch: str) -> None:
        super().__init__(
            f"{path} was built from {commit[:8]}, which is not on {branch}",
            hint=f"Bring it to {branch}, or build what is checked out: releasio build -x",
        )


class DistributionMisnamed(ReleasioError):
    """
    A built file has a name the index does not accept.

    File names are made by the build backend from `[project] name` and version.
    Since PEP 625 and PEP 427 there is exactly one right spelling: lower case,
    `-`, `.` and `_` as `_`, the version in its normal form.
    """

    code = "distribution-misnamed"

    def __init__(self, files: Sequence[str], words: str) -> None:
        super().__init__(
            f"the index would refuse {listed(files)}: {words}",
            hint="Upgrade the build backend in [build-system] requires: old ones write names the "
            "index no longer takes (setuptools does since 69.3).",
        )


class PlatformTagRefused(ReleasioError):
    """
    A wheel is tagged for a platform that the index does not accept.

    The usual case is a wheel with compiled code, built on Linux without being
    repaired for `manylinux` or `musllinux`. Wheels of other kinds of matrix legs
    would be uploaded, and this one refused half-way.
    """

    code = "platform-tag-refused"

    def __init__(self, files: Sequence[str], tag: str) -> None:
        super().__init__(
            f"the index would refuse {listed(files)}: Binary wheel has an unsupported platform "
            f"tag '{tag}'.",
            hint="Build wheels with cibuildwheel, or repair them with auditwheel; or release the "
            "sdist only.",
        )


class MetadataDisagrees(ReleasioError):
    """
    A built file is of another project or version than the release.

    The version in the built metadata is what users get, whatever the tag says.
    It differs when the version lives in a place that was not updated, or when
    the backend computes it.
    """

    code = "metadata-disagrees"
    exit_code = DISAGREES

    def __init__(self, files: Sequence[str], field: str, found: str, wanted: str) -> None:
        super().__init__(
            f"the release is of {field} {wanted}, but {listed(files)} "
            f"{'says' if len(files) == 1 else 'say'} {found}",
            hint=f"Look where the build backend takes the {field} from: [project] {field}, "
            f"`dynamic`, or a file named in version.version_files.",
        )


class LocalVersionRefused(ReleasioError):
    """
    A built file has a local version, which public indexes do not accept.

    The part after `+` (often a commit, from a version computed from git) is for
    builds that never leave home. It appears when the commit has no tag, or the
    work tree is not clean.
    """

    code = "local-version-refused"

    def __init__(self, files: Sequence[str], version: str) -> None:
        super().__init__(
            f"the index would refuse {listed(files)}: The use of local versions in '{version}' is "
            "not allowed.",
            hint='With setuptools-scm: local_scheme = "no-local-version"; with hatch-vcs: '
            'raw-options = { local_scheme = "no-local-version" }.',
        )


class SecondSdist(ReleasioError):
    """
    A release has one sdist at most, and the index refuses the second.

    A build hook that leaves files of an earlier build in its output folder is
    the usual cause. Nothing has been made public.
    """

    code = "second-sdist"

    def __init__(self, files: Sequence[str]) -> None:
        super().__init__(
            f"the index would refuse {listed(files)} together: Only one sdist may be uploaded per "
            "release.",
            hint="Let hooks.build empty its output folder first.",
        )


class MetadataRefused(ReleasioError):
    """
    The index would refuse the built metadata.

    The message is the index's own; it is the same check, made before anything
    is public. Most fields come from `[project]` in pyproject.toml.
    """

    code = "metadata-refused"

    def __init__(self, files: Sequence[str], words: str, where: str) -> None:
        super().__init__(
            f"the index would refuse {listed(files)}: {words}",
            hint=f"Change {where}.",
        )


class MetadataUnsendable(ReleasioError):
    """
    The built metadata has fields that an upload cannot carry.

    They are unknown to every published version of the core metadata, are malformed, or
    stand there more often than they may. twine refuses such a file, and an index would
    drop the fields without a word.
    """

    code = "metadata-unsendable"

    def __init__(self, files: Sequence[str], *fields: str) -> None:
        super().__init__(
            f"{listed(files)} cannot be uploaded: unknown, malformed or repeated in the metadata: "
            f"{', '.join(fields)}",
            hint="The build backend wrote it so: look at the fields of these names in "
            "pyproject.toml, or change the backend's version in [build-system] requires.",
        )


class DescriptionRefused(ReleasioError):
    """
    The index could not render the project's description.

    It is checked as `twine check --strict` does, save that a missing one is only noted: the
    index shows the README as the project's page, and refuses reStructuredText with mistakes.
    """

    code = "description-refused"

    def __init__(self, files: Sequence[str], words: str) -> None:
        super().__init__(
            f"the description in {listed(files)} is not fit for the index: {words}",
            hint="Correct [project] readme and its file, or in a setup.cfg long_description and "
            "long_description_content_type. The file ending (.md, .rst) sets the content type.",
        )


def few(names: Sequence[str], most: int = 3) -> list[str]:
    """Return *names*, the first ones of many with the number of the others."""
    others = len(names) - most
    return [*names[:most], f"and {others} others"] if others > 1 else [*names]

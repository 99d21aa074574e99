"""Tags that contradict the project, and jobs that nothing can be released from."""

from __future__ import annotations

from releasio.errors.base import DISAGREES, ReleasioError
from releasio.text.command_line import quoted


class TagDisagrees(ReleasioError):
    """
    The commit that is checked out has a tag, and its pyproject.toml says another version.

    File names, metadata, tag and pyproject.toml must say one version before anything is
    public. Somebody tagged without raising the version, or raised it and tagged another one.
    A tag without a mistake is one that is derived from (the version then is what the tag
    says), a short one beside the full one (`v1` beside `v1.2.0`), or that of a development
    version, which is written into the build alone.
    """

    code = "tag-disagrees"
    exit_code = DISAGREES

    def __init__(self, tag: str, version: str, *, path: str, says: str, public: str | None) -> None:
        self.tag = tag
        delete = f"git tag -d {quoted(tag)}"
        if public:
            delete += f"; git push --delete {quoted(public)} {quoted(tag)}"
        super().__init__(
            f"HEAD has the tag {tag}, but {path} says {says} there",
            hint=f"If {tag} was never published, delete it: {delete}. Then, to release {version}: "
            f"releasio release --version {version} --execute, which raises the version, commits "
            f"and tags. To release {says}: releasio release --version {says} --execute.",
            path=path,
        )


class TagOfNobody(ReleasioError):
    """
    The last tag is in this clone only, and neither the remote nor the index knows its version.

    An interrupted tool, or a tag made by hand and never pushed, left it. The next version
    would be counted from a release that never was.
    """

    code = "tag-of-nobody"
    exit_code = DISAGREES

    def __init__(self, tag: str, remote: str, *, path: str, says: str) -> None:
        super().__init__(
            f"the tag {tag} is in this clone only: {remote} lacks it, and {path} says {says}",
            hint=f"If it was left behind: git tag -d {quoted(tag)}. If it was released: "
            f"git push {quoted(remote)} {quoted(tag)}",
        )


class TagIsNoVersion(ReleasioError):
    """
    The push of a tag started this CI job, and the tag names no version of this project.

    What a job on a tag releases is the version that the tag names. A job that makes new
    versions runs on a branch.
    """

    code = "tag-is-no-version"
    exit_code = DISAGREES

    def __init__(self, tag: str, *, example: str) -> None:
        super().__init__(
            f"this job was started by tag {tag}, which is no version",
            hint=f"Nothing is released from it. A tag such as {example} is one (PEP 440); other "
            "prefixes are named by version.tag_prefix. To leave such tags out, narrow the "
            'pattern in the workflow, for example tags: ["v[0-9]*"].',
        )


class StartedByPullRequest(ReleasioError):
    """
    A pull request started this CI job, and its jobs release nothing.

    What it proposes is not on the branch yet, and may be anybody's. The job that the merge
    starts releases; so does one for the event `closed` of a merged pull request, on the
    branch it was merged into. There is nothing to repair; the exit code is 0.
    """

    code = "started-by-pull-request"
    exit_code = 0

    def __init__(self, number: str, branch: str) -> None:
        named = f"pull request {number}" if number else "a pull request"
        super().__init__(
            f"this job was started by {named}: it releases nothing",
            hint=f"The job that the merge starts on {branch} releases.",
        )

"""Tags that contradict the project, and jobs that nothing can be released from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, ReleasioError
from releasio.text.command_line import quoted

if TYPE_CHECKING:
    from dataclasses import KW_ONLY


class TagDisagrees(ReleasioError):
    """
    The commit that is checked out has a tag, and its pyproject.toml says another version.

    File names, metadata, tag and pyproject.toml must say one version before anything is
    public. Somebody tagged without raising the version, or raised it and tagged another one.
    A tag without a mistake is one that is derived from (the version then is what the tag
    says), a short one beside the full one (`v1` beside `v1.2.0`), or that of a development
    version, which is written into the build alone.
    """

    exit_code = DISAGREES
    message = "HEAD has the tag {tag}, but {path} says {says} there"
    hint = """
        If {tag} was never published, delete it: git tag -d {tag:shell}{there}. Then, to release
        {version}: releasio release --version {version} --execute, which raises the version, commits
        and tags. To release {says}: releasio release --version {says} --execute."""
    tag: str
    version: str
    _: KW_ONLY
    path: str
    says: str
    public: str | None

    @property
    def there(self) -> str:
        """The command that deletes it on the remote that has it."""
        public = self.public
        return f"; git push --delete {quoted(public)} {quoted(self.tag)}" if public else ""


class TagOfNobody(ReleasioError):
    """
    The last tag is in this clone only, and neither the remote nor the index knows its version.

    An interrupted tool, or a tag made by hand and never pushed, left it. The next version
    would be counted from a release that never was.
    """

    exit_code = DISAGREES
    message = "the tag {tag} is in this clone only: {remote} lacks it, and {manifest} says {says}"
    hint = """
        If it was left behind: git tag -d {tag:shell}. If it was released: git push {remote:shell}
        {tag:shell}"""
    tag: str
    remote: str
    _: KW_ONLY
    manifest: str
    says: str


class TagIsNoVersion(ReleasioError):
    """
    The push of a tag started this CI job, and the tag names no version of this project.

    What a job on a tag releases is the version that the tag names. A job that makes new
    versions runs on a branch.
    """

    exit_code = DISAGREES
    message = "this job was started by tag {tag}, which is no version"
    hint = """
        Nothing is released from it. A tag such as {example} is one (PEP 440); other prefixes are
        named by version.tag_prefix. To leave such tags out, narrow the pattern in the workflow, for
        example tags: ["v[0-9]*"]."""
    tag: str
    _: KW_ONLY
    example: str


class StartedByPullRequest(ReleasioError):
    """
    A pull request started this CI job, and its jobs release nothing.

    What it proposes is not on the branch yet, and may be anybody's. The job that the merge
    starts releases; so does one for the event `closed` of a merged pull request, on the
    branch it was merged into. There is nothing to repair; the exit code is 0.
    """

    exit_code = 0
    message = """
        this job was started by {number:?pull request %s|a pull request}: it releases nothing"""
    hint = "The job that the merge starts on {branch} releases."
    number: str
    branch: str


class HeadUntagged(ReleasioError):
    """
    The build makes the version from the tag of the commit that is built, and HEAD has none.

    Whatever was built would carry the number of a development build, or that of another release.
    A release tags its commit; `releasio build` builds a commit that has its tag.
    """

    exit_code = DISAGREES
    message = """
        HEAD has no tag that is a version, and by {setting} the build makes the version from
        it{last:?; the last release is %s}"""
    hint = """
        {checkout}To make a {last:?new one|release}: releasio release --execute. For a development
        build: python -m build"""
    _: KW_ONLY
    setting: str
    last: str

    @property
    def checkout(self) -> str:
        """The command that leads to the last release."""
        return f"To build that release: git checkout {quoted(self.last)}. " if self.last else ""

"""
Every error releasio foresees: its code, its exit code, its words.

A class knows how to say it; who raises it only brings the facts. `code` is
documented and never changes. Nothing but `cli/` prints these or exits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Self

FAILED = 1
USAGE = 2
DISAGREES = 4
NO_CREDENTIAL = 5
NO_ANSWER = 6


class ReleasioError(Exception):
    """
    A foreseen problem: what is wrong, and what to do about it.

    Attributes:
        code: Stable name of the problem, the anchor of its documentation.
        exit_code: What the process exits with when nobody handles it.
        hint: What to do, when we know; one or more sentences.
        path: The file it is about, relative to the project, when there is one.
        line: The 1-based line in `path`, when known.
    """

    code: ClassVar[str]
    exit_code: ClassVar[int] = FAILED

    def __init__(
        self, message: str, *, hint: str = "", path: str | None = None, line: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path
        self.line = line


class Problems(ReleasioError):
    """Several problems that were found together and are shown together."""

    code = "several-problems"

    def __init__(self, problems: Sequence[ReleasioError]) -> None:
        super().__init__(f"{len(problems)} problems stand in the way")
        self.problems = tuple(problems)

    @property
    def worst(self) -> int:
        """The exit code that stands for them all: the first one's."""
        return self.problems[0].exit_code


class FileChanged(ReleasioError):
    """
    A file is not what the plan was made from.

    Between planning and writing, something else changed it: an editor, another
    program, or a `pre_bump` hook. What a preview showed would no longer be what
    happens, so nothing is written.
    """

    code = "file-changed"
    exit_code = DISAGREES

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} changed after the plan was made",
            hint="Run again. If a pre_bump hook changes it, make it a post_bump hook.",
            path=path,
        )


class TagTaken(ReleasioError):
    """
    The tag of this release already names another commit.

    A tag that others may have fetched is never moved. Either the version was
    released before, or an earlier attempt left the tag.
    """

    code = "tag-taken"
    exit_code = DISAGREES

    def __init__(self, tag: str, *, found: str, wanted: str | None) -> None:
        mine = (
            f"this release is {wanted[:8]}" if wanted else "this release makes a commit of its own"
        )
        super().__init__(
            f"tag {tag} points at {found[:8]}, but {mine}",
            hint=f"If {tag} was never published, delete it (git tag -d {tag}; "
            f"git push --delete origin {tag}); else release the next version with --version.",
        )


class ReleasedElsewhere(ReleasioError):
    """
    Another run released this version from the same commit, and was faster.

    Of two runs that start at the same time the remote takes one tag. The other
    run ends before it uploads anything. There is nothing to repair; the exit
    code is 0.
    """

    code = "released-elsewhere"
    exit_code = 0

    def __init__(self, tag: str, *, commit: str, author: str, when: str) -> None:
        super().__init__(
            f"{tag} was released by another run: commit {commit[:8]} by {author}, {when}",
            hint="Nothing was pushed or uploaded from here. To follow: git pull --tags",
        )


class BranchMoved(ReleasioError):
    """
    The branch on the remote has commits that are not here.

    The release would have to overwrite or skip them. Nothing was pushed.
    """

    code = "branch-moved"
    exit_code = DISAGREES

    def __init__(self, branch: str, remote: str, *, found: str) -> None:
        at = f" ({found[:8]})" if found else ""
        super().__init__(
            f"{branch} on {remote}{at} has commits that are not in this clone",
            hint=f"git pull --ff-only {remote} {branch}, then run again.",
        )


class NoRemote(ReleasioError):
    """
    The repository has no remote to push the release to.

    The push of branch and tag is the moment a release becomes public, and the
    tag on the remote is what keeps two runs apart.
    """

    code = "no-remote"
    exit_code = DISAGREES

    def __init__(self) -> None:
        super().__init__(
            "this repository has no remote to push the release to",
            hint="git remote add origin URL; of several, choose one: git config remote.pushDefault "
            "NAME; or try everything without one: releasio rehearse",
        )


class FileDiffers(ReleasioError):
    """
    The index has a file of this name with other bytes.

    Files on an index cannot be replaced. Either the version was built and
    uploaded before from something else, or the build is not reproducible.
    """

    code = "file-differs"
    exit_code = DISAGREES

    def __init__(self, name: str, registry: str, *, here: str, there: str) -> None:
        super().__init__(
            f"{name} on {registry} has sha256 {there}, the one here has {here}",
            hint="A file on an index is never replaced: release a new version.",
        )


class VersionOnIndex(ReleasioError):
    """
    The index already has files of the version that is about to be released.

    Version numbers on an index are used once, even if the tag is missing here.
    """

    code = "version-on-index"
    exit_code = DISAGREES

    def __init__(self, project: str, version: str, registry: str, files: int) -> None:
        super().__init__(
            f"{project} {version} is on {registry} already, with {files} "
            f"file{'' if files == 1 else 's'}",
            hint="Tag the commit it was built from, so that releasio knows of it, or choose the "
            "next version with --version.",
        )


class NoCommits(ReleasioError):
    """
    The repository has no commit yet, so there is nothing a release could be made of.

    A release is made from commits only; files that lie beside them are not
    part of it. Commit the project first.
    """

    code = "no-commits"
    exit_code = DISAGREES

    def __init__(self) -> None:
        super().__init__(
            "this repository has no commits yet", hint="Commit the project first, then run again."
        )


class DetachedHead(ReleasioError):
    """
    No branch is checked out, so the release commit would belong to none.

    A tag or commit was checked out by name, as CI does for tag builds. A
    release that raises the version needs a branch to put its commit on.
    """

    code = "detached-head"
    exit_code = DISAGREES

    def __init__(self, head: str, branch: str) -> None:
        super().__init__(
            f"HEAD is at {head[:8]} and on no branch, but the release commit needs one",
            hint=f"git switch {branch}; in CI, check out the branch: with `ref: {branch}`.",
        )


class WrongBranch(ReleasioError):
    """
    The branch that is checked out is not one releases are made from.

    Releases come from `default_branch`, or from a branch that matches one of
    the `[branches]` channels.
    """

    code = "wrong-branch"
    exit_code = DISAGREES

    def __init__(self, branch: str, wanted: str) -> None:
        super().__init__(
            f"the branch is {branch}, but releases are made from {wanted}",
            hint=f'git switch {wanted}; or set default_branch = "{branch}", or add a channel: '
            f'[branches.{branch.replace("/", "-")}] match = "{branch}"',
        )


class DirtyTree(ReleasioError):
    """
    Files that git tracks have changes that are not committed.

    They would not be part of the release, which is made from commits only.
    """

    code = "dirty-tree"
    exit_code = DISAGREES

    def __init__(self, paths: Sequence[str]) -> None:
        rest = len(paths[3:])
        shown = ", ".join(paths[:3]) + (f" and {rest} more" if rest else "")
        super().__init__(
            f"{len(paths)} tracked file{'' if len(paths) == 1 else 's'} changed and not "
            f"committed: {shown}",
            hint="Commit or stash them, or release without them: allow_dirty = true",
        )


class NotYet(ReleasioError):
    """
    The command belongs to releasio, but this version does not have it yet.

    It is accepted so that scripts and workflows of releasio 2.x get a clear
    answer instead of a usage error.
    """

    code = "not-yet"
    exit_code = USAGE

    def __init__(self, command: str, instead: str) -> None:
        super().__init__(f"`releasio {command}` is not in this version yet", hint=instead)


class InvalidVersion(ReleasioError):
    """
    The text is no version by PEP 440, so neither pip nor an index would take it.

    Versions look like 1.2.0, 2026.1, 1.2.0rc1, 1.2.0.post1 or 1.2.0.dev3; a
    leading `v` and spellings such as 1.2.0-rc.1 are understood, too.
    """

    code = "invalid-version"
    exit_code = USAGE

    def __init__(self, text: str, *, path: str | None = None, line: int | None = None) -> None:
        super().__init__(
            f"{text!r} is not a version",
            hint="Write it as PEP 440 says, for example 1.2.0, 1.2.0rc1 or 1.2.0.dev3",
            path=path,
            line=line,
        )


class LocalVersion(ReleasioError):
    """
    The version has a local part (`+...`), which package indexes refuse.

    Local versions are for builds that stay in one house. Release the version
    without the part after the plus sign.
    """

    code = "local-version"
    exit_code = USAGE

    def __init__(self, version: str, *, public: str) -> None:
        super().__init__(
            f"{version} is a local version, and package indexes refuse those",
            hint=f"Release {public} instead",
        )


class UnknownPhase(ReleasioError):
    """
    The word for the pre-release is none that versions know.

    PEP 440 has three phases, `a` (alpha), `b` (beta) and `rc`, and development
    versions, `dev`. The number behind it is counted from the tags.
    """

    code = "unknown-phase"
    exit_code = USAGE

    def __init__(self, text: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"{text!r} is not a phase of pre-releases", hint=f"Use one of {', '.join(known)}"
        )


class PrereleaseGoesBack(ReleasioError):
    """
    The pre-release that was asked for would come before the current version.

    Phases go from `dev` over `a` and `b` to `rc`; installers would never choose
    an alpha over the release candidate that is already there.
    """

    code = "prerelease-goes-back"
    exit_code = USAGE

    def __init__(self, version: str, *, current: str, phase: str) -> None:
        super().__init__(
            f"a pre-release of phase {phase} would be {version}, which comes before {current}",
            hint="Choose the same or a later phase with --prerelease, or start the next version "
            "with --version",
        )


class UnknownRegistry(ReleasioError):
    """
    No registry has this name.

    `pypi` and `testpypi` are built in. Others are named by a `[registries.NAME]`
    table with their upload `url`, or chosen by that URL itself.
    """

    code = "unknown-registry"
    exit_code = USAGE

    def __init__(self, name: str, *, known: Sequence[str], nearest: str | None) -> None:
        guess = f"Did you mean {nearest}? " if nearest else ""
        super().__init__(
            f"there is no registry called {name!r}",
            hint=f"{guess}Known are: {', '.join(known)}. Add one as [registries.{name}] with its "
            "upload url, or give that URL in place of the name.",
        )


class RegistryNotSecure(ReleasioError):
    """
    The upload URL would send the credential in the clear.

    `http://` is taken only to this machine itself.
    """

    code = "registry-not-secure"
    exit_code = USAGE

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url} would send files and credential unencrypted",
            hint=f"Use https{url.removeprefix('http')}",
        )


class RegistryUrlHasCredentials(ReleasioError):
    """
    The registry's URL contains a user name or password.

    URLs end up in logs, in the process list and in the configuration file. If
    the URL has been shared that way, replace the password.
    """

    code = "registry-url-has-credentials"
    exit_code = USAGE

    def __init__(self, host: str) -> None:
        super().__init__(
            f"the URL of {host} contains a user name or password",
            hint="Take it out, and give the secret as RELEASIO_TOKEN, or as TWINE_USERNAME and "
            "TWINE_PASSWORD, or through the keyring or ~/.pypirc.",
        )


class RegistryUrlMalformed(ReleasioError):
    """
    The registry is neither a known name nor a URL that files can be uploaded to.

    An upload URL is `https://HOST/PATH`, without anything behind a `?` or `#`.
    """

    code = "registry-url-malformed"
    exit_code = USAGE

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(
            f"{url!r} is not an upload URL: {problem}",
            hint="Write https://HOST/PATH, or the name of a registry.",
        )


class RegistryUrlWrong(ReleasioError):
    """
    The URL is an address of the index, but not the one that takes uploads.

    Home page, index page and upload address are easy to mix up, and a missing
    slash at the end is enough.
    """

    code = "registry-url-wrong"
    exit_code = USAGE

    def __init__(self, url: str, problem: str, right: str, name: str | None) -> None:
        instead = f"registry = {name!r}, or {right}" if name else right
        super().__init__(f"{url} does not take uploads: {problem}", hint=f"Use {instead}")


class CredentialRefused(ReleasioError):
    """A credential is there, and is sure not to work. The base of all that say why."""

    exit_code = NO_CREDENTIAL


class TokenForAnotherIndex(CredentialRefused):
    """
    The API token belongs to another index than the one chosen.

    Tokens of PyPI do not work on TestPyPI and the other way round, and neither
    is ever sent to a third index. The token itself says where it belongs.
    """

    code = "token-for-another-index"

    def __init__(self, source: str, *, made_for: str, wanted: str) -> None:
        super().__init__(
            f"{source} holds a token of {made_for}, but the upload goes to {wanted}",
            hint=f"Make a token on {wanted}, or choose the registry {made_for}.",
        )


class TokenExpired(CredentialRefused):
    """
    The API token's time is over.

    Tokens minted by trusted publishing live 15 minutes; others until the day
    chosen when they were made.
    """

    code = "token-expired"

    def __init__(self, source: str, expired: datetime) -> None:
        super().__init__(
            f"{source} holds a token that expired at {expired:%Y-%m-%d %H:%M} UTC",
            hint="Make a new token, or use trusted publishing, which needs none.",
        )


class TokenForAnotherProject(CredentialRefused):
    """
    The API token may only upload to other projects.

    A token limited to a project cannot create another one either: the first
    release of a new project needs trusted publishing or a token of the whole
    account.
    """

    code = "token-for-another-project"

    def __init__(self, source: str, *, projects: Sequence[str], project: str) -> None:
        super().__init__(
            f"{source} holds a token for {', '.join(projects)}, not for {project}",
            hint=f"Make a token for {project}. If {project} does not exist on the index yet, use "
            "trusted publishing or, once, a token of the whole account.",
        )


class TokenMalformed(CredentialRefused):
    """
    What is given as API token cannot be one.

    A token of PyPI or TestPyPI begins with `pypi-` and is copied as one piece.
    Cut off, quoted or with another secret's text in its place it is refused
    before it is sent.
    """

    code = "token-malformed"

    def __init__(self, source: str, registry: str) -> None:
        super().__init__(
            f"what {source} holds is not an API token of {registry}",
            hint="A token begins with pypi- and is pasted whole, without quotes.",
        )


class PasswordNotTaken(CredentialRefused):
    """
    The index takes no user names and passwords.

    PyPI and TestPyPI take API tokens, whose user name is `__token__`, and
    trusted publishing.
    """

    code = "password-not-taken"

    def __init__(self, source: str, user: str, registry: str) -> None:
        super().__init__(
            f"{source} has user {user!r} with a password, and {registry} takes only tokens",
            hint="Use an API token as password and __token__ as user name.",
        )


class SourceBroken(CredentialRefused):
    """
    A place that credentials are kept in could not be read.

    It is not passed over in silence: the credential you expect to be used may
    be in it.
    """

    code = "credential-source-broken"

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(
            f"{source} could not be read: {problem}",
            hint=f"Repair {source}.",
        )


class IdentityPermissionMissing(CredentialRefused):
    """
    The GitHub Actions job may not ask for an identity.

    Trusted publishing needs the permission `id-token: write` in the job that
    publishes. A `permissions:` block of a job replaces the workflow's, so it
    must be repeated there; a reusable workflow also needs it in its caller.
    """

    code = "identity-permission-missing"

    def __init__(self) -> None:
        super().__init__(
            "this job runs without the permission id-token: write",
            hint="Add to the job that publishes:\n"
            "    permissions:\n"
            "      id-token: write\n"
            "      contents: write",
        )


class ForkHasNoIdentity(CredentialRefused):
    """
    Workflows of pull requests from forks get neither identity nor secrets.

    That is GitHub's rule and protects your project: anybody could open a pull
    request that publishes.
    """

    code = "fork-has-no-identity"

    def __init__(self) -> None:
        super().__init__(
            "this job runs for a pull request from a fork, to which GitHub gives no identity",
            hint="Publish from a push to your branch or tag, not from pull requests.",
        )


class IdentityNotGiven(CredentialRefused):
    """
    The CI's identity service did not give a usable identity token.

    The job may ask, and the service said no or answered something else. It is
    mostly a passing trouble of the CI.
    """

    code = "identity-not-given"

    def __init__(self, service: str, problem: str) -> None:
        super().__init__(
            f"{service} gave no identity token: {problem}",
            hint="Run the job again; if it stays so, look at the CI's status page.",
        )


class IdentityRefused(CredentialRefused):
    """
    The index could not verify the job's identity token.

    It expired on the way, was used before, or the index just renewed its copy
    of the issuer's keys.
    """

    code = "identity-refused"

    def __init__(self, registry: str, problem: str) -> None:
        super().__init__(
            f"{registry} did not take this job's identity: {problem}",
            hint="Run the job again: each run gets a fresh identity.",
        )


class TrustedPublishingUnsupported(CredentialRefused):
    """
    The index does not offer trusted publishing.

    Most private indexes do not. They need a token or a user name and password.
    """

    code = "trusted-publishing-unsupported"

    def __init__(self, registry: str, status: int) -> None:
        super().__init__(
            f"{registry} does not offer trusted publishing (it answered {status})",
            hint=f"Give {registry} a token: RELEASIO_TOKEN, or TWINE_USERNAME and TWINE_PASSWORD.",
        )


class TrustedPublishingOff(CredentialRefused):
    """
    The index offers trusted publishing but has switched it off for now.

    Its operators do so during incidents.
    """

    code = "trusted-publishing-off"

    def __init__(self, registry: str, problem: str) -> None:
        super().__init__(
            f"{registry} has switched trusted publishing off: {problem}",
            hint="Look at the index's status page and run the job again later, or use a token.",
        )


class PublisherUnknown(CredentialRefused):
    """
    No trusted publisher on the index fits this job (`invalid-publisher`).

    The index compares repository, owner, workflow file and environment with
    what was registered, and upper and lower case count. Frequent causes: one of
    them differs or was renamed; the publisher was registered on the other
    index; the job has another environment, or none; the publishing job is in a
    reusable workflow.
    """

    code = "publisher-unknown"

    def __init__(self, registry: str, reason: str, *, comparison: str, remedy: str) -> None:
        shown = f"\n\n{comparison}" if comparison else ""
        super().__init__(
            f"{registry} has no trusted publisher that fits this job: {reason}{shown}", hint=remedy
        )


class PendingPublisherStale(CredentialRefused):
    """
    The project of your pending publisher exists already (`invalid-pending-publisher`).

    Somebody created it after you registered the publisher, or you did. The
    pending publisher is gone now; the project needs one of its own.
    """

    code = "pending-publisher-stale"

    def __init__(self, registry: str, reason: str, *, comparison: str, remedy: str) -> None:
        shown = f"\n\n{comparison}" if comparison else ""
        super().__init__(
            f"{registry} has dropped the pending publisher of this job: {reason}{shown}",
            hint=remedy,
        )


class MintRefused(CredentialRefused):
    """
    The index did not trade the job's identity for an upload token.

    The index's own words say why.
    """

    code = "mint-refused"

    def __init__(self, registry: str, reason: str) -> None:
        super().__init__(
            f"{registry} gave no upload token: {reason}",
            hint="A name that is not allowed needs another one in pyproject.toml and in the "
            "pending publisher. An issuer it does not know cannot be used with this index.",
        )


class NoCredential(ReleasioError):
    """
    No source had a credential for the index.

    Every source is asked in turn, and the list shows what each one said.
    Sources that do not apply are normal; one that was refused is the one to
    look at.
    """

    code = "no-credential"
    exit_code = NO_CREDENTIAL

    def __init__(self, registry: str, answers: Sequence[object], *, detail: str, hint: str) -> None:
        asked = "\n".join(f"  {answer}" for answer in answers)
        shown = f"\n\n{detail}" if detail else ""
        super().__init__(
            f"no credential for {registry}; asked in turn:\n{asked}{shown}",
            hint=hint,
        )
        self.answers = tuple(answers)


class IndexUnreachable(ReleasioError):
    """
    The index, or the CI's identity service, did not answer after several tries.

    Nothing is lost: running the same command again goes on where this stopped.
    """

    code = "index-unreachable"
    exit_code = NO_ANSWER

    def __init__(self, service: str, problem: str, *, tries: int, remedy: str = "") -> None:
        times = f" after {tries} tries" if tries > 1 else ""
        super().__init__(
            f"{service} did not answer{times}: {problem}",
            hint=remedy or "Run the same command again; it goes on where this stopped.",
        )


class GarbledAnswer(ReleasioError):
    """
    The answer is not what an index sends.

    Something between you and the index answered in its place (a proxy, a login
    page, an outage page), or the URL is not that of an index.
    """

    code = "garbled-answer"
    exit_code = NO_ANSWER

    def __init__(self, url: str, status: int, beginning: str) -> None:
        super().__init__(
            f"{url} answered {status} with something that is not the index's: {beginning!r}",
            hint="Look for a proxy or login page between this machine and the index, and check the "
            "registry's URL.",
        )


class IndexRefused(ReleasioError):
    """
    The index did not show the project's files.

    Without them nothing can be said about what is on the index already.
    """

    code = "index-refused"

    def __init__(self, url: str, status: int, sentence: str) -> None:
        super().__init__(
            f"{url} answered {status}: {sentence}",
            hint="Check the registry's `index`; it must be readable from here.",
        )


class RedirectRefused(ReleasioError):
    """
    The index sent the upload to another URL.

    Following would hand the credential to an address you did not choose.
    """

    code = "redirect-refused"
    exit_code = USAGE

    def __init__(self, url: str, target: str) -> None:
        slash = "Only the final slash is missing. " if target == f"{url}/" else ""
        super().__init__(
            f"{url} sends uploads on to {target}",
            hint=f"{slash}If that is right, make it the registry's url.",
        )


class UploadRefused(ReleasioError):
    """
    The index refused a file, for the reason it gives.

    Files that were uploaded before it stay there; after the cause is removed,
    running the same command again uploads the rest.
    """

    code = "upload-refused"

    def __init__(self, name: str, registry: str, status: int, sentence: str, remedy: str) -> None:
        super().__init__(f"{registry} refused {name} ({status}): {sentence}", hint=remedy)


class UploadForbidden(UploadRefused):
    """
    The index took the request but not the credential.

    It is wrong, expired, of another index, or may not upload to this project.
    """

    code = "upload-forbidden"
    exit_code = NO_CREDENTIAL


class DistributionChanged(ReleasioError):
    """
    A built file is not the one that was recorded.

    Its bytes changed between the build and the upload, which was broken off
    before the index could store it.
    """

    code = "distribution-changed"
    exit_code = DISAGREES

    def __init__(self, name: str, *, recorded: str, found: str) -> None:
        super().__init__(
            f"{name} has sha256 {found}, but {recorded} was recorded when it was built",
            hint="Build again: releasio build",
        )


class DistributionUnreadable(ReleasioError):
    """
    A distribution file's metadata cannot be read.

    The index would refuse it as well.
    """

    code = "distribution-unreadable"

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(
            f"the metadata of {name} cannot be read: {problem}",
            hint="Build it again; if it stays so, look at [project] in pyproject.toml.",
        )


class ConfigProblems(Problems):
    """
    The settings contain mistakes.

    All of them are shown at once, each with its place. Nothing is read from or
    done to the project until they are gone.
    """

    code = "config-problems"
    exit_code = USAGE

    def __init__(self, problems: Sequence[ReleasioError]) -> None:
        super().__init__(problems)
        count = "1 mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        self.message = f"the settings contain {count}"
        self.args = (self.message,)


class ConfigError(ReleasioError):
    """A mistake in the settings. The base of all that say which."""

    exit_code = USAGE

    def __init__(
        self, message: str, *, hint: str = "", source: str, path: str | None, line: int | None
    ) -> None:
        """
        Say where the mistake is, unless path and line say it already.

        Args:
            message: What is wrong.
            hint: What to do.
            source: The file, the variable, or the option.
            path: The file again, when it is one.
            line: The line in that file, when known.
        """
        where = "" if path and line else f"{source}: "
        super().__init__(f"{where}{message}", hint=hint, path=path, line=line)


class UnknownSetting(ConfigError):
    """
    There is no setting of that name.

    A key that is spelt wrong would have no effect, so it is an error rather
    than silence. `releasio config schema` gives editors the list of all keys.
    """

    code = "unknown-setting"

    def __init__(
        self, key: str, *, nearest: str, source: str, path: str | None, line: int | None
    ) -> None:
        super().__init__(
            f"`{key}` is not a setting",
            hint=f"Did you mean `{nearest}`?" if nearest else "Delete it.",
            source=source,
            path=path,
            line=line,
        )


class WrongSetting(ConfigError):
    """
    The value of a setting is of the wrong type, or not one of the choices.

    The message says what it must be.
    """

    code = "wrong-setting"

    def __init__(
        self,
        key: str,
        *,
        found: str,
        expected: str,
        hint: str,
        source: str,
        path: str | None,
        line: int | None,
    ) -> None:
        super().__init__(
            f"`{key}` must be {expected}, not {found}",
            hint=hint,
            source=source,
            path=path,
            line=line,
        )


class BadPattern(ConfigError):
    """
    A regular expression in the settings does not compile.

    Patterns are those of Python's `re`. In TOML they are best written between
    single quotes, where a backslash stands for itself.
    """

    code = "bad-pattern"

    def __init__(
        self,
        key: str,
        *,
        found: str,
        problem: str,
        source: str,
        path: str | None,
        line: int | None,
    ) -> None:
        super().__init__(
            f"`{key}` is {found}, which is not a regular expression: {problem}",
            hint="Put a backslash before characters that are meant literally, and the pattern "
            "between single quotes.",
            source=source,
            path=path,
            line=line,
        )


class SettingMissing(ConfigError):
    """
    A table of the settings lacks a key that has no default.

    `[registries.NAME]` needs `url`, for example.
    """

    code = "setting-missing"

    def __init__(
        self, key: str, *, doc: str, source: str, path: str | None, line: int | None
    ) -> None:
        super().__init__(f"`{key}` is missing", hint=doc, source=source, path=path, line=line)


class CredentialInSettings(ConfigError):
    """
    An address in the settings contains a user name, a password or a query.

    Settings are committed, shown and logged, so they hold no secrets. If the
    file has been shared, replace the password.
    """

    code = "credential-in-settings"

    def __init__(self, key: str, *, source: str, path: str | None, line: int | None) -> None:
        super().__init__(
            f"`{key}` is an address with a user name, a password or a query in it",
            hint="Take it out of the address, and give the secret as RELEASIO_TOKEN, through the "
            "keyring or ~/.pypirc.",
            source=source,
            path=path,
            line=line,
        )


class ConfigNotToml(ConfigError):
    """
    The settings file is not valid TOML.

    Nothing in it can be read until it is.
    """

    code = "config-not-toml"

    def __init__(self, problem: str, *, source: str, path: str | None, line: int | None) -> None:
        super().__init__(
            f"not valid TOML: {problem}",
            hint="A table may be opened only once, and strings stand between quotes.",
            source=source,
            path=path,
            line=line,
        )


class ConfigUnreadable(ConfigError):
    """
    The settings file is there and cannot be read.

    It must be a file that you may read, written in UTF-8.
    """

    code = "config-unreadable"

    def __init__(
        self, problem: str, *, hint: str, source: str, path: str | None, line: int | None
    ) -> None:
        super().__init__(
            f"cannot be read: {problem}", hint=hint, source=source, path=path, line=line
        )


class NotAPackageHere(ReleasioError):
    """
    `--package` names a package that this repository does not have.

    Releasing several packages of one repository comes in a later version; until
    then the option takes the name of the one package there is.
    """

    code = "not-a-package-here"
    exit_code = USAGE

    def __init__(self, wanted: str, found: str) -> None:
        super().__init__(
            f"there is no package {wanted} here", hint=f"The package of this project is {found}."
        )


class HookFailed(ReleasioError):
    """
    A command line from the `[hooks]` settings ended with a failure.

    Hooks are part of the release: when one fails, the release stops there.
    Before the push nothing has changed that others can see; afterwards,
    running again goes on with what is left.
    """

    code = "hook-failed"

    def __init__(self, name: str, command: str, *, status: int, tail: Sequence[str]) -> None:
        how = f"was ended by signal {-status}" if status < 0 else f"exited with status {status}"
        super().__init__(
            f"hook {name} {how}: {command}{_quoted(tail)}",
            hint=f"Run it by hand, repair it, or take it out of hooks.{name}; then run again. "
            "Hooks run without credentials, in the tree of the release commit.",
        )
        self.tail = tuple(tail)


class HookValueUnsafe(ReleasioError):
    """
    A value has characters that could turn into commands where a hook puts it.

    Branch names and paths come from outside. Plain values are put into a hook's
    command line as they are; others are passed through the environment. Inside
    quotes, whose text often is a program for another interpreter (`sh -c "..."`),
    and in cmd.exe, that is not safe for every character.
    """

    code = "hook-value-unsafe"
    exit_code = USAGE

    def __init__(self, name: str, value: str, variable: str, *, quoted: bool) -> None:
        where = "inside quotes " if quoted else ""
        away = f"Write {{{name}}} without quotes around it, or let" if quoted else "Let"
        super().__init__(
            f"{{{name}}} stands {where}in a hook, and its value {value!r} has characters that "
            "would be acted on there",
            hint=f"{away} the program read the environment variable {variable} itself.",
        )


class BuildFailed(ReleasioError):
    """
    The project could not be built from the release commit.

    The build runs isolated, in a clean copy of exactly that commit: files that
    are not committed, and packages that are not build requirements, are not there.
    Nothing has been pushed or uploaded.
    """

    code = "build-failed"

    def __init__(self, *, status: int, tail: Sequence[str], hint: str) -> None:
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        super().__init__(f"the build {how}{_quoted(tail)}", hint=hint)
        self.tail = tuple(tail)


class BuildRequirementsUnreachable(ReleasioError):
    """
    The build requirements could not be fetched, because the package index did not answer.

    Building in isolation installs what `[build-system] requires` names into a
    fresh environment, from the index that pip or uv is configured for.
    """

    code = "build-requirements-unreachable"
    exit_code = NO_ANSWER

    def __init__(self, tail: Sequence[str]) -> None:
        super().__init__(
            f"the build requirements could not be fetched{_quoted(tail)}",
            hint="Check the network, proxy and index settings of pip (PIP_INDEX_URL, pip.conf) or "
            "uv (UV_DEFAULT_INDEX), then run again.",
        )
        self.tail = tuple(tail)


class NothingBuilt(ReleasioError):
    """
    There is no distribution, though the build, or the hook that builds, ended well.

    With `hooks.build` set, releasio collects the `.tar.gz` and `.whl` files that
    the command puts into `dist/` of the project or of the repository; files that
    were there before do not count.
    """

    code = "nothing-built"

    def __init__(self, looked_in: Sequence[str], *, command: str | None = None) -> None:
        what = f"hook build ran ({command}) but left" if command else "there is"
        super().__init__(
            f"{what} no new .tar.gz or .whl in {' or '.join(looked_in)}",
            hint="Let hooks.build write its files into {project_path}/dist."
            if command
            else "Run `python -m build` in a fresh clone to see what the backend does.",
        )


def _quoted(tail: Sequence[str], lines: int = 10) -> str:
    """Return the last lines of a child's output, set off from the message."""
    shown = [line for line in tail if line.strip()][-lines:]
    return "".join(f"\n    {line}" for line in shown)


class EnvironmentNotMade(ReleasioError):
    """
    Python could not make a virtual environment.

    Some systems split what is needed for it off into a package of its own.
    """

    code = "environment-not-made"

    def __init__(self, path: str, tail: Sequence[str]) -> None:
        super().__init__(
            f"no virtual environment could be made at {path}{_quoted(tail)}",
            hint="On Debian and Ubuntu: apt install python3-venv.",
        )
        self.tail = tuple(tail)


class InstallFailed(ReleasioError):
    """
    A distribution could not be installed into a fresh environment.

    What users would do with the release was tried and did not work: the file is
    not where installers look, does not fit this Python or platform, or one of
    its dependencies cannot be had.
    """

    code = "install-failed"

    def __init__(self, requirement: str, source: str, tail: Sequence[str]) -> None:
        super().__init__(
            f"{requirement} could not be installed from {source}{_quoted(tail)}",
            hint="Compare requires-python, dependencies and the wheel's tags with this machine.",
        )
        self.tail = tuple(tail)


class ImportFailed(ReleasioError):
    """
    An installed distribution cannot be imported.

    Users would meet the same error. Usually a file is missing from the wheel,
    or a dependency from `[project] dependencies`.
    """

    code = "import-failed"

    def __init__(self, modules: Sequence[str], tail: Sequence[str]) -> None:
        super().__init__(
            f"installed, but `import {', '.join(modules)}` fails{_quoted(tail)}",
            hint="Look into the wheel for missing files (`python -m zipfile -l dist/*.whl`) and at "
            "[project] dependencies.",
        )
        self.modules = tuple(modules)
        self.tail = tuple(tail)


class FilesMissing(ReleasioError):
    """
    The index lacks files that the release's tag names.

    The upload was interrupted, or the index does not list the files yet.
    """

    code = "files-missing"
    exit_code = DISAGREES

    def __init__(self, tag: str, names: Sequence[str], registry: str) -> None:
        super().__init__(
            f"{registry} does not list {', '.join(names)}, which {tag} names",
            hint="releasio release --execute uploads what is left. Right after an upload, wait: "
            "an index may serve an old page for ten minutes.",
        )


class TagHasNoFiles(ReleasioError):
    """
    The tag does not say which files belong to the release.

    releasio writes names and hashes of all files into the tags it makes. This
    one was made by hand or by another tool.
    """

    code = "tag-has-no-files"
    exit_code = DISAGREES

    def __init__(self, tag: str) -> None:
        super().__init__(
            f"{tag} names no files, so there is nothing to compare the index with",
            hint="Only tags made by releasio 3 and newer name them.",
        )


class UnknownRelease(ReleasioError):
    """
    No tag in this clone names that version.

    The clone may lack the tags: fetch them with `git fetch --tags`. Or the tags
    have another prefix than `version.tag_prefix` says.
    """

    code = "unknown-release"
    exit_code = USAGE

    def __init__(self, version: str | None, prefix: str) -> None:
        super().__init__(
            f"no tag names version {version}" if version else "no tag names a version",
            hint=f"Tags are looked for as {prefix}VERSION. Fetch them: git fetch --tags",
        )


class TitleNotGiven(ReleasioError):
    """
    There is no pull request title to check: no option, no variable, no event that has one.

    Give the title with `--title`, or run in a workflow that starts on
    `pull_request`, whose event tells it.
    """

    code = "title-not-given"
    exit_code = USAGE

    def __init__(self) -> None:
        super().__init__(
            "there is no pull request title to check",
            hint='Give it with --title "...", or run in a workflow on pull_request.',
        )


class TitleNotConventional(ReleasioError):
    """
    The pull request's title is not a conventional commit.

    With squash merges the title becomes the commit that the next version is
    decided by.
    """

    code = "title-not-conventional"

    def __init__(self, title: str, reason: str) -> None:
        super().__init__(
            f"the title {title!r} will not do: {reason}",
            hint="Write TYPE: DESCRIPTION or TYPE(SCOPE): DESCRIPTION, such as "
            '"fix(parser): accept empty input".',
        )


def catalogue() -> dict[str, type[ReleasioError]]:
    """Return every error by its code, in alphabetical order."""
    found: dict[str, type[ReleasioError]] = {}
    left: list[type[ReleasioError]] = [ReleasioError]
    while left:
        one = left.pop()
        left.extend(one.__subclasses__())
        if "code" in vars(one):
            found[one.code] = one
    return dict(sorted(found.items()))


class NotUtf8(ReleasioError):
    """
    A file that has to be edited is not encoded in UTF-8.

    Save it as UTF-8; pyproject.toml must be by its specification.
    """

    code = "not-utf8"
    exit_code = USAGE

    def __init__(self, path: str, *, line: int | None = None) -> None:
        super().__init__(
            f"{path} is not encoded in UTF-8", hint="Save it as UTF-8", path=path, line=line
        )


class ManifestError(ReleasioError):
    """
    pyproject.toml does not say what package this is, or in which version.

    The errors that follow say which part of it is the matter.
    """

    code = "manifest"
    exit_code = USAGE


class ManifestMissing(ManifestError):
    """
    There is no pyproject.toml, so there is nothing that could be built.

    releasio works in the directory that holds it; another one can be given as
    the last argument of every command.
    """

    code = "manifest-missing"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"there is no {path}",
            hint="Run releasio in the directory of the project, or give it as argument; the file "
            "must be committed",
            path=path,
        )


class ManifestNotToml(ManifestError):
    """
    pyproject.toml is not valid TOML, so no tool can read it.

    The line is where reading stopped; the mistake is there or just before it,
    often a quotation mark or a bracket that is not closed.
    """

    code = "manifest-not-toml"

    def __init__(self, path: str, problem: str, *, line: int) -> None:
        super().__init__(
            f"{path} is not valid TOML: {problem}",
            hint=f"Correct line {line}",
            path=path,
            line=line,
        )


class NameMissing(ManifestError):
    """
    pyproject.toml has a version but no name.

    The name is what the package is called on the index.
    """

    code = "name-missing"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} does not name the package", hint='Add name = "..." to [project]', path=path
        )


class VersionMissing(ManifestError):
    """
    pyproject.toml has no version, neither in `[project]` nor in `[tool.poetry]`.

    Projects that have only setup.py or setup.cfg need a `[project]` table with
    name and version first.
    """

    code = "version-missing"

    def __init__(self, path: str, *, tables: Sequence[str]) -> None:
        what = f"[{tables[0]}] has no version" if tables else "there is no [project] table"
        super().__init__(
            f"{what} in {path}",
            hint=f'Add version = "0.1.0" to [{tables[0] if tables else "project"}]',
            path=path,
        )


class VersionDynamic(ManifestError):
    """
    The version is computed by the build backend, and this releasio edits written ones only.

    Versions from files, attributes and tags come later. Until then, move the
    version into `[project]`: remove `"version"` from `dynamic`, write
    `version = "..."`, and delete the backend's setting.
    """

    code = "version-dynamic"

    def __init__(self, path: str, *, source: str) -> None:
        super().__init__(
            f"the version in {path} is dynamic: it comes from {source}",
            hint='Other sources of versions come later. Until then take "version" out of '
            '[project] dynamic and write version = "..." there',
            path=path,
        )


class VersionsDisagree(ManifestError):
    """
    `[project]` and `[tool.poetry]` both have a version, and not the same one.

    One of them is forgotten at every release. Delete the one in
    `[tool.poetry]`, or make them equal.
    """

    code = "versions-disagree"

    def __init__(self, path: str, *, project: str, poetry: str) -> None:
        super().__init__(
            f"[project] in {path} says version {project}, but [tool.poetry] says {poetry}",
            hint="Delete the version in [tool.poetry], or make them equal",
            path=path,
        )


class VersionNotFound(ReleasioError):
    """
    A file that should hold the version does not, so it cannot be changed there.

    Files named in `version.version_files` and `version.files` must hold
    `__version__ = "..."`, or a version and nothing else, or the text of their
    pattern.
    """

    code = "version-not-found"
    exit_code = USAGE

    def __init__(self, path: str, *, what: str) -> None:
        super().__init__(
            f"{path} holds no version to change: looked for {what}",
            hint="Correct the file, or the settings version.version_files and version.files",
            path=path,
        )


class RehearsalExtraMissing(ReleasioError):
    """
    The embedded index needs libraries that a plain installation does not have.

    Releasing needs neither a web server nor token signing; rehearsing does, so
    they come with the extra `rehearsal`.
    """

    code = "rehearsal-extra-missing"
    exit_code = USAGE

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            f"the rehearsal needs {' and '.join(missing)}, which is not installed",
            hint='pip install "releasio[rehearsal]"',
        )


class NothingToRehearse(ReleasioError):
    """
    There was nothing to release in the clone, not even a patch release.

    A rehearsal clones what is committed. Where no commit calls for a release it
    tries a patch release; say another version with `--version`.
    """

    code = "nothing-to-rehearse"
    exit_code = DISAGREES

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"there is nothing to rehearse: {reason}", hint="Say what to release with --version."
        )


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
        lines = [f"{name} is missing" for name in missing]
        lines += [f"{n} has {found}, recorded was {wanted}" for n, found, wanted in different]
        super().__init__(
            f"{folder} does not hold the files that were built: {'; '.join(lines)}",
            hint="Take the files from the build that made the record, or build again: "
            "releasio build -x",
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
            f"the index would refuse {_listed(files)}: {words}",
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
            f"the index would refuse {_listed(files)}: Binary wheel has an unsupported platform "
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
            f"the release is of {field} {wanted}, but {_listed(files)} "
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
            f"the index would refuse {_listed(files)}: The use of local versions in '{version}' is "
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
            f"the index would refuse {_listed(files)} together: Only one sdist may be uploaded per "
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
            f"the index would refuse {_listed(files)}: {words}",
            hint=f"Change {where}.",
        )


class ArchiveRefused(ReleasioError):
    """
    The index would refuse a built file for what is, or is not, inside the archive.

    The message is the index's own; it is the same check, made before anything
    is public.
    """

    code = "archive-refused"

    def __init__(self, files: Sequence[str], words: str) -> None:
        super().__init__(
            f"the index would refuse {_listed(files)}: {words}",
            hint="The build backend wrote it so: look at its settings for what goes into the "
            "files, or upgrade it.",
        )


class DescriptionRefused(ReleasioError):
    """
    The project's description is missing, or the index could not render it.

    It is checked as `twine check --strict` does: the index shows the README as
    the project's page, and refuses reStructuredText with mistakes.
    """

    code = "description-refused"

    def __init__(self, files: Sequence[str], words: str) -> None:
        super().__init__(
            f"the description in {_listed(files)} is not fit for the index: {words}",
            hint="Correct [project] readme and its file, or in a setup.cfg long_description and "
            "long_description_content_type. The file ending (.md, .rst) sets the content type.",
        )


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


class GitMissing(ReleasioError):
    """
    The program `git` was not found.

    releasio reads history, commits, tags and pushes with the git that is
    installed, so that its configuration, credentials and hooks apply.
    """

    code = "git-missing"
    exit_code = USAGE

    def __init__(self) -> None:
        super().__init__("git is not on PATH", hint="Install git 2.31 or newer.")


class GitFailed(ReleasioError):
    """
    A git command failed in a way releasio does not know.

    What git said is shown as it came.
    """

    code = "git-failed"

    def __init__(self, command: str, status: int, said: str) -> None:
        super().__init__(f"git {command} exited with {status}: {said or 'it said nothing'}")


class NotARepository(ReleasioError):
    """
    The directory is not inside a git repository.

    releasio reads the version's reasons from the history, so it needs one.
    """

    code = "not-a-repository"
    exit_code = USAGE

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} is not inside a git repository",
            hint="Go to the project, or give its directory: releasio check PATH. "
            "For a project without a history: git init, git add, git commit.",
        )


class BareRepository(ReleasioError):
    """
    The repository is bare: it has no work tree.

    Settings, version files and changelog are read from a work tree.
    """

    code = "bare-repository"
    exit_code = USAGE

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} is a bare repository, without a work tree",
            hint=f"Work in a clone of it: git clone {path}",
        )


class InsideGitDirectory(ReleasioError):
    """
    The directory is git's own, not part of the work tree.

    Nothing in `.git` belongs to the project.
    """

    code = "inside-git-directory"
    exit_code = USAGE

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} belongs to git, it is not part of the project",
            hint="Go to the work tree, the directory that holds .git.",
        )


class UnsafeRepository(ReleasioError):
    """
    The repository belongs to another user, so git refuses to read it.

    This is usual in containers, where the checkout belongs to the host's user.
    git must be told that the directory is to be trusted.
    """

    code = "unsafe-repository"
    exit_code = USAGE

    def __init__(self, path: str, *, remedy: str) -> None:
        super().__init__(
            f"{path} belongs to another user, so git refuses to read it",
            hint=f"If you trust it: {remedy}",
        )


class ShallowClone(ReleasioError):
    """
    The clone does not reach back to the last release.

    The version follows from the commits since the last release, and some of
    them are not in this clone. Guessing would give a wrong version, so nothing
    is proposed. When a release is executed, and not offline, releasio fetches
    what is missing by itself.
    """

    code = "shallow-clone"
    exit_code = DISAGREES

    def __init__(self, commits: int) -> None:
        have = "only 1 commit" if commits == 1 else f"only {commits} commits"
        super().__init__(
            f"this clone is shallow: {have} to be seen from HEAD, and no complete way back to a "
            "release",
            hint="git fetch --unshallow --tags; in GitHub Actions, give actions/checkout "
            "`fetch-depth: 0`.",
        )


class RefMoved(ReleasioError):
    """
    A ref of the local repository changed while releasio was working.

    Something else, most likely another program, moved or created it.
    """

    code = "ref-moved"
    exit_code = DISAGREES

    def __init__(self, ref: str, said: str) -> None:
        super().__init__(f"{ref} is not what it was: {said}", hint="Run again.")


class NoIdentity(ReleasioError):
    """
    git does not know who makes the release commit.

    A commit and an annotated tag carry a name and an address.
    """

    code = "no-identity"
    exit_code = USAGE

    def __init__(self) -> None:
        super().__init__(
            "git does not know who commits: user.name or user.email is not set",
            hint='git config user.name "Your Name"; git config user.email you@example.org',
        )


class CommitRefused(ReleasioError):
    """
    A commit hook of the repository refused the release commit.

    Hooks that reformat files are given a second chance with what they changed.
    A hook that refuses twice has to be satisfied: by the settings that shape
    the commit's message and files, or in the hook itself.
    """

    code = "commit-refused"

    def __init__(self, said: str) -> None:
        super().__init__(
            f"the repository's commit hooks refuse the release commit:\n{said}",
            hint="Nothing was changed. Satisfy the hook, or let it pass commits that begin with "
            "the release message, then run again.",
        )


class SigningFailed(ReleasioError):
    """
    git could not sign the commit or the tag.

    `commit.gpgSign` or `tag.gpgSign` asks for a signature, and the signing
    program did not give one.
    """

    code = "signing-failed"

    def __init__(self, what: str, said: str) -> None:
        super().__init__(
            f"the {what} could not be signed:\n{said}",
            hint=f"Try it by hand: git {what} -S (commit) or -s (tag). To release unsigned: "
            f"git config {what}.gpgSign false",
        )


class FastForwardRefused(ReleasioError):
    """
    The local branch could not follow to the release commit.

    The release itself is public and complete. Local changes to a file that the
    release commit touches, or commits of your own, are in the way.
    """

    code = "fast-forward-refused"
    exit_code = DISAGREES

    def __init__(self, commit: str, said: str) -> None:
        super().__init__(
            f"your branch was left where it is, behind the release commit {commit[:8]}: {said}",
            hint="Commit or stash your changes, then: git pull --rebase",
        )


class PushRaced(ReleasioError):
    """
    Somebody else changed a branch or tag of the remote in the meantime.

    The push was sent with the values the remote had, and these are no longer
    true. Nothing was pushed: branch and tag go together or not at all.
    """

    code = "push-raced"
    exit_code = DISAGREES

    def __init__(self, ref: str) -> None:
        super().__init__(
            f"{ref} changed on the remote in the meantime; nothing was pushed",
            hint="git fetch, look at what is new, and run again.",
        )
        self.ref = ref


class PushRefused(ReleasioError):
    """
    The remote's rules forbid the push.

    Branch or tag protection, a repository rule or a hook on the server said
    no. Nothing was pushed: branch and tag go together or not at all.
    """

    code = "push-refused"
    exit_code = DISAGREES

    def __init__(self, remote: str, said: str, *, remedy: str) -> None:
        super().__init__(f"{remote} refuses the push; nothing was pushed:\n{said}", hint=remedy)


class RemoteUnreachable(ReleasioError):
    """
    The git remote did not answer.

    Running again later goes on from where this run stopped.
    """

    code = "remote-unreachable"
    exit_code = NO_ANSWER

    def __init__(self, remote: str, said: str) -> None:
        super().__init__(
            f"{remote} cannot be reached: {said}",
            hint=f"Check the network, and with `git ls-remote {remote}` the address; then run "
            "again.",
        )


class RemoteNotFound(ReleasioError):
    """
    There is no repository at the remote's address, or it hides from this account.

    Servers answer the same for a private repository and one that does not
    exist.
    """

    code = "remote-not-found"
    exit_code = DISAGREES

    def __init__(self, remote: str, said: str) -> None:
        super().__init__(
            f"there is no repository at the address of {remote}, or it may not be seen: {said}",
            hint=f"Look at the address: git remote get-url {remote}. If it is right, the "
            "credential git uses has no access to it.",
        )


class RemoteAuthFailed(ReleasioError):
    """
    The git remote does not accept the credential, or there is none.

    git is asked without a terminal, so it cannot ask back: the credential must
    come from a helper, an SSH agent or, in GitHub Actions, actions/checkout.
    """

    code = "remote-auth-failed"
    exit_code = NO_CREDENTIAL

    def __init__(self, remote: str, said: str) -> None:
        super().__init__(
            f"{remote} does not accept git's credential: {said}",
            hint="In GitHub Actions: `permissions: contents: write` and actions/checkout with its "
            f"default `persist-credentials`. Elsewhere, make this work first: git fetch {remote}",
        )


class AnotherRun(ReleasioError):
    """
    Another releasio is at work in this repository.

    The lock is given back by the operating system when that process ends,
    however it ends; there is no lock file to delete.
    """

    code = "another-run"
    exit_code = DISAGREES

    def __init__(self, pid: int | None) -> None:
        who = f"process {pid}" if pid else "another process"
        super().__init__(
            f"{who} is releasing in this repository",
            hint="Wait until it has ended, then run again.",
        )


class FilesApart(ReleasioError):
    """
    The given distributions lie in different folders.

    Files of one release are kept together, so that a stray one is noticed.
    """

    code = "files-apart"
    exit_code = USAGE

    def __init__(self, folders: Sequence[str]) -> None:
        super().__init__(
            f"the given files lie in different folders: {', '.join(folders)}",
            hint="Put the files of the release into one folder, and name them from there.",
        )


class OptionsContradict(ReleasioError):
    """
    Two options say different things about the version.

    `--version` says everything; `--prerelease` and `--dev` exclude each other.
    `--bump` goes together with either of them.
    """

    code = "options-contradict"
    exit_code = USAGE

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__(
            f"{' and '.join(options)} cannot be used together",
            hint="Use --version alone; --bump goes with --prerelease or --dev",
        )


class UnknownLevel(ReleasioError):
    """
    `--bump` takes the number that is raised: `patch`, `minor` or `major`.

    To release a certain version, give it with `--version`; for a pre-release
    there is `--prerelease`.
    """

    code = "unknown-level"
    exit_code = USAGE

    def __init__(self, text: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"{text!r} is no number of a version", hint=f"Use one of {', '.join(known)}"
        )


class VersionDowngrade(ReleasioError):
    """
    The version that was asked for is lower than what is there.

    Installers take the highest version, so nobody would get it. For a fix to an
    older line, release from a branch that starts at its tag.
    """

    code = "version-downgrade"
    exit_code = USAGE

    def __init__(self, version: str, *, than: str, where: str, asked: str) -> None:
        said = f" ({asked})" if asked else ""
        super().__init__(
            f"{version}{said} is lower than {than}, {where}",
            hint=f"Choose a version above {than}; for an older line, release from a branch that "
            "starts at its tag",
        )


class VersionTaken(ReleasioError):
    """
    The version exists already: a tag has it, here or on another branch, or the index.

    Versions are never used twice, because somebody may have installed the first
    one. If that release is only unfinished, it can be finished.
    """

    code = "version-taken"
    exit_code = DISAGREES

    def __init__(self, version: str) -> None:
        super().__init__(
            f"version {version} is taken: a tag or a file on the index has it",
            hint="Choose another with --version, or see what became of it: releasio status",
        )


class VersionFileMissing(ReleasioError):
    """
    A file that the settings name as holding the version is not in the commit.

    Only what is committed is released, so a file that git ignores or does not
    know counts as missing.
    """

    code = "version-file-missing"
    exit_code = USAGE

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} is to hold the version, but is not committed",
            hint="Commit it, or take it out of version.version_files and version.files.",
            path=path,
        )


class ChangelogUnsupported(ReleasioError):
    """
    The changelog is in a format that releasio does not write.

    It writes Markdown in the manner of Keep a Changelog. Name another file, or
    keep your own one by hand and switch the changelog off.
    """

    code = "changelog-unsupported"
    exit_code = USAGE

    def __init__(self, path: str, suffix: str, *, supported: Sequence[str]) -> None:
        super().__init__(
            f"{path} is no Markdown ({suffix}), and releasio writes no other changelogs",
            hint=f"Set changelog.path to a file with {', '.join(supported)}, or "
            "changelog.enabled = false",
            path=path,
        )


class ChangelogUnchanged(ReleasioError):
    """
    The changelog would not have a section for the release.

    A release whose notes are missing is noticed too late, so this stops it. It
    is a defect of releasio unless the changelog's headings are very unusual.
    """

    code = "changelog-unchanged"

    def __init__(self, path: str, version: str) -> None:
        super().__init__(
            f"{path} would not have a section for {version}",
            hint=f"Write the heading `## [{version}]` into it yourself, or set "
            "changelog.enabled = false",
            path=path,
        )


class ChangelogBehind(ReleasioError):
    """
    The changelog of the release commit has no section for the version.

    File names, metadata, tag, pyproject.toml and changelog must say the same
    version before anything is public. A new release writes the section itself;
    this one was prepared by hand.
    """

    code = "changelog-behind"
    exit_code = DISAGREES

    def __init__(self, path: str, version: str) -> None:
        super().__init__(
            f"{path} has no section for {version}",
            hint="Write one (releasio changelog prints the notes) and commit it, or keep none: "
            "changelog.enabled = false",
            path=path,
        )


class NotAsTagged(ReleasioError):
    """
    A file that was built again is not the one the public tag names.

    The tag of a release names each file with its sha256. To finish the release
    from another clone the files are built again from the same commit; that only
    works if the build gives the same bytes.
    """

    code = "not-as-tagged"
    exit_code = DISAGREES

    def __init__(self, name: str, *, here: str, tagged: str | None) -> None:
        says = f"has sha256 {tagged} in the tag" if tagged else "is not named in the tag"
        super().__init__(
            f"{name} {says}, but was built with {here}",
            hint="Finish the release where it was begun: the built files are kept there, in "
            ".git/releasio. Else release a new version.",
        )


class SystemRefused(ReleasioError):
    """
    The operating system did not let releasio read or write something.

    A full disk, a directory that is missing or may not be written to, a file
    that cannot be opened: the system's own words tell. Before the push nothing
    has happened then; after it, running again finishes.
    """

    code = "system-refused"

    def __init__(self, reason: str, where: str) -> None:
        super().__init__(
            f"{where}: {reason}" if where else f"the operating system refused: {reason}",
            hint="Look at its permissions and at the space that is left, then run again.",
        )

    @classmethod
    def of(cls, error: OSError) -> Self:
        """Return the error for what the system said."""
        names = (error.filename2, error.filename)
        where = next((str(name) for name in names if isinstance(name, str | bytes)), "")
        return cls(error.strerror or str(error), where)


class BadTagPrefix(ConfigError):
    """
    A tag prefix holds what git does not allow in the name of a tag.

    The release would fail when the tag is made, so it is refused with the
    settings. git's rules are those of `git check-ref-format`.
    """

    code = "bad-tag-prefix"

    def __init__(
        self, key: str, *, found: str, source: str, path: str | None, line: int | None
    ) -> None:
        super().__init__(
            f"`{key}` is {found}, and git allows no tag that begins so",
            hint="Use letters, digits, - _ . and /, and begin with a letter or a digit.",
            source=source,
            path=path,
            line=line,
        )


class PathOutside(ConfigError):
    """
    A path in the settings leads out of the project.

    A release writes and commits files of the project only. Paths are relative
    to its directory, with `/`, and without `..`.
    """

    code = "path-outside"

    def __init__(
        self, key: str, *, found: str, source: str, path: str | None, line: int | None
    ) -> None:
        super().__init__(
            f"`{key}` is {found}, which is no path to a file inside the project",
            hint="Write it relative to the project's directory, without `..`.",
            source=source,
            path=path,
            line=line,
        )


class DirectoryMissing(ReleasioError):
    """
    The project's directory does not exist.

    Settings are looked for in the directory of the project, which is the
    current one unless another is given.
    """

    code = "directory-missing"
    exit_code = USAGE

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} is no directory", hint="Give the directory that holds pyproject.toml."
        )


class UnknownRevision(ReleasioError):
    """
    A range names a commit, branch or tag that is not in this clone.

    A clone may lack tags and branches that the remote has.
    """

    code = "unknown-revision"
    exit_code = USAGE

    def __init__(self, name: str) -> None:
        super().__init__(
            f"there is no commit, branch or tag {name!r} in this clone",
            hint="Write A..B with names that git knows; fetch what is missing: git fetch --tags",
        )


class ProxyUnusable(ReleasioError):
    """
    A proxy setting of the environment cannot be used.

    `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY` name a proxy, `NO_PROXY` the hosts
    that need none. Their values may hold a password, so they are not shown.
    """

    code = "proxy-unusable"
    exit_code = USAGE

    def __init__(self, variable: str, problem: str, *, remedy: str = "") -> None:
        super().__init__(
            f"{variable} {problem}",
            hint=remedy
            or f"Write {variable} as http://HOST:PORT (in a password, @ : and / as %40 %3A %2F), "
            "or take it out of the environment.",
        )


class CertificatesUnusable(ReleasioError):
    """
    The certificates to check servers with cannot be read.

    `SSL_CERT_FILE`, `SSL_CERT_DIR` and `REQUESTS_CA_BUNDLE` replace the usual
    ones. Without any certificate no server could be trusted.
    """

    code = "certificates-unusable"
    exit_code = USAGE

    def __init__(self, variable: str, place: str, problem: str) -> None:
        super().__init__(
            f"{variable} is {place}, which {problem}",
            hint=f"Point {variable} to certificates in PEM form, or take it out of the "
            "environment.",
        )

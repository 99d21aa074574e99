"""The pages of a repository on its forge: commits, comparisons, pull requests, people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from releasio.frozen import frozen
from releasio.rules.forge.forge_url import AZURE, ForgeAddress, parse_forge_url
from releasio.rules.forge.place import forge_place
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.forge import GithubConfig

Pages = Literal["github", "gitlab", "gitea", "bitbucket", "azure"]
UNRELEASED = "HEAD"  # what comes after the last release, in a comparison
_REFERENCE = pattern(r"([#!])([0-9]{1,18})", re.ASCII)


@frozen
class Links:
    """
    Addresses of a repository's pages.

    An empty address means that the forge has no such page.

    Attributes:
        pages: Whose manner they have. A host that nobody knows has those of GitHub, which most
            forges understand.
        page: The repository's own page, without a slash at the end.
    """

    pages: Pages
    page: str

    @property
    def host(self) -> str:
        """The forge's own page, without a slash at the end."""
        return "/".join(self.page.split("/", 3)[:3])

    def commit(self, id_: str) -> str:
        """Return the page of a commit, by all its digits."""
        match self.pages:
            case "gitlab":
                return f"{self.page}/-/commit/{id_}"
            case "bitbucket":
                return f"{self.page}/commits/{id_}"
            case _:
                return f"{self.page}/commit/{id_}"

    def compare(self, old: str, new: str) -> str:
        """Return what *new* has beyond *old*; each a tag, and *new* may be `UNRELEASED`."""
        old, new = _path(old), _path(new)
        match self.pages:
            case "gitlab":
                return f"{self.page}/-/compare/{old}...{new}"
            case "bitbucket":
                return f"{self.page}/branches/compare/{new}%0D{old}"
            case "azure":
                if new == UNRELEASED:  # it compares branches and tags, and HEAD is neither
                    return ""
                return f"{self.page}/branchCompare?baseVersion=GT{old}&targetVersion=GT{new}"
            case _:
                return f"{self.page}/compare/{old}...{new}"

    def tag(self, name: str) -> str:
        """Return the page of a release, or of its tag where the forge has no releases."""
        name = _path(name)
        match self.pages:
            case "gitlab":
                return f"{self.page}/-/releases/{name}"
            case "bitbucket":
                return f"{self.page}/src/{name}/"
            case "azure":
                return f"{self.page}?version=GT{name}"
            case _:
                return f"{self.page}/releases/tag/{name}"

    def pull_request(self, number: int) -> str:
        """Return the page of a pull request, which GitLab calls a merge request."""
        match self.pages:
            case "gitlab":
                return f"{self.page}/-/merge_requests/{number}"
            case "gitea":
                return f"{self.page}/pulls/{number}"
            case "bitbucket":
                return f"{self.page}/pull-requests/{number}"
            case "azure":
                return f"{self.page}/pullrequest/{number}"
            case _:
                return f"{self.page}/pull/{number}"

    def issue(self, number: int) -> str:
        """Return the page of an issue; on Azure, of a work item."""
        match self.pages:
            case "gitlab":
                return f"{self.page}/-/issues/{number}"
            case "azure":
                project = self.page.partition("/_git/")[0]
                return f"{project}/_workitems/edit/{number}"
            case _:
                return f"{self.page}/issues/{number}"

    def user(self, login: str) -> str:
        """Return the page of a person, or of an application whose name ends in `[bot]`."""
        if self.pages == "azure":
            return ""
        if login.endswith("[bot]"):
            return f"{self.host}/apps/{_path(login.removesuffix('[bot]'))}"
        return f"{self.host}/{_path(login)}"

    def file(self, path: str, tag: str) -> str:
        """Return the page of a file as of *tag*."""
        path, tag = _path(path), _path(tag)
        match self.pages:
            case "gitlab":
                return f"{self.page}/-/blob/{tag}/{path}"
            case "gitea":
                return f"{self.page}/src/tag/{tag}/{path}"
            case "bitbucket":
                return f"{self.page}/src/{tag}/{path}"
            case "azure":
                return f"{self.page}?path=/{path}&version=GT{tag}"
            case _:
                return f"{self.page}/blob/{tag}/{path}"

    def reference(self, reference: str) -> str:
        """Return the page of a pull request as commits name it: `#12`, or `!12`."""
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            return ""
        number = int(match[2])
        if match[1] == "#" and self.pages in {"gitlab", "azure"}:
            return self.issue(number)
        return self.pull_request(number)

    def named(self, reference: str) -> str:
        """Return what people call the pull request *reference*: Azure says `PR 12` for `!12`."""
        if self.pages == "azure" and reference.startswith("!"):
            return f"PR {reference[1:]}"
        return reference


def links_of(
    settings: GithubConfig, remote_url: str | None, env: Mapping[str, str]
) -> Links | None:
    """
    Return the pages of the repository at *remote_url*; None: it is on no forge.

    Args:
        settings: What they name counts before everything else.
        remote_url: The address of the git remote.
        env: A CI job says there which forge it runs on.
    """
    if place := forge_place(settings, remote_url, env):
        return Links(place.kind, place.page)
    address = parse_forge_url(remote_url) if remote_url else None
    if address is None:
        return None
    owner, repo = settings.owner or address.owner, settings.repo or address.repo
    page = ForgeAddress(address.host, owner, repo, address.scheme).page
    return Links(_pages(address.host), page)


def _pages(host: str) -> Pages:
    if host == AZURE:
        return "azure"
    return "bitbucket" if host == "bitbucket.org" else "github"


def _path(text: str) -> str:
    return quote(text, safe="/@+:,!")

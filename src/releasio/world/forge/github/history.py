"""What GitHub knows of commits: logins and pull requests, asked by the hundred."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.rules.forge.pull_request import CommitOrigin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from releasio.world.forge.github.api import GitHubApi

_BATCH = 100  # commits of a query
_QUERY = """
query ($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
%s
  }
}
fragment Origin on Commit {
  author { name user { login } }
  authors(first: 20) { nodes { email user { login } } }
  associatedPullRequests(first: 5) {
    nodes {
      number title url merged
      mergeCommit { oid }
      author { __typename login }
      labels(first: 30) { nodes { name } }
    }
  }
}
"""
_BOT = "[bot]"
_HEX = frozenset("0123456789abcdef")


class History:
    """What is known of commits; see `Forge` for what each method does."""

    _api: GitHubApi
    _origins: dict[str, CommitOrigin | None]

    def origins(self, commits: Sequence[str]) -> Mapping[str, CommitOrigin]:
        """Return what is known of *commits*; what was asked in this run is not asked again."""
        new_commits = [oid for oid in dict.fromkeys(commits) if oid not in self._origins]
        for start in range(0, len(new_commits), _BATCH):
            batch = new_commits[start : start + _BATCH]
            self._ask([oid for oid in batch if _HEX.issuperset(oid)])
        return {oid: origin for oid in commits if (origin := self._origins.get(oid)) is not None}

    def _ask(self, commits: Sequence[str]) -> None:
        if not commits:
            return
        # ids of commits are checked above: they cannot be anything else here
        lines = "\n".join(
            f'    c{number}: object(oid: "{commit}") {{ ...Origin }}'
            for number, commit in enumerate(commits)
        )
        place = self._api.place
        variables = {"owner": place.owner, "name": place.repo}
        data = self._api.graphql(_QUERY % lines, variables, "read the history", asks=True)
        repository = (data or {}).get("repository") or {}
        for number, commit in enumerate(commits):
            self._origins[commit] = _origin(commit, repository.get(f"c{number}"))


def _origin(commit: str, document: Mapping[str, Any] | None) -> CommitOrigin | None:
    if not document:
        return None
    author, pull = document.get("author") or {}, _pull(commit, document)
    opened_by = (pull or {}).get("author") or {}
    # an application is no user; its commits are signed with its name
    is_bot = str(author.get("name") or "").endswith(_BOT)
    origin = CommitOrigin(
        login=_login(author) or (author["name"] if is_bot else None),
        co_logins=tuple(_co_logins(document)),
        is_bot=is_bot or (not _login(author) and opened_by.get("__typename") == "Bot"),
    )
    if pull is None:
        return origin
    labels = (pull.get("labels") or {}).get("nodes") or ()
    return CommitOrigin(
        origin.login,
        origin.co_logins,
        origin.is_bot,
        pull["number"],
        pull["title"],
        tuple(label["name"] for label in labels),
        pull["url"],
    )


def _pull(commit: str, document: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the pull request that the commit came with: the one that it is the merge of, first."""
    nodes = (document.get("associatedPullRequests") or {}).get("nodes") or ()
    merged = [pull for pull in nodes if pull and pull["merged"]]
    own = [pull for pull in merged if (pull.get("mergeCommit") or {}).get("oid") == commit]
    return next(iter([*own, *merged]), None)


def _co_logins(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    nodes = (document.get("authors") or {}).get("nodes") or ()
    for person in nodes[1:]:  # the first is the author
        if person and _login(person) and person.get("email"):
            yield person["email"], _login(person)


def _login(person: Mapping[str, Any]) -> str:
    return (person.get("user") or {}).get("login") or ""

"""GitHub as a whole: `WholeGitHub`, with its people, limits, rules, and the host that has files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from werkzeug.wrappers import Request, Response

from releasio.standins.clock import machine_clock
from releasio.standins.forge.exchange import ExchangeLog
from releasio.standins.forge.github.github import FakeGitHub
from releasio.standins.forge.github.pulls.page import settle
from releasio.standins.forge.github.routes import ROUTES, Table
from releasio.standins.server import Server
from tests.forges.whole_github import (
    assets,
    changes,
    conversation,
    environments,
    limits,
    people,
    pulls,
    refs,
    releases,
    rules,
    workflows,
)
from tests.forges.whole_github.limits import Limits, OutOfRequests, limited
from tests.forges.whole_github.merging import QUEUE, merge, merge_passing
from tests.forges.whole_github.state import Environment, Ruleset, WholeHub, WholeState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from releasio.standins.forge.exchange import Exchange
    from releasio.standins.forge.github.state import MergeMethod, Pull, Release
    from releasio.standins.forge.served import Call

_DOWNLOADS = "releases/download/"
_REVIEWS = {
    "required_approving_review_count": 0,
    "dismiss_stale_reviews_on_push": False,
    "require_code_owner_review": False,
    "require_last_push_approval": False,
    "required_review_thread_resolution": False,
    "allowed_merge_methods": ["merge", "squash", "rebase"],
}
_MORE = {
    route.operation: route
    for room in (
        *(assets, changes, conversation, environments, limits, people, pulls, refs, releases),
        *(rules, workflows),
    )
    for route in room.ROUTES
}
# what is answered otherwise than to a rehearsal takes the place of that
ALL_ROUTES = ({route.operation: route for route in ROUTES} | _MORE).values()


class WholeGitHub(FakeGitHub):
    """
    `FakeGitHub` with all that people and other programs do on GitHub.

    `limits.leave(token, 1)` lets a token have one request left.
    """

    state: WholeState
    hub: WholeHub

    def __init__(
        self,
        bare_repository: Path,
        slug: str = "acme/demo",
        *,
        clock: Callable[[], datetime] = machine_clock,
    ) -> None:
        super().__init__(bare_repository, slug, clock=clock)
        self.account(QUEUE, kind="Bot")
        self.state = WholeState(**vars(self.state))
        self.limits = Limits(clock)
        self._storage = Server(self._serve_bytes)
        self._storage_log = ExchangeLog()
        more = {"state": self.state, "limits": self.limits, "storage": self._storage.url}
        self.hub = WholeHub(**{**vars(self.hub), **more})
        self._table = Table(ALL_ROUTES)

    def __enter__(self) -> Self:
        self._storage.start()
        return super().__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        self._storage.stop()

    @property
    def storage_log(self) -> list[Exchange]:
        """What was asked of the other host, which keeps the bytes of files."""
        return self._storage_log.exchanges()

    def job_token(self, **permissions: str) -> str:
        """Return a job's own token; `contents="write"` and the like are its `permissions:`."""
        usual = {
            "contents": "write",
            "pull_requests": "write",
            "issues": "write",
            "actions": "write",
        }
        return self.token("job", permissions=permissions or usual)

    def release(self, tag: str) -> Release:
        """
        Return the release of *tag*: the published one, else the oldest draft.

        Raises:
            KeyError: There is none.
        """
        for release in sorted(self.state.releases, key=lambda one: (one.draft, one.id)):
            if release.tag == tag:
                return release
        raise KeyError(tag)

    def environment(self, name: str, **rules: Any) -> Environment:  # noqa: ANN401 -- its fields
        """Make an environment; *rules* are fields of `Environment`."""
        environment = Environment(id=self.hub.number(), name=name, **rules)
        self.state.environments.append(environment)
        return environment

    def protect(
        self,
        *patterns: str,
        target: Literal["branch", "tag"] = "branch",
        bypass: tuple[str, ...] = (),
        **rules: dict[str, Any] | None,
    ) -> Ruleset:
        """
        Make a ruleset: `protect("refs/heads/main", pull_request={...}, required_signatures=None)`.

        Args:
            patterns: Of whole refs, or `~DEFAULT_BRANCH`, or `~ALL`.
            target: What they are refs of.
            bypass: The logins that it is not for.
            rules: By type, with their parameters as GitHub's documentation has them; None: none. Of
                a `pull_request` those that are not named are as they are on a new page.
        """
        number = self.hub.number()
        ruleset = Ruleset(
            id=number,
            name=f"rules {number}",
            target=target,
            patterns=patterns,
            rules={kind: _filled(kind, given) for kind, given in rules.items()},
            bypass=bypass,
        )
        self.state.rulesets.append(ruleset)
        return ruleset

    def pull(self, number: int) -> Pull:
        """
        Return a pull request, as pushes have left it.

        Raises:
            KeyError: There is none.
        """
        with self.lock:
            settle(self.hub)
        for pull in self.state.pulls:
            if pull.number == number:
                return pull
        raise KeyError(number)

    def merge(
        self,
        number: int,
        how: Literal["merge", "squash", "rebase", "queue"] = "merge",
        *,
        by: str = "ada",
        queued_as: MergeMethod = "merge",
    ) -> str:
        """
        Merge a pull request as GitHub does, and return the commit that its base names then.

        Titles and messages are GitHub's, by the `settings`. What a queue merges is merged by
        `github-merge-queue[bot]`, *queued_as* the queue has it.

        Raises:
            CannotMerge: It is closed, conflicts, is a draft, or `settings` do not allow it.
        """
        method = queued_as if how == "queue" else how
        with self.lock:
            login = QUEUE if how == "queue" else by
            return merge(self.hub, self.pull(number), method, by=login)

    def pass_checks(self) -> None:
        """Let every required check pass, and merge what waited for that."""
        with self.lock:
            self.settings.checks_pending = False
            merge_passing(self.hub)

    # what is served

    def answer(self, call: Call) -> Response:
        """Return the answer of the interface, or of the web page of a file."""
        if not call.request.path.startswith("/api/"):
            return self._web(call.request)
        text = call.request.headers.get("Authorization", "").partition(" ")[2]
        try:
            if call.exchange.operation != "rate-limit/get":
                self.limits.count(text)
        except OutOfRequests as error:
            is_graphql = call.exchange.operation == "graphql"
            response = limited(str(error)) if is_graphql else error.answer()
        else:
            response = super().answer(call)
            if response.status_code == 304:
                self.limits.give_back(text)
        response.headers.update(self.limits.headers(text))
        return response

    def _web(self, request: Request) -> Response:
        """Answer what a browser asks for: only files, which everybody may download."""
        folder, _, name = request.path.removeprefix(f"/{self.slug}/{_DOWNLOADS}").rpartition("/")
        for release in self.state.releases:
            for asset in release.assets:
                if (release.tag, asset.name, release.draft) == (folder, name, False):
                    response = Response(status=302)
                    response.headers["Location"] = f"{self._storage.url}/{asset.id}/{name}"
                    return response
        return Response("Not Found", status=404, mimetype="text/plain")

    def _serve_bytes(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Be the host that keeps the bytes: it knows no tokens, and wants to see none."""
        request = Request(environ)
        exchange = self._storage_log.open("", request)
        number = request.path.split("/")[1]
        assets = {str(asset.id): asset for one in self.state.releases for asset in one.assets}
        if "Authorization" in request.headers:
            response = Response("Only one auth mechanism allowed", status=400)
        elif number in assets:
            response = Response(assets[number].data, mimetype="application/octet-stream")
        else:
            response = Response("Not Found", status=404)
        exchange.close(response)
        return response(environ, start_response)


def _filled(kind: str, parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    return {**_REVIEWS, **(parameters or {})} if kind == "pull_request" else parameters

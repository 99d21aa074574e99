"""GitHub on loopback, with faults to order."""

from __future__ import annotations

import itertools
import json
import threading
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

from releasio.standins.clock import machine_clock
from releasio.standins.forge.github.graphql.changes import GITHUB
from tests.forges.faults import Faulty
from tests.forges.whole_github.github import WholeGitHub

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from releasio.standins.forge.served import Call

COUNTERS = ("ids", "numbers")  # of its state; they cannot be copied


class FaultyGitHub(Faulty, WholeGitHub):
    """
    `WholeGitHub` with `fail`, `go_down` and `heal`.

    `octokit.judge.judge` compares what was asked and answered with GitHub's own documents.
    """

    def __init__(
        self,
        bare_repository: Path,
        slug: str = "acme/demo",
        *,
        clock: Callable[[], datetime] = machine_clock,
    ) -> None:
        self._faults = []
        self._cut_off = self._garbles = False
        self.stopping = threading.Event()
        super().__init__(bare_repository, slug, clock=clock)

    def cut_off_next_upload(self) -> None:
        """Let the next file not arrive: it stays a `starter`, and the answer is 502."""
        self._cut_off = True

    def garble_next_commit(self) -> None:
        """Let the next commit that is asked for have a file more."""
        self._garbles = True

    def memory(self) -> dict[str, Any]:
        """Return a copy of all that it knows beside the repository; of counters the next number."""
        with self.lock:
            known = vars(self.state)
            following = {name: next(known[name]) for name in COUNTERS}
            known.update({name: itertools.count(number) for name, number in following.items()})
            return deepcopy({**known, **following})

    def remember(self, memory: dict[str, Any]) -> None:
        """Know what is in *memory*, and nothing else."""
        with self.lock:
            counters = {name: itertools.count(memory[name]) for name in COUNTERS}
            vars(self.state).update({**deepcopy(memory), **counters})

    def changes(self) -> list[str]:
        """Return the operations that change something; a query of GraphQL is none."""
        return [
            exchange.operation
            for exchange in self.log
            if exchange.method != "GET" and exchange.operation != "graphql"
        ]

    def answer(self, call: Call) -> Response:
        answer = super().answer(call)
        if self._garbles and b"createCommitOnBranch" in call.request.get_data():
            self._garbles = False
            return self._garbled(answer)
        if not self._cut_off or call.exchange.operation != "repos/upload-release-asset":
            return answer
        self._cut_off, call.exchange.fault = False, "cut off"
        asset = next(asset for one in self.state.releases for asset in one.assets[-1:])
        asset.state, asset.data = "starter", b""
        return Response("Bad Gateway", status=502, mimetype="text/plain")

    def _garbled(self, answer: Response) -> Response:
        """Put a commit with a file more on top of the one that was made, and name that instead."""
        document = json.loads(answer.get_data())
        commit = document["data"]["createCommitOnBranch"]["commit"]
        heads = self.git.refs("refs/heads/")
        ref = next(ref for ref, oid in heads.items() if oid == commit["oid"])
        commit["oid"] = self.git.write_commit(
            tree=self.git.tree_with(commit["oid"], {"stray.txt": b"stray"}),
            parents=[commit["oid"]],
            message="stray",
            author=GITHUB,
            committer=GITHUB,
            moment=self.hub.clock(),
        )
        self.git.set_ref(ref, commit["oid"], heads[ref])
        return Response(json.dumps(document), mimetype="application/json")

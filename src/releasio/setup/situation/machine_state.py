"""The machine that doctor runs on, and the CI job it runs in: plain values."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from releasio.errors.base import ReleasioError
    from releasio.world.ci.ci import GitHubActions


@frozen
class MachineState:
    """
    What there is to release with.

    Attributes:
        now: The present moment, in UTC.
        python: The version of Python that runs this.
        git: The version of git; empty: it tells none.
        has_identity: Whether git knows who commits.
        missing_certificates: Files and folders that variables name and that are not there.
        network_problem: Why no server can be asked from here; None: nothing speaks against it.
        job: The job of GitHub Actions; None: there is none.
        claims: What the job's identity says; empty: it has none, or was not asked for one.
        claims_trouble: Why an identity that the job may ask for was not given.
    """

    now: datetime
    python: tuple[int, int]
    git: tuple[int, ...]
    has_identity: bool = True
    missing_certificates: tuple[tuple[str, str], ...] = ()
    network_problem: ReleasioError | None = None
    job: GitHubActions | None = None
    claims: Mapping[str, object] = MappingProxyType({})
    claims_trouble: str = ""

"""What every command begins with: its options, the settings, the world."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from releasio.cli.screen import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from releasio.config.reading.load import Settings
    from releasio.rules.credentials.credential import Credential
    from releasio.rules.index.registry import Registry
    from releasio.world.world import World

NOTHING: Mapping[str, object] = MappingProxyType({})
_EPOCH_DIGITS = 11  # the year 5138; more cannot be a date everywhere


class App:
    """
    One run of one command.

    Attributes:
        command: Its name.
        path: The project's directory, as given.
        overrides: Settings that options set, by dotted key.
        env: The process environment.
        offline: Whether requests may leave this machine.
        as_json: Whether standard output is one JSON document.
        verbose: Whether every detail is shown.
        diff: Whether the changes in files are shown.
    """

    def __init__(
        self,
        command: str,
        path: Path,
        *,
        overrides: Mapping[str, object] = NOTHING,
        env: Mapping[str, str] | None = None,
        offline: bool = False,
        as_json: bool = False,
        verbose: bool = False,
        diff: bool = False,
    ) -> None:
        self.command, self.path, self.overrides = command, path, overrides
        self.env = dict(os.environ) if env is None else env
        self.offline, self.as_json, self.verbose, self.diff = offline, as_json, verbose, diff
        self.screen = Terminal(self.env, quiet=self.as_json)
        self.document: dict[str, Any] = {"schema_version": 1, "command": self.command}
        self.has_page = False  # whether the job's page has something of this run already
        self.standing: Callable[[], str] = lambda: ""  # where a failure leaves the release

    @property
    def documented(self) -> bool:
        """Whether the document, or parts of it, go to a program or a job."""
        jobs_files = ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")
        return self.as_json or any(self.env.get(name) for name in jobs_files)

    @cached_property
    def settings(self) -> Settings:
        """
        The settings; what of them has no effect is said once.

        Raises:
            Problems: All mistakes in the file, the environment and the options.
        """
        from releasio.config.reading.load import load

        loaded = load(self.path.absolute(), self.env, self.overrides)
        for notice in loaded.notices:
            self.screen.note(notice)
        return loaded

    @contextmanager
    def world(self, *, acting: bool = False) -> Iterator[World]:
        """
        Open the repository around the project; *acting*: something is carried out in it.

        Raises:
            NotARepository: There is none.
            Problems: All mistakes in the settings.
        """
        from releasio.world.git.git import Git
        from releasio.world.world import World

        publish = self.settings.config.publish
        world = World(
            git=Git.open(self.path, self.env, read_once=self.offline and not acting),
            project=self.path.absolute(),
            env=self.env,
            screen=self.screen,
            moment=moment_of(self.env),
            offline=self.offline,
            timeout=publish.timeout,
            acting=acting,
            logins=self._logins,
            must_read=publish.check_existing_version,
        )
        try:
            yield world
        finally:
            world.close()

    def _logins(self, world: World, registry: Registry) -> Iterable[Credential]:
        """Return what the pages of *registry* may be read with."""
        from releasio.auth.reading import logins

        return logins(world, registry, self.settings.config.publish.policy)


def moment_of(env: Mapping[str, str]) -> Callable[[], datetime] | None:
    """
    Return the moment that `SOURCE_DATE_EPOCH` names for a release; None: the present.

    Source: https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = env.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and len(epoch) <= _EPOCH_DIGITS:
        return lambda: datetime.fromtimestamp(int(epoch), UTC)
    return None

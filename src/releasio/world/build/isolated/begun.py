"""A build that has begun: its environment is made while other things are still to be done."""

from __future__ import annotations

import tempfile
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from releasio.world.build.isolated.environments import Environments, declared_requirements
from releasio.world.build.pip_and_uv import find_uv, uv_settings
from releasio.world.build.variables import build_environment
from releasio.world.git.scratch import BUILDS
from releasio.world.parallel import Later
from releasio.world.past.mute import Mute
from releasio.world.plain_file import remove

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

    from releasio.world.build.installer import FreshEnvironment
    from releasio.world.screen import Screen


class First(NamedTuple):
    """
    The first environment of a build, in the making.

    Attributes:
        requirements: What pyproject.toml requires, and is installed in it.
        environment: It.
    """

    requirements: frozenset[str]
    environment: Later[FreshEnvironment]


class Begun:
    """
    A build's folder, and the first environment in it, which `start` makes in the background.

    What is said of that, and what goes wrong with it, waits until somebody goes on with the build.

    Args:
        source: The project's directory. What its installers read must be there already.
        epoch: Seconds since 1970 that stand for the build time.
        env: The process environment.
        screen: Where the output goes.
        place: The folder for what is temporary, of which it is the only build; `None`: the
            system's, where nobody knows beforehand what its own is called.

    Attributes:
        source: As given.
        folder: Where everything temporary is; `close` removes it.
        screen: Keeps the output until it is to be shown.
        environments: Makes environments in the folder.
        first: The first of them; `None`: it is not begun with.
    """

    def __init__(
        self,
        source: Path,
        *,
        epoch: int,
        env: Mapping[str, str],
        screen: Screen,
        place: Path | None = None,
    ) -> None:
        if place is None:
            self.folder = Path(tempfile.mkdtemp(prefix=BUILDS))
        else:
            self.folder = place / f"{BUILDS}here"
            self.folder.mkdir(0o700)
        self.source, self.screen, settings = source, Held(screen), uv_settings(env)
        self.environments = Environments(
            self.folder,
            {
                **build_environment(source, env, epoch),
                **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.folder)),
            },
            cwd=source,
            screen=self.screen,
            uv=None if settings is None else find_uv(env),
            uv_settings=settings or {},
        )
        self.first: First | None = None

    def start(self) -> Self:
        """Begin with the first environment, if pyproject.toml says what is in it."""
        requirements = declared_requirements(self.source)
        if requirements is not None:
            make = partial(self.environments.make, requirements, self.source)
            self.first = First(requirements, Later(make))
        return self

    def close(self) -> None:
        """End what is still at work, and remove the folder."""
        try:
            self.environments.leash.pull()
            if self.first is not None:
                self.first.environment.wait()
        finally:
            remove(self.folder)


class Held(Mute):
    """A screen that keeps what it is told until it is to be shown, and shows the rest at once."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._lock = threading.Lock()
        self._kept: list[tuple[Callable[[str], None], str]] = []
        self._keeps = True

    def line(self, text: str) -> None:
        """Keep a line of a child's, or show it."""
        self._tell(self._screen.line, text)

    def note(self, text: str) -> None:
        """Keep a note, or show it."""
        self._tell(self._screen.note, text)

    def _tell(self, show: Callable[[str], None], text: str) -> None:
        with self._lock:
            if self._keeps:
                self._kept.append((show, text))
            else:
                show(text)

    def release(self) -> None:
        """Show what was kept."""
        with self._lock:
            for show, text in self._kept:
                show(text)
            self._kept.clear()
            self._keeps = False

"""One run with everything that leaves it: terminal, log, document, summary, outputs, journal."""

from __future__ import annotations

import base64
import html
import io
import json
import os
import re
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from releasio.cli.context import App
from releasio.cli.doorway import doorway
from releasio.cli.show.progress import Progress
from releasio.release.engine import carry_out
from releasio.release.journal import Journal
from releasio.release.plans.plan import Plan
from releasio.steps.step import State, Todo
from tests.auth.desk import Desk
from tests.fakes.index import PRIVATE, FakeIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from releasio.rules.index.registry import Registry
    from releasio.world.run import Run
    from releasio.world.world import World

EXAMPLES = int(os.environ.get("LEAK_EXAMPLES", "15"))  # 110 in `make journeys`

_WINDOW = 12  # as many letters of a secret in a row are too many
_BREAKS = re.compile(r"\x1b\[1m|\\u001b\[1m|\\x1b\[1m|\\[nr0]|\\u0000|%0[AD0]|[\n\r\0?]|    \| ")


@dataclass
class Act:
    """A step that does what a test says, and knows whether it came to that."""

    does: Callable[[], object]
    begun: bool = False

    def __str__(self) -> str:
        return "do what may fail"

    def probe(self, world: World) -> State:
        del world
        return Todo()

    def apply(self, world: World, run: Run) -> None:
        del world, run
        self.begun = True
        self.does()


class Stage(Desk):
    """A desk where the engine works too: nothing around it can change, as no git is there."""

    def watch(self, tags: Sequence[str]) -> None:
        """Do nothing: what must stay as it is until a push is none of these tests'."""

    def forget_settings(self) -> None:
        """Do nothing: there are none."""


@dataclass
class Room:
    """
    Where a run happens, and all it leaves behind.

    Attributes:
        folder: For its files.
        as_json: Whether it prints a document.
        env: What is in its environment besides a job of GitHub's.
        registry: Where it uploads to.
    """

    folder: Path
    as_json: bool = False
    env: dict[str, str] = field(default_factory=dict)
    registry: Registry = PRIVATE

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        job = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
        }
        self.app = App("release", self.folder, env={**job, **self.env}, as_json=self.as_json)
        self.fake = FakeIndex(self.registry)
        self.fake.screen = self.app.screen  # type: ignore[assignment] # the real one
        self.desk = Stage(self.fake, dict(self.app.env))

    def run(self, does: Callable[[], object]) -> str:
        """Return all that people and files get to see of a run that came to *does*."""
        for file in self.folder.iterdir():
            file.unlink()
        out, err = io.StringIO(), io.StringIO()
        self.app.document["stages"] = []
        journal = Journal(self.folder / "journal", self.fake.clock)
        progress = Progress(self.app.screen, self.app.document, verbose=True)
        act = Act(does)
        plan = Plan("publish", ("v1.0.0",), (act,))
        with redirect_stdout(out), redirect_stderr(err), suppress(SystemExit), doorway(self.app):
            carry_out(plan, self.desk, journal, progress)  # type: ignore[arg-type] # enough of a world
        files = [file.read_text(encoding="utf-8") for file in sorted(self.folder.iterdir())]
        # where the run ends before that, no secret is on its way, and none can leak
        assert act.begun, err.getvalue()
        # these lines tell the runner what it is to hide; it swallows them
        log = re.sub(r"^::add-mask::.*\n", "", out.getvalue() + err.getvalue(), flags=re.MULTILINE)
        return "\n".join([log, *files])


def found_in(seen: str, secret: str) -> list[str]:
    """Return what of *secret*, in whatever spelling, is in *seen*."""
    searched = [seen, *_unescaped(seen)]
    searched += [_BREAKS.sub("", text) for text in searched]
    return [way for way in _ways(secret) for text in searched if way in text]


def _unescaped(seen: str) -> list[str]:
    """Return *seen* as whoever reads its JSON or HTML gets to see it."""
    plain = html.unescape(html.unescape(seen))
    return [plain, plain.replace("\\\\", "\\").replace('\\"', '"'), plain.replace("\\/", "/")]


def _ways(secret: str) -> set[str]:
    """Return every run of letters that gives away a part of *secret*."""
    raw = secret.strip()
    written = [raw, quote(raw, safe=""), quote_plus(raw), json.dumps(raw)[1:-1], ascii(raw)[1:-1]]
    written += [re.sub("%..", lambda one: one[0].lower(), quote(raw, safe="")), raw.encode().hex()]
    for before in range(3):
        letters = base64.b64encode(b"x" * before + raw.encode()).decode().rstrip("=")[4:-4]
        written += [letters, letters.translate(str.maketrans("+/", "-_"))]
    return {text[at : at + _WINDOW] for text in written for at in range(len(text) - _WINDOW + 1)}

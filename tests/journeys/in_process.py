"""A release of built files in this process: real git, a real index, and time that costs nothing."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

from releasio.cli.doorway import each, exit_code
from releasio.config.reading.load import load
from releasio.errors.base import ReleasioError
from releasio.frozen import replace
from releasio.rehearsal.settings import questioned
from releasio.release.publish import publish_here
from releasio.world.build.dist_folder import DISTRIBUTIONS, record_of
from releasio.world.git.git import Git
from releasio.world.index.index import Index
from releasio.world.run import Run
from releasio.world.world import World
from tests.fakes.git_http import LOOK, OFFER, PUSH
from tests.fakes.projects import static_project
from tests.fakes.repository import START, Repository
from tests.fakes.screen import Quiet
from tests.fakes.wheels import sdist, sha256, wheel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from releasio.config.reading.load import Settings
    from releasio.release.plans.plan import Plan
    from releasio.release.preview import Preview
    from releasio.rules.index.registry import Registry
    from releasio.steps.step import State, Step
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.index import Clock

TAG = "v0.1.0"
SOON = 0.15  # seconds after which a hasty client gives up
LATER = 1.5  # and one of Sigstore, which asks more than once


@dataclass(frozen=True)
class Ending:
    """
    How a run ended.

    Attributes:
        codes: Of the errors, each once; none: it is done.
        status: What the program would exit with.
        hints: One for each error.
        said: Everything anybody could read.
        secrets: What must not be in it.
    """

    codes: tuple[str, ...]
    status: int
    hints: tuple[str, ...]
    said: str
    secrets: tuple[str, ...] = field(repr=False)

    def leaked(self) -> bool:
        return any(secret in self.said for secret in self.secrets)

    def __str__(self) -> str:
        if not self.codes:
            return "warned" if "`releasio verify` looks again" in self.said else "ok"
        return f"{' + '.join(self.codes)} {self.status}"


@dataclass
class Closed:
    """Which of the requests to come find nobody listening: they go to *port*."""

    port: int
    path: str = ""
    skip: int = 0
    times: int = 0
    refused: int = 0  # so many went there

    def let(self, path: str, *, after: int, times: int) -> None:
        """Close the way for *times* requests for *path*, after some others of them."""
        self.path, self.skip, self.times = path, after, times

    def takes(self, request: httpx.Request) -> bool:
        if not self.times or self.path not in request.url.path:
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.times -= 1
        self.refused += 1
        return True


class Link(httpx.BaseTransport):
    """
    The way to the index: closed for some requests, and given up early if it is *hasty*.

    Who listens cannot refuse a single connection, so those are sent to a port where nobody does.
    """

    def __init__(self, closed: Closed, *, hasty: bool) -> None:
        self._wire = httpx.HTTPTransport(verify=False)
        self._closed = closed
        self._hasty = hasty

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self._hasty:
            request.extensions["timeout"] = {**request.extensions["timeout"], "read": SOON}
        if self._closed.takes(request):
            request.url = request.url.copy_with(port=self._closed.port)
        return self._wire.handle_request(request)

    def close(self) -> None:
        self._wire.close()


class LinkedWorld(World):
    """A world whose clients go over a `Link`."""

    def __init__(
        self, *args: object, link: Callable[[], Link] | None = None, **given: object
    ) -> None:
        super().__init__(*args, **given)
        vars(self)["link"] = link

    def index(self, registry: Registry) -> Index:
        if registry not in self._indexes and vars(self)["link"]:
            client = httpx.Client(transport=vars(self)["link"](), timeout=60)
            self._indexes[registry] = Index(
                registry, client, clock=self.clock, sleep=self.sleep, screen=self.screen
            )
        return super().index(registry)


@dataclass
class Watch:
    """Is told of every step that begins, and tells what goes on from there."""

    begun: Callable[[str], None] = lambda _: None

    def starting(self, preview: Preview) -> None: ...

    def stage(self, plan: Plan) -> None: ...

    def begin(self, step: Step) -> None:
        self.begun(type(step).__name__)

    def end(self, step: Step, state: State) -> None: ...


@dataclass
class InProcess:
    """demo 0.1.0, built and committed, not pushed; its remote, and its index."""

    repo: Repository
    remote: Repository
    index: EmbeddedIndex
    closed: Closed
    clock: Clock
    env: dict[str, str]
    hasty: bool = False
    questions: bool = False  # whether the index is known to take them
    patience: float | None = None  # seconds for a git command that talks to the remote

    def run(self, begun: Callable[[str], None] = lambda _: None) -> Ending:
        """Publish, as `releasio publish --execute` does."""
        env, screen = {**os.environ, **self.env}, Quiet()
        world = self._world(env, screen)
        run, watcher = Run(world), Watch(begun)
        try:
            publish_here(run, self._settings(env), (), watcher)
        except ReleasioError as error:
            return self._ending(error, screen)
        finally:
            run.close()
            world.close()
        return self._ending(None, screen)

    def run_again(self) -> Ending:
        """Do the same in another job, where everything is well."""
        self.heal()
        self.env.update(job(self.index))
        return self.run()

    def lead(self, kind: str, url: str) -> None:
        """Let requests of *kind* to the remote go to *url*, and the others to its folder."""
        here = str(self.remote.path)
        self.repo.git("config", "remote.origin.url", here if kind in {OFFER, PUSH} else url)
        self.repo.git("config", "remote.origin.pushurl", here if kind == LOOK else url)

    def heal(self) -> None:
        """Let nothing go wrong any more."""
        self.index.heal()
        self.closed.times = 0
        self.hasty = False
        self.patience = None
        self.lead("", str(self.remote.path))

    def files(self) -> dict[str, str]:
        """Return what was built, name to sha256."""
        return {path.name: sha256(path) for path in _built(self.repo.path / "dist")}

    def public(self) -> dict[str, str]:
        """Return what the remote names: ref to commit."""
        form = "%(refname) %(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)"
        lines = self.remote.git("for-each-ref", f"--format={form}").splitlines()
        return dict(line.split() for line in lines)

    def state(self) -> tuple[str, str, dict[str, str]]:
        """Return all that a run may change: refs here, refs there, files on the index."""
        refs = "for-each-ref"
        return self.repo.git(refs), self.remote.git(refs), self.index.files("demo")

    def finished(self) -> dict[str, str]:
        """Return what the remote names at the end."""
        return {"refs/heads/main": self.repo.head, f"refs/tags/{TAG}": self.repo.head}

    def _world(self, env: dict[str, str], screen: Quiet) -> World:
        git = Git.open(self.repo.path, env)
        if self.patience is not None:
            git = replace(git, process=replace(git.process, patience=self.patience))
        return LinkedWorld(
            git,
            self.repo.path,
            env,
            screen,
            clock=self.clock,
            sleep=self.clock.sleep,
            timeout=LATER if self.hasty else World.timeout,
            link=lambda: Link(self.closed, hasty=self.hasty),
        )

    def _settings(self, env: dict[str, str]) -> Settings:
        settings = load(self.repo.path, env)
        if not self.questions:
            return settings
        return replace(settings, config=questioned(settings.config, self.index))

    def _ending(self, error: ReleasioError | None, screen: Quiet) -> Ending:
        found = each(error) if error else ()
        journal = self.repo.path / ".git/releasio/journal.jsonl"
        bearer = self.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"]
        said = [*screen.lines, *screen.notes, *(f"{one}\n{one.hint}" for one in found)]
        said.append(journal.read_text(encoding="utf-8") if journal.exists() else "")
        return Ending(
            codes=tuple(dict.fromkeys(one.code for one in found)),
            status=exit_code(error) if error else 0,
            hints=tuple(one.hint for one in found),
            said="\n".join(said),
            secrets=(bearer, *(secret.reveal() for secret in screen.secrets)),
        )


def write_template(folder: Path) -> None:
    """Write repository, remote and built files; `take_up` makes copies of them live."""
    repo = Repository.create(folder / "repo")
    static_project(repo)
    remote = repo.add_remote(folder / "remote.git")
    repo.git("fetch", "--quiet", "origin")
    repo.git("remote", "set-head", "origin", "main")  # as a clone has it
    commit = repo.commit("chore(release): prepare v0.1.0")
    for one in (repo, remote):
        one.git("gc", "--quiet")  # a few large files are copied faster than many small ones
    dist = repo.path / "dist"
    dist.mkdir()
    wheel(dist, version="0.1.0", text="# another build\n").rename(
        dist / "demo-0.1.0-1-py3-none-any.whl"
    )
    wheel(dist, version="0.1.0")
    sdist(dist, version="0.1.0")
    record = record_of(
        _built(dist), project="demo", version="0.1.0", tag=TAG, commit=commit, epoch=START
    )
    (dist / "releasio.json").write_bytes(record.to_json().encode())
    for samples in (*folder.glob("*/hooks"), *folder.glob("*/.git/hooks")):
        shutil.rmtree(samples)  # they only take time to copy


def _built(dist: Path) -> list[Path]:
    return sorted(path for path in dist.iterdir() if path.name.endswith(DISTRIBUTIONS))


def job(index: EmbeddedIndex) -> dict[str, str]:
    """Return the environment of a new job that *index* is to trust."""
    return index.issuer.job(repository="acme/demo", workflow="release.yml")


def take_up(
    template: Path,
    folder: Path,
    index: EmbeddedIndex,
    closed: Closed,
    clock: Clock,
    *,
    trusted: bool = True,
) -> InProcess:
    """Return a copy of *template* in *folder*, which lies beside it, that *index* may trust."""
    shutil.copytree(template, folder)
    repo, remote = Repository(folder / "repo"), Repository(folder / "remote.git")
    settings = repo.path / ".git/config"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(template.name, folder.name), encoding="utf-8")
    if trusted:
        index.trust("demo", repository="acme/demo", workflow="release.yml")
    env = {**job(index), "RELEASIO_PUBLISH_REGISTRY": index.upload_url}
    return InProcess(repo, remote, index, closed, clock, env)

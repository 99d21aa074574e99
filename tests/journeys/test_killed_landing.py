"""
A landing that is killed: inside git, between two of its commands, and between two files.

The release is public by then. Whatever is left half-way (locks, files, an index that is ahead
of the branch), the next run finishes the release and leaves the clone clean.

Every sixteenth is in `make test`.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from releasio.cli.doorway import each
from releasio.config.reading.load import load
from releasio.errors.base import ReleasioError
from releasio.release.stages import execute
from releasio.rules.bump.request import Request
from releasio.world.git.git import Git
from releasio.world.run import Run as ReleaseRun
from releasio.world.world import World
from tests.cli.program import Program
from tests.embedded.index import EmbeddedIndex
from tests.fakes.repository import Repository
from tests.fakes.screen import Quiet
from tests.journeys.in_process import Watch, job
from tests.journeys.stage import WHO, Stage, make_stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.program import Run
    from tests.fakes.templates import Templates

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="its git is a script; test_killed kills there, too"
)

TAG, ALL, PARTS = "v0.1.1", 200, 32
HERE = Path(__file__).parent
KILLED = {-9, 137}
HOWS = {
    "update-ref": (
        "before",
        "locked",
        "locked half of it",
        "written 0",
        "written 45",
        "prepared",
        "committed",
        "after",
        "alone locked",
        "alone written 0",
    ),
    "read-tree": (
        "before",
        "locked",
        "locked DIRC",
        "written 0",
        "written 300",
        "indexed",
        "after",
        "alone written 300",
    ),
    "update-index": ("before", "locked", "written 0", "written 300", "indexed", "after"),
}
# files of all kinds: new ones in new folders, one that goes, one that becomes a program
MANY = """
import os
os.makedirs("docs/new", exist_ok=True)
for number in range(5):
    with open(f"docs/new/{number}.txt", "w") as file:
        file.write("a page\\n" * number)
os.remove("old/gone.txt")
os.chmod("tool.sh", 0o755)
"""
KINDS = ("plain", "many", "worktree")
# in front of git; only where it is to stop is there time for Python
SCRIPT = """\
case " $* " in
*" --dry-run "*) ;;
*" update-ref "*|*" read-tree "*|*" update-index "*|*" push "*)
    printf '%s\\n' "$*" >> "$GIT_COMMANDS"
    number=0
    while read -r _; do number=$((number + 1)); done < "$GIT_COMMANDS"
    case " $number $* " in *" ${GIT_STOPS%% *} "*) exec "$python" -I -S "$stopping" "$@" ;; esac
    ;;
esac
exec "$REAL_GIT" "$@"
"""


class Template(NamedTuple):
    """A release that was pushed, not landed, and not uploaded; and how it should end."""

    folder: Path
    commit: str
    kills: tuple[str, ...]
    end: dict[str, object]


@pytest.fixture(scope="module")
def landings(tmp_path_factory: pytest.TempPathFactory, templates: Templates) -> Landings:
    return Landings(tmp_path_factory.mktemp("landing"), templates)


class Landings:
    """One template of each kind, made when it is first wanted."""

    def __init__(self, folder: Path, templates: Templates) -> None:
        self.folder = folder
        self._templates = templates
        (folder / "bin").mkdir()
        script = folder / "bin/git"
        paths = f'python="{sys.executable}"\nstopping="{HERE / "stopping_git.py"}"\n'
        script.write_text(f"#!/bin/sh\n{paths}{SCRIPT}", encoding="utf-8")
        script.chmod(0o755)
        self.of = cache(self._make)

    def stops(self, at: str, log: Path) -> dict[str, str]:
        """Return what lets the git in front of git stop *at* a point."""
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        real = str(shutil.which("git"))
        return {"PATH": path, "REAL_GIT": real, "GIT_STOPS": at, "GIT_COMMANDS": str(log)}

    def _make(self, kind: str) -> Template:
        folder, log = self.folder / kind, self.folder / f"{kind}.log"
        with EmbeddedIndex() as index:
            stage = _stage_of(kind, folder, index, self._templates)
            # the first thing that is done after the push
            killed = stage.run("release", "--execute", **self.stops(f"refs/tags/{TAG} before", log))
            assert killed.code in KILLED, killed.err
            commit = stage.remote.git("rev-parse", f"{TAG}^{{commit}}")
            stage.repo.git("pack-refs", "--all")
        undisturbed = take_up(folder, folder.with_name(f"{kind}-undisturbed"))
        log.unlink()
        events = log.with_suffix(".events")
        ended = land(undisturbed, commit, 0, events, **self.stops("0 never", log))
        assert 0 == ended.code, ended.err
        kills = tuple(_kills(log.read_text(encoding="utf-8"), events.read_text(encoding="utf-8")))
        with EmbeddedIndex() as index:
            end, _ = finish(undisturbed, index)
        return Template(folder, commit, kills, end)


def _stage_of(kind: str, folder: Path, index: EmbeddedIndex, templates: Templates) -> Stage:
    stage = make_stage(folder, index, templates)
    if kind == "many":
        stage.repo.write("inline/many.py", MANY)
        hook = f"post_bump = ['\"{sys.executable}\" inline/many.py']\n"
        text = stage.repo.read("pyproject.toml").replace("build = ", f"{hook}build = ")
        more = {"pyproject.toml": text, "tool.sh": "#!/bin/sh\n", "old/gone.txt": "gone\n"}
        stage.repo.commit("fix: more", **more)
        stage.repo.git("push", "--quiet")
    if kind == "worktree":
        stage.repo.git("switch", "--quiet", "--detach")
        stage.repo.git("worktree", "add", "--quiet", "../tree", "main")
        stage.repo = Repository(folder / "tree")
    return stage


def _kills(commands: str, events: str) -> Iterator[str]:
    for number, line in enumerate(commands.splitlines(), 1):
        command = next(word for word in line.split() if word in HOWS)
        yield from (f"{number} {how}" for how in HOWS[command])
    yield from (f"event {number}" for number in range(1, events.count("\n") + 1))


def take_up(folder: Path, copy: Path) -> Path:
    """Return the clone of the release in a *copy* of what is in *folder*."""
    shutil.copytree(folder, copy, symlinks=True)
    repo = Repository(copy / "repo")
    repo.git("remote", "set-url", "origin", str(copy / "remote.git"))
    if (copy / "tree").exists():
        # both name each other by their places
        repo.write("../tree/.git", f"gitdir: {copy}/repo/.git/worktrees/tree\n")
        repo.write(".git/worktrees/tree/gitdir", f"{copy}/tree/.git\n")
        return copy / "tree"
    return repo.path


def land(clone: Path, commit: str, event: int, log: Path, **env: str) -> Run:
    """Run the landing alone."""
    driver = (str(HERE / "landing.py"), str(event), str(log), TAG, commit)
    return Program(clone, {**WHO, **env}, driver)()


def finish(clone: Path, index: EmbeddedIndex) -> tuple[dict[str, object], str]:
    """Release again, as `releasio release --execute` does; return how it ends, and what it says."""
    repo = Repository(clone)
    index.trust("demo", repository="acme/demo", workflow="release.yml")
    env = {**os.environ, **WHO, **job(index), "RELEASIO_PUBLISH_REGISTRY": index.upload_url}
    world = World(Git.open(clone, env), clone, env, Quiet())
    run = ReleaseRun(world)
    said: list[str] = []
    try:
        execute(run, load(clone, env), Request(), Watch())
    except ReleasioError as error:
        said += [f"{one}" for one in each(error)]
    finally:
        run.close()
        world.close()
    said += run.afterwards
    remote = Repository(clone.with_name("remote.git"))
    state = Stage(repo, remote, index).state()
    return {**state, "left": left_in(repo)}, "\n".join(said)


def left_in(repo: Repository) -> list[str]:
    """Return the locks, private refs and files of ours that are in the clone's git directory."""
    directory = (repo.path / repo.git("rev-parse", "--git-common-dir")).resolve()
    names = [*directory.rglob("*.lock"), *directory.rglob("packed-refs.new")]
    names += [directory / "releasio/held", *directory.glob("releasio/landing*")]
    refs = repo.git("for-each-ref", "--format=%(refname)", "refs/releasio").split()
    return refs + [path.relative_to(directory).as_posix() for path in names if path.exists()]


def chosen(kind: str, template: Template) -> list[tuple[str, ...]]:
    """Return the kills of a kind, its share of them all: most alone, some one after the other."""
    share = ALL // len(KINDS) + (kind == KINDS[0]) * (ALL % len(KINDS))
    dice = random.Random(f"{kind} 2026")  # noqa: S311 -- the same ones in every run
    pairs = [tuple(dice.sample(template.kills, 2)) for _ in range(share // 8)]
    inside = [kill for kill in template.kills if not kill.startswith("event")]
    between = [kill for kill in template.kills if kill.startswith("event")]
    single = [*inside, *dice.sample(between, min(len(between), share - len(inside) - len(pairs)))]
    return [*((kill,) for kill in single), *pairs]


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("kind", KINDS)
def test_the_next_run_finishes_the_release_and_leaves_the_clone_clean(
    kind: str, part: int, landings: Landings, tmp_path: Path
) -> None:
    template = landings.of(kind)
    every = chosen(kind, template)
    problems = []
    with EmbeddedIndex() as index:  # the first one uploads, to the others the files are there
        for number in range(part, len(every), PARTS):
            clone = take_up(template.folder, tmp_path / str(number))
            for kill in every[number]:
                _kill(clone, template, kill, landings, tmp_path / f"{number}.log")
            end, said = finish(clone, index)
            wrong = [key for key, right in template.end.items() if end[key] != right]
            if wrong or said:
                shown = f"{said} {wrong} {end['status']} {end['left']}"
                problems.append(f"{' then '.join(every[number])}: {shown}")
            shutil.rmtree(tmp_path / str(number))

    assert not problems, "\n".join(problems)


def _kill(clone: Path, template: Template, kill: str, landings: Landings, log: Path) -> None:
    """Kill the landing once; what comes too late, after an earlier kill, kills nothing."""
    log.unlink(missing_ok=True)
    word, _, number = kill.partition(" ")
    event, at = (int(number), "0 never") if word == "event" else (0, kill)
    land(clone, template.commit, event, log.with_suffix(".events"), **landings.stops(at, log))


STOPPING = ("index", "HEAD", "refs/heads/main", "packed-refs", f"refs/tags/{TAG}")
STOPPING += (f"refs/releasio/{TAG}/commit", f"refs/releasio/{TAG}/tag")
HARMLESS = ("ORIG_HEAD", "config", "refs/remotes/origin/main", "objects/maintenance")


@pytest.mark.parametrize("name", [*STOPPING, *HARMLESS])
def test_a_lock_of_another_git_is_named_and_keeps_nothing_from_the_index(
    name: str, landings: Landings, tmp_path: Path
) -> None:
    template = landings.of("plain")
    clone = take_up(template.folder, tmp_path / "copy")
    (clone / ".git/releasio/held").unlink()  # the run that died took none
    repo = Repository(clone)
    lock = repo.write(f".git/{name}.lock", "")
    with EmbeddedIndex() as index:
        locked, said = finish(clone, index)
        lock.unlink()
        told = re.search(rf"rm {re.escape(str(lock))}, then: git (.*)", said)
        if told:
            repo.git("config", "maintenance.auto", "false")  # it would lock for a moment
            repo.git(*told[1].split())
        end, after = finish(clone, index)

    assert template.end["index"] == locked["index"]
    assert template.end["remote"] == locked["remote"]
    assert (f"rm {lock}, then: " in said) == (name in STOPPING)
    assert "" == after
    assert template.end["left"] == end["left"]
    assert [] == [key for key in end if end[key] != template.end[key]]


@pytest.mark.parametrize("locked", [False, True])
def test_files_that_a_killed_git_left_half_way_are_finished(
    landings: Landings, tmp_path: Path, *, locked: bool
) -> None:
    """As a fast-forward leaves them that is no longer ours: missing, cut short, or new."""
    template = landings.of("plain")
    clone = take_up(template.folder, tmp_path / "copy")
    repo = Repository(clone)
    (clone / "pyproject.toml").unlink()
    repo.write("CHANGELOG.md", "# Change")
    said = []
    with EmbeddedIndex() as index:
        if locked:
            lock = repo.write(".git/index.lock", "")
            said = [finish(clone, index)[1]]
            lock.unlink()
        end, after = finish(clone, index)

    assert "" == after
    assert [] == [key for key in end if end[key] != template.end[key]]
    assert locked == any("rm " in each and "releasio release --execute" in each for each in said)


@pytest.mark.parametrize(
    "stop",
    [
        "update-ref locked",
        "update-ref written 0",
        "update-ref prepared",
        "push locked",
        "push after",
    ],
)
def test_before_and_in_the_push_locks_are_given_back_too(
    stop: str, landings: Landings, stage: Stage, tmp_path: Path
) -> None:
    stops = landings.stops(stop, tmp_path / "log")
    killed = stage.run("release", "--execute", **stops)
    again = stage.run("release", "--execute")

    assert killed.code in KILLED
    assert 0 == again.code, again.err
    assert ("", []) == (stage.repo.git("status", "--porcelain"), left_in(stage.repo))
    assert 2 == len(stage.index.files("demo"))


def test_there_are_two_hundred(landings: Landings) -> None:
    kills = {kind: chosen(kind, landings.of(kind)) for kind in KINDS}

    assert ALL == sum(map(len, kills.values()))
    assert [[], [], []] == [landings.of(kind).end["left"] for kind in KINDS]

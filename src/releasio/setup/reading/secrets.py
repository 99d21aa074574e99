"""World -> SecretsState: what tokens say about themselves leaves this module, they never do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.auth.sources.pypirc import pypirc_path
from releasio.rules.credentials.pypirc import PypircUnreadable, entries
from releasio.rules.credentials.secret import Secret
from releasio.rules.credentials.token import read_token
from releasio.rules.index.registry import TOKEN_SITES
from releasio.rules.workflow.publishing import target_of
from releasio.setup.reading.small_text import read_small_text
from releasio.setup.situation.secrets_state import FoundToken, KeptPassword, SecretsState
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from releasio.world.world import World

_WRITTEN = "pypi-AgE[A-Za-z0-9_-]{60,}"  # shorter ones are of no index
_TOKEN = pattern(_WRITTEN)
_FILE = ".pypirc"


def read_secrets(world: World) -> SecretsState:
    """Read what lies about; this user's own file only where no CI job has put it there."""
    passwords = [*_kept(world.git.root / _FILE, _FILE)] if _is_tracked(world) else []
    home = pypirc_path(world.env)
    if home is not None and not world.env.get("CI") and home != world.git.root / _FILE:
        passwords += _kept(home, "")
    return SecretsState(tuple(_tokens(world)), tuple(passwords))


def _is_tracked(world: World) -> bool:
    return bool(world.git.process.ask("ls-files", "--", f":(top){_FILE}").text)


def _tokens(world: World) -> Iterator[FoundToken]:
    """Yield each token in what git tracks, as it is in the work tree."""
    answer = world.git.process.ask(
        "grep", "--full-name", "-z", "-n", "-I", "-E", "-e", _WRITTEN, "--", ":/"
    )
    for match_line in answer.text.split("\n") if not answer.status else ():
        path, _, rest = match_line.partition("\0")
        number, _, line = rest.partition("\0")
        match = _TOKEN.search(line)
        facts = read_token(Secret(match[0])) if match else None
        if facts is not None and facts.site in TOKEN_SITES and number.isdigit():
            yield FoundToken(path, int(number), facts)


def _kept(path: Path, name: str) -> Iterator[KeptPassword]:
    try:
        text = read_small_text(path)
        for entry in entries(text):
            if entry.password:
                target = target_of(entry.url)
                yield KeptPassword(entry.section, target, read_token(entry.password), name)
    except (OSError, UnicodeDecodeError, PypircUnreadable):
        return  # whoever publishes from here is told by `check`

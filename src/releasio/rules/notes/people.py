"""Who made a change: names, logins where they are proven, and no machines."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.forge.co_authors import co_authors
from releasio.rules.notes.escape import escape
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from releasio.config.tables.model import ChangelogConfig
    from releasio.rules.commits.commit import Commit
    from releasio.rules.forge.links import Links
    from releasio.rules.forge.pull_request import CommitOrigin

# names and addresses of programs whose accounts do not say that they are ones, in lower case
_PROGRAMS = frozenset(
    {
        *("semantic-release", "python-semantic-release", "github", "github actions", "copilot"),
        *("mend renovate", "renovate bot", "bot@renovateapp.com", "noreply@anthropic.com"),
        *("cursoragent@cursor.com", "copilot@github.com", "noreply@github.com"),
        *("github-actions", "github action", "action@github.com", "actions@github.com"),
        *("github-actions@github.com", "merge-button@github.com", "codex@openai.com"),
        *("noreply@openai.com", "noreply@aider.chat", "aider@aider.chat", "amp@ampcode.com"),
        *("openhands@all-hands.dev", "stainless bot", "yoshi automation bot", "pyup.io bot"),
    }
)
_BOTS = ("[bot]", "-bot", " bot", "(bot)")  # how their names end; Bot is a family name
_LOGIN = pattern(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9_])?")
# the address that a forge gives to everybody begins with the number of the account, which nobody
# else can have; the older ones of GitHub have the login alone, and logins change hands
_BEHIND_NUMBER = {"github": "+", "gitlab": "-"}


@frozen
class Person:
    """Somebody who made a change."""

    name: str  # as the commit says it, after `.mailmap`
    email: str  # likewise
    login: str = ""  # on the forge, where it is proven to be theirs; empty: it is not known

    def named(self, links: Links | None) -> str:
        """Return Markdown that names them, with a link to their page where that is known."""
        if not self.login:
            return escape(self.name or self.email.partition("@")[0])
        page = links.user(self.login) if links else ""
        return f"[@{self.login}]({page})" if page else f"`@{self.login}`"


@frozen
class People:
    """
    Tells who made commits.

    Attributes:
        settings: The `[changelog]` table, which says who is not named.
        links: The forge's pages, for logins that an address proves.
        origins: What the forge knows of commits, by their ids.
        mailmap: Names and addresses of co-authors, by those that it replaces.
    """

    settings: ChangelogConfig
    links: Links | None
    origins: Mapping[str, CommitOrigin]
    mailmap: Mapping[tuple[str, str], tuple[str, str]] = MappingProxyType({})

    def of(self, commit: Commit) -> tuple[Person, ...]:
        """Return author and co-authors of *commit*, without machines and those not to be named."""
        origin = self.origins.get(commit.id)
        people: list[Person] = []
        author_login = _login(origin.login if origin else None) or self._proven(commit.email)
        if not (origin and origin.is_bot) and not is_ignored(commit, self.settings):
            people.append(Person(commit.author, commit.email, author_login))
        co_author_names = co_authors(commit.message)
        if not co_author_names:
            return tuple(people)
        known_logins = dict(origin.co_logins) if origin else {}
        for written_name, written_email in co_author_names:
            written = written_name, written_email
            name, email = self.mailmap.get(written, written)
            if not is_machine(name, email, self.settings):
                login = known_logins.get(written_email.lower()) or known_logins.get(written_email)
                people.append(Person(name, email, _login(login) or self._proven(email)))
        return tuple(unique(people))

    def _proven(self, email: str) -> str:
        return _proven(email, self.links) if self.links else ""


@lru_cache(maxsize=1 << 10)  # people commit more than once
def _proven(email: str, links: Links) -> str:
    """Return the login of an address that the forge gave to one account, with its number."""
    local, _, host = email.partition("@")
    number, mark, login = local.partition(_BEHIND_NUMBER.get(links.pages, "+"))
    is_own = mark and number.isdecimal()
    if not is_own or host.lower() != f"users.noreply.{links.host.partition('://')[2]}":
        return ""
    return _login(login)


def _login(text: str | None) -> str:
    """Return *text* if it can be a login; else nothing."""
    return text if text and _LOGIN.fullmatch(text) else ""


def unique(people: Iterable[Person]) -> Iterator[Person]:
    """
    Yield each of *people* once, where they came first.

    Whoever has the same login, address or name is the same, unless logins differ; a login is kept
    from any of them.
    """
    places: dict[str, int] = {}
    merged: list[Person] = []
    for person in people:
        keys = [f"@{person.login.lower()}"] if person.login else []
        keys += [key.lower() for key in (person.email, person.name) if key]
        known = (places[key] for key in keys if key in places)
        place = next((place for place in known if _may_be(merged[place], person)), len(merged))
        if place == len(merged):
            merged.append(person)
        elif person.login and not merged[place].login:
            merged[place] = Person(merged[place].name, merged[place].email, person.login)
        for key in keys:
            places.setdefault(key, place)
    yield from merged


def _may_be(one: Person, other: Person) -> bool:
    """Whether two can be the same: not, where they have accounts of their own."""
    return not (one.login and other.login) or one.login.lower() == other.login.lower()


def is_ignored(commit: Commit, settings: ChangelogConfig) -> bool:
    """Whether the author of *commit* is not to be named."""
    return is_machine(commit.author, commit.email, settings)


def is_machine(name: str, email: str, settings: ChangelogConfig) -> bool:
    """Whether *name* or *email* is that of an application, or of somebody not to be named."""
    return _is_machine(name, email, settings.ignore_authors)


@lru_cache(maxsize=1 << 10)  # people commit more than once
def _is_machine(name: str, email: str, ignored_names: tuple[str, ...]) -> bool:
    login = email.partition("@")[0].rpartition("+")[2]
    names = {name.lower(), email.lower(), login.lower()}
    if name.endswith(_BOTS) or login.endswith(_BOTS) or login == "bot":
        return True
    if not names.isdisjoint(_PROGRAMS):
        return True
    return not names.isdisjoint(ignored.lower() for ignored in ignored_names)

"""What the credential chain needs of a world, and people and keyrings made up for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from releasio.auth.chain import obtain
from releasio.auth.order import sources
from releasio.auth.sources.keyring import KeyringSource
from releasio.auth.sources.prompt import PromptSource
from releasio.auth.trusted.google import GoogleSource
from releasio.errors.auth.credential import NoCredential
from releasio.errors.auth.credential_source import KeyringRefused, SourceBroken
from releasio.rules.credentials.policy import Policy
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import PYPI, TESTPYPI, Registry
from tests.fakes.index import FakeIndex

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from releasio.auth.asking import Source
    from releasio.auth.chain import Obtained
    from releasio.rules.credentials.credential import Answer, Credential
    from releasio.world.index.index import Index
    from tests.fakes.screen import Quiet

SITE = (PYPI.site or "").removeprefix("https://")
TEST_SITE = (TESTPYPI.site or "").removeprefix("https://")


@dataclass
class MadeUpKeyring:
    """A keyring with one entry, or with a broken lock."""

    entry: tuple[str, str] | None = None
    problem: str = ""
    absent: bool = False
    kept: list[tuple[str, str, str]] = field(default_factory=list)

    def find(self, service: str, user: str) -> tuple[str, Secret] | None:
        del service, user
        if self.problem:
            name = "the keyring"
            raise SourceBroken(name, self.problem)
        return (self.entry[0], Secret(self.entry[1])) if self.entry else None

    def takes(self) -> bool:
        return not self.absent

    def keep(self, service: str, user: str, secret: Secret) -> None:
        if self.problem:
            raise KeyringRefused(self.problem, url=service, user=user)
        self.kept.append((service, user, secret.reveal()))


@dataclass
class MadeUpTerminal:
    """
    Somebody who types `answer`, and says yes or no; nobody when it is `None`; `bare`: seen.

    What is typed `later`, once each time, comes after the first answer; the last one stays.
    """

    answer: str | None = None
    asked: list[str] = field(default_factory=list)
    yes: bool = False
    bare: bool = False
    later: list[str] = field(default_factory=list)

    def agrees(self, question: str) -> bool:
        self.asked.append(question)
        return self.yes

    def present(self) -> bool:
        return self.answer is not None

    def ask(self, question: str) -> Secret | None:
        self.asked.append(question)
        typed = Secret(self.answer or "")
        if self.later:
            self.answer = self.later.pop(0)
        return None if self.bare else typed


@dataclass
class Desk:
    """Where the chain works in these tests."""

    fake: FakeIndex = field(default_factory=FakeIndex)
    env: dict[str, str] = field(default_factory=dict)
    keyring: MadeUpKeyring = field(default_factory=MadeUpKeyring)
    terminal: MadeUpTerminal = field(default_factory=MadeUpTerminal)
    credentials: dict[Registry, Credential] = field(default_factory=dict)
    answers: dict[Registry, tuple[Answer, ...]] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    machine: str = ""
    client: Index | None = None

    @property
    def world(self) -> Desk:
        """The desk is what a run touches, and the run."""
        return self

    def hold(self, registry: Registry, credential: Credential) -> None:
        self.credentials[registry] = credential

    @property
    def screen(self) -> Quiet:
        return self.fake.screen

    @property
    def clock(self) -> Callable[[], datetime]:
        return self.fake.clock

    def index(self, registry: Registry) -> Index:
        assert registry == self.fake.registry
        self.client = self.client or self.fake.client()
        return self.client

    def chain(self) -> tuple[Source, ...]:
        made_up: dict[str, Source] = {
            "keyring": KeyringSource(self.keyring),
            "prompt": PromptSource(self.terminal),
        }
        # wherever these tests run, the machine is not Google's
        made_up[GoogleSource().name] = GoogleSource(lambda: self.machine)
        return tuple(made_up.get(s.name, s) for s in sources(self.fake.registry, self.policy))

    def obtain(self) -> Obtained:
        """Ask the chain for what uploads `demo`."""
        return obtain(self, self.fake.registry, self.policy, "demo", chain=self.chain())

    def refused(self) -> NoCredential:
        """Do the same where nobody has one, and return the reasons."""
        with pytest.raises(NoCredential) as caught:
            self.obtain()
        return caught.value

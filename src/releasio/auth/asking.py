"""What a credential source is, and what it is asked with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from releasio.errors.auth.token import PasswordNotTaken, SecretGarbled, SecretOdd
from releasio.frozen import frozen
from releasio.rules.credentials.credential import TOKEN_USER, Credential, NotHere
from releasio.rules.credentials.secret import Secret, stray
from releasio.rules.credentials.token import check_token

LONGEST = 20_000  # characters; the longest tokens, signed by a CI, have some thousand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.index.registry import Registry
    from releasio.world.index.index import Index


@frozen
class Asking:
    """
    The question put to each source.

    Attributes:
        index: Where the credential is for.
        project: What is to be uploaded.
        env: The process environment.
    """

    index: Index
    project: str
    env: Mapping[str, str]

    @property
    def registry(self) -> Registry:
        """The index's addresses."""
        return self.index.registry

    def accept(self, user: str, secret: Secret, source: str) -> Credential:
        """
        Return what *source* holds as a credential, hidden from now on.

        Raises:
            CredentialRefused: It is sure not to work; it was not sent anywhere.
        """
        if len(secret.reveal()) <= LONGEST:  # hiding more would take its time, and it is no secret
            self.index.requester.screen.mask(secret)
        secret = whole(secret, source, token=user == TOKEN_USER)
        self.index.requester.screen.mask(secret)
        if user != TOKEN_USER:
            if self.registry.site is not None:
                raise PasswordNotTaken(source, user, self.registry.name)
            return Credential(user, secret, source)
        now = self.index.requester.clock()
        facts = check_token(secret, source, registry=self.registry, project=self.project, now=now)
        return Credential(user, secret, source, facts.expires if facts else None)


def whole(secret: Secret, source: str, *, token: bool = True) -> Secret:
    """
    Return *secret* without the white space around it.

    Raises:
        SecretGarbled: There is something in it that cannot be part of it.
        SecretOdd: It is none, by its beginning or its length.
    """
    text = secret.reveal()
    if len(text) > LONGEST:
        raise SecretOdd(source, f"is {len(text):,} characters long")
    bare = Secret(text.strip())
    if problem := stray(bare, token=token):
        raise SecretGarbled(source, problem)
    if token and text.strip()[:1] in {'"', "'", "`"}:
        raise SecretOdd(source, "begins with a quotation mark")
    return bare


class Source(Protocol):
    """
    One place credentials come from.

    Attributes:
        name: For people.
        kind: What settings call it, and those like it.
    """

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def kind(self) -> str:
        """What settings call it, and those like it."""

    def offer(self, env: Mapping[str, str], registry: Registry, /) -> str | NotHere:
        """Say why this source would be asked, or why not; no network, no secret is read."""

    def foresee(self, asking: Asking, /) -> NotHere | None:
        """
        Say why it has nothing, as far as that shows here; `None`: it may have something.

        Called only after an offer, and for previews: what is here is read, and the index gets
        nothing of it.

        Raises:
            CredentialRefused: There is something, and it is sure not to work.
        """

    def ask(self, asking: Asking) -> Credential | NotHere:
        """
        Return the credential; called only after an offer.

        Raises:
            CredentialRefused: There is one, and it is sure not to work.
            IndexUnreachable: Nobody answered.
            GarbledAnswer: Somebody else did.
        """

"""
A package index and an OIDC issuer on loopback, for rehearsals and tests.

They behave as the real ones do, in so far as `docs/embedded-index.md` does not
say otherwise, and say of themselves that they are not.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.standins.clock import machine_clock
from releasio.standins.pages.simple import Simple
from releasio.standins.publishing import github_publishers, registrations, tokens
from releasio.standins.publishing.issuer import PATH as ISSUER
from releasio.standins.publishing.issuer import Issuer
from releasio.standins.publishing.mint import Mint, Provider
from releasio.standins.record import Log
from releasio.standins.routes import Routes
from releasio.standins.server import Server
from releasio.standins.sigstore.certified import extensions_of_github
from releasio.standins.sigstore.sigstore import Sigstore
from releasio.standins.site import Site
from releasio.standins.store import Store
from releasio.standins.uploads.uploads import Uploads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from types import TracebackType
    from typing import Self

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from releasio.standins.record import Request

OWNER = "rehearser"  # who owns projects and tokens unless somebody else is named


class EmbeddedIndex:
    """
    The index; its port is open and its addresses known from the start, it answers inside `with`.

    Args:
        clock: Tells the time, aware; moves only as tests wish.
        audience: What identity tokens for it are made for; empty: its host and port.
    """

    def __init__(
        self, *, clock: Callable[[], datetime] = machine_clock, audience: str = ""
    ) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="releasio-index-"))
        self._store = self._new_store()
        self._clock = clock
        self._log = Log()
        self._server = Server(self._app)
        self.audience = audience or self.url.partition("//")[2]
        self.issuer = self._new_issuer()
        providers = self._providers()
        self.sigstore = Sigstore(self.url, [*providers.values()], clock)
        routes = Routes(
            url=self.url,
            store=self._store,
            issuers={path: provider.issuer for path, provider in providers.items()},
            sigstore=self.sigstore,
            mint=self._new_mint([*providers.values()]),
            uploads=self._new_uploads(),
            simple=Simple(self.url),
            log=self._log,
        )
        self._site = self._site_of(routes)

    def _providers(self) -> Mapping[str, Provider]:
        """Return whose jobs may publish, by the first part of their issuers' addresses."""
        match, certified = github_publishers.match, extensions_of_github
        return {ISSUER: Provider(github_publishers.NAME, self.issuer, match, certified)}

    def _new_store(self) -> Store:
        return Store(self._folder)

    def _new_issuer(self) -> Issuer:
        return Issuer(self.url + ISSUER, self._clock)

    def _new_mint(self, providers: Sequence[Provider]) -> Mint:
        return Mint(self._store, providers, self._clock, audience=self.audience)

    def _new_uploads(self) -> Uploads:
        return Uploads(self._store, self._clock, self._trust_config)

    def _site_of(self, routes: Routes) -> Site:
        return Site(routes=routes, log=self._log)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return self._server.url

    @property
    def upload_url(self) -> str:
        """Where distributions are posted to."""
        return f"{self.url}/legacy/"

    @property
    def simple_url(self) -> str:
        """What pip takes as `--index-url`."""
        return f"{self.url}/simple/"

    @property
    def log(self) -> list[Request]:
        """What was asked of it, in order."""
        return self._log.requests()

    def user_token(self, projects: Sequence[str] | None = None, *, owner: str = OWNER) -> str:
        """Return a new API token of *owner*: for everything, or for the named projects."""
        with self._store.transaction() as records:
            registrations.open_account(records, owner)
            return tokens.user_token(records, owner, projects)

    def expect(
        self, project: str, *, repository: str, workflow: str, environment: str | None = None
    ) -> None:
        """Register a pending publisher: the first mint creates *project*."""
        identity = github_publishers.identity(repository, workflow, environment)
        with self._store.transaction() as records:
            registrations.expect(records, identity, project)

    def link(self, project: str, filename: str) -> str:
        """
        Return where a file can be downloaded, with its hash, as the project's page links it.

        Raises:
            KeyError: *project* has no such file.
        """
        with self._store.reading():
            files = {file.name: file for file in self._store.files_of(project)}
        return f"{self.url}/{files[filename].path}#sha256={files[filename].sha256}"

    def _trust_config(self) -> str:
        return self.sigstore.trust_config

    def _app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self._site(environ, start_response)

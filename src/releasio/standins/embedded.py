"""
A package index and an OIDC issuer on loopback, for rehearsals and tests.

They behave as the real ones do, in so far as `docs/embedded-index.md` does not
say otherwise, and say of themselves that they are not.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from packaging.utils import canonicalize_name, canonicalize_version

from releasio.standins.pages.simple import Simple
from releasio.standins.publishing import github_publishers, gitlab, registrations, tokens
from releasio.standins.publishing.gitlab import PATH as GITLAB
from releasio.standins.publishing.gitlab import GitLab
from releasio.standins.publishing.issuer import PATH as ISSUER
from releasio.standins.publishing.issuer import Issuer
from releasio.standins.publishing.mint import Mint, Provider
from releasio.standins.record import Log
from releasio.standins.routes import Routes
from releasio.standins.server import Server
from releasio.standins.sigstore.fulcio import LIFE
from releasio.standins.sigstore.sigstore import Sigstore
from releasio.standins.site import Site
from releasio.standins.store import Store, User
from releasio.standins.trouble.faults import Fault, Faults
from releasio.standins.uploads.received import Limits
from releasio.standins.uploads.uploads import Uploads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType
    from typing import Self

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from releasio.standins.record import Request
    from releasio.standins.store import Fields

OWNER = "rehearser"  # who owns projects and tokens unless somebody else is named


def machine_clock() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)


class EmbeddedIndex:
    """
    The index; its port is open and its addresses known from the start, it answers inside `with`.

    Args:
        clock: Tells the time, aware; moves only as tests wish.
        audience: What identity tokens for it are made for; empty: its host and port.
        state: Directory that keeps its contents, to be taken up by another index later.
        trusted_publishing: "disabled" answers 403 as after an operator's decision, "absent" 404
            as indexes do that have no such thing.
        limits: How large files and projects may be.
        reason_phrases: Without them, as over HTTP/2.
        certificate_life: How long a certificate of its Sigstore is valid.
    """

    issuer: Issuer
    gitlab: GitLab
    sigstore: Sigstore

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = machine_clock,
        audience: str = "",
        state: Path | None = None,
        trusted_publishing: Literal["on", "disabled", "absent"] = "on",
        limits: Limits | None = None,
        reason_phrases: bool = True,
        certificate_life: timedelta = LIFE,
    ) -> None:
        self._temporary = None if state else Path(tempfile.mkdtemp(prefix="releasio-index-"))
        root = state or self._temporary or Path()
        self._store = Store(root, persistent=state is not None)
        self._faults = Faults()
        self._log = Log()
        self._server = Server(self._app)
        self.issuer = Issuer(self.url + ISSUER, clock)
        audience = self.audience = audience or self.url.partition("//")[2]
        self.gitlab = GitLab(self.url + GITLAB, clock, audience)
        trusted = {github_publishers.NAME: self.issuer, gitlab.NAME: self.gitlab.issuer}
        self.sigstore = Sigstore(self.url, trusted, clock, certificate_life)
        providers = (
            Provider(github_publishers.NAME, self.issuer, github_publishers.match),
            Provider(gitlab.NAME, self.gitlab.issuer, self.gitlab.match),
        )
        mint = Mint(self._store, providers, clock, audience=audience, switch=trusted_publishing)
        routes = Routes(
            url=self.url,
            store=self._store,
            issuers={ISSUER: self.issuer, GITLAB: self.gitlab.issuer},
            sigstore=self.sigstore,
            mint=mint,
            uploads=Uploads(self._store, clock, self._trust_config, limits or Limits()),
            simple=Simple(self.url),
            log=self._log,
            trusted_publishing=trusted_publishing != "absent",
        )
        self._site = Site(
            routes=routes,
            store=self._store,
            faults=self._faults,
            log=self._log,
            clock=clock,
            reason_phrases=reason_phrases,
        )

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._site.stopping.set()
        self._server.stop()
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)

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

    def create_user(
        self, name: str, *, verified_email: bool = True, two_factor: bool = True
    ) -> None:
        """Open an account, or change an existing one."""
        with self._store.transaction() as records:
            records.users[name] = User(
                name=name, verified_email=verified_email, two_factor=two_factor
            )

    def create_project(self, name: str, *, owner: str = OWNER) -> None:
        """Create a project without files, in the hands of *owner*; an existing one stays as is."""
        with self._store.transaction() as records:
            registrations.open_project(records, name, owner)

    def user_token(self, projects: Sequence[str] | None = None, *, owner: str = OWNER) -> str:
        """Return a new API token of *owner*: for everything, or for the named projects."""
        with self._store.transaction() as records:
            registrations.open_account(records, owner)
            return tokens.user_token(records, owner, projects)

    def delete_token(self, token: str) -> None:
        """Take an API token back."""
        with self._store.transaction() as records:
            tokens.delete(records, token)

    def trust(
        self,
        project: str,
        *,
        repository: str,
        workflow: str,
        environment: str | None = None,
        owner_id: str | None = None,
    ) -> None:
        """
        Register a trusted publisher for *project*, which is created if need be.

        *repository* is `owner/name`, *workflow* the file's name, *owner_id* the owner's number;
        by default the one the issuer knows the name by.
        """
        who = github_publishers.identity(repository, workflow, environment, owner_id)
        with self._store.transaction() as records:
            registrations.trust(records, who, project, OWNER)

    def trust_gitlab(
        self,
        project: str,
        *,
        repository: str,
        workflow: str = ".gitlab-ci.yml",
        environment: str | None = None,
    ) -> None:
        """Do the same for a job of `gitlab`; *repository* is `namespace/name`."""
        who = gitlab.identity(repository, workflow, environment)
        with self._store.transaction() as records:
            registrations.trust(records, who, project, OWNER)

    def expect(
        self, project: str, *, repository: str, workflow: str, environment: str | None = None
    ) -> None:
        """Register a pending publisher: the first mint creates *project*."""
        who = github_publishers.identity(repository, workflow, environment)
        with self._store.transaction() as records:
            registrations.expect(records, who, project)

    def set_status(
        self, project: str, status: Literal["active", "archived", "quarantined"]
    ) -> None:
        """Give *project* another status."""
        with self._store.transaction() as records:
            records.projects[canonicalize_name(project)].status = status

    def delete_file(self, filename: str) -> None:
        """Delete a file; its name stays used."""
        with self._store.transaction() as records:
            file = records.files.pop(filename)
            records.serial += 1
            (self._store.root / file.path).unlink()

    def yank(
        self, project: str, version: str, reason: str = "", *, only: Sequence[str] = ()
    ) -> None:
        """Yank a release, or *only* some files of it, as other indexes than PyPI let one do."""
        with self._store.transaction() as records:
            records.serial += 1
            for file in self._store.files_of(project, version):
                if not only or file.name in only:
                    records.files[file.name] = replace(file, yanked=reason)

    def fail(
        self, *, on: str, how: str, times: int = 1, after: int = 0, seconds: float = 1.0
    ) -> None:
        """
        Let *times* requests of kind *on* go wrong, once *after* more of them have passed.

        See `Faults.add` for *how*. A stale page shows the index as it is now, and counts only
        once something has changed since. *seconds* is how slow `slow` is, what `429-wait` asks for,
        and how long after a change `stale-for` (whose *times* do not count) shows none of it.
        """
        fault = Fault(how=how, seconds=seconds, serial=self._store.records.serial)
        self._faults.add(on=on, fault=fault, times=times, after=after)

    def heal(self) -> None:
        """Let nothing go wrong any more."""
        self._faults.clear()

    def files(self, project: str) -> dict[str, str]:
        """Return the files of *project*, name to sha256, in the order they came."""
        with self._store.reading():
            return {file.name: file.sha256 for file in self._store.files_of(project)}

    def link(self, project: str, filename: str) -> str:
        """
        Return where a file can be downloaded, with its hash, as the project's page links it.

        Raises:
            KeyError: *project* has no such file.
        """
        with self._store.reading():
            paths = {file.name: file.path for file in self._store.files_of(project)}
        return f"{self.url}/{paths[filename]}#sha256={self.files(project)[filename]}"

    def projects(self) -> list[str]:
        """Return the names of all projects, as displayed."""
        with self._store.reading() as records:
            return [project.name for project in records.projects.values()]

    def metadata(self, project: str, version: str) -> Fields:
        """
        Return what the first file's upload said of a release, by form field.

        Raises:
            KeyError: There is no such release.
        """
        with self._store.reading() as records:
            releases = records.projects[canonicalize_name(project)].releases
            return dict(releases[canonicalize_version(version)].metadata)

    def _trust_config(self) -> str:
        return self.sigstore.trust_config

    def _app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self._site(environ, start_response)

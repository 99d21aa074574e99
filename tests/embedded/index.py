"""The embedded index, with what tests ask of it beyond a rehearsal."""

from __future__ import annotations

import shutil
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from packaging.utils import canonicalize_name, canonicalize_version

from releasio.standins import embedded
from releasio.standins.clock import machine_clock
from releasio.standins.embedded import OWNER
from releasio.standins.publishing import github_publishers, macaroons, registrations
from releasio.standins.publishing.issuer import PATH as ISSUER
from releasio.standins.publishing.mint import Provider
from releasio.standins.sigstore.fulcio import LIFE
from releasio.standins.store import Project, Publisher
from releasio.standins.uploads.received import Limits
from tests.embedded import gitlab
from tests.embedded.faults import Fault, Faults
from tests.embedded.github import JobIssuer
from tests.embedded.gitlab import GitLab
from tests.embedded.kept_store import KeptStore
from tests.embedded.site import FaultySite
from tests.embedded.states import (
    Accounts,
    PastStore,
    RoutesWithoutMint,
    StatefulMint,
    StatefulUploads,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime, timedelta
    from pathlib import Path
    from types import TracebackType

    from releasio.standins.routes import Routes
    from releasio.standins.store import Fields, Identity, Records


class EmbeddedIndex(embedded.EmbeddedIndex):
    """
    The index, with a GitLab beside it, owners who manage their projects, and faults to order.

    Args:
        clock: Tells the time, aware; moves only as tests wish.
        state: Directory that keeps its contents, to be taken up by another index later.
        reason_phrases: Without them, as over HTTP/2.
        trusted_publishing: "disabled" answers 403 as after an operator's decision, "absent" 404
            as indexes do that have no such thing.
        limits: How large files and projects may be.
        certificate_life: How long a certificate of its Sigstore is valid.
        audience: What identity tokens for it are made for; empty: its host and port.
    """

    gitlab: GitLab
    issuer: JobIssuer
    _site: FaultySite

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = machine_clock,
        state: Path | None = None,
        reason_phrases: bool = True,
        trusted_publishing: Literal["on", "disabled", "absent"] = "on",
        limits: Limits | None = None,
        certificate_life: timedelta = LIFE,
        audience: str = "",
    ) -> None:
        self._faults = Faults()
        self._state = state
        self._reason_phrases = reason_phrases
        self._trusted_publishing = trusted_publishing
        self._limits = limits or Limits()
        self._accounts = Accounts()
        super().__init__(clock=clock, audience=audience)
        self.sigstore.certificate_life = certificate_life

    def _new_store(self) -> PastStore:
        return KeptStore(self._state) if self._state else PastStore(self._folder)

    def _new_issuer(self) -> JobIssuer:
        return JobIssuer(self.url + ISSUER, self._clock)

    def _new_mint(self, providers: Sequence[Provider]) -> StatefulMint:
        return StatefulMint(
            self._store,
            providers,
            self._clock,
            audience=self.audience,
            disabled=self._trusted_publishing == "disabled",
        )

    def _new_uploads(self) -> StatefulUploads:
        return StatefulUploads(
            store=self._store,
            clock=self._clock,
            trust_config=self._trust_config,
            limits=self._limits,
            accounts=self._accounts,
        )

    def _providers(self) -> Mapping[str, Provider]:
        self.gitlab = GitLab(self.url + gitlab.PATH, self._clock, self.audience)
        theirs = Provider(gitlab.NAME, self.gitlab.issuer, self.gitlab.match, gitlab.certified)
        return {**super()._providers(), gitlab.PATH: theirs}

    def _site_of(self, routes: Routes) -> FaultySite:
        if self._trusted_publishing == "absent":
            routes = RoutesWithoutMint(**vars(routes))
        return FaultySite(
            routes=routes,
            log=self._log,
            store=self._store,
            faults=self._faults,
            clock=self._clock,
            reason_phrases=self._reason_phrases,
        )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._site.stopping.set()
        super().__exit__(kind, error, trace)

    def create_user(
        self, name: str, *, verified_email: bool = True, two_factor: bool = True
    ) -> None:
        """Open an account, or change an existing one."""
        lacking = {"verified_email": not verified_email, "two_factor": not two_factor}
        self._accounts.lacking[name] = {what for what, lacks in lacking.items() if lacks}
        with self._store.transaction() as records:
            registrations.open_account(records, name)

    def create_project(self, name: str, *, owner: str = OWNER) -> None:
        """Create a project without files, in the hands of *owner*; an existing one stays as is."""
        with self._store.transaction() as records:
            _open_project(records, name, owner)

    def take_over(self, folder: Path) -> None:
        """Know all that an index knew whose `state` was *folder*."""
        with self._store.transaction() as records:
            vars(records).update(vars(KeptStore(folder).records))
            shutil.copytree(folder, self._store.root, dirs_exist_ok=True)

    def memory(self) -> Records:
        """Return a copy of all that it knows."""
        with self._store.reading() as records:
            return deepcopy(records)

    def remember(self, memory: Records) -> None:
        """Know what is in *memory*, and nothing else."""
        with self._store.transaction() as records:
            vars(records).update(vars(deepcopy(memory)))

    def delete_token(self, token: str) -> None:
        """Take an API token back."""
        with self._store.transaction() as records:
            del records.keys[macaroons.parse(token).identifier]

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
        self._trust(who, project)

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
        self._trust(who, project)

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

    def _trust(self, who: Identity, project: str) -> None:
        """Let *who* publish *project*, which is created if need be."""
        normalised = canonicalize_name(project)
        with self._store.transaction() as records:
            _open_project(records, project, OWNER)
            for publisher in records.publishers:
                if publisher.identity == who:
                    publisher.projects = sorted({*publisher.projects, normalised})
                    return
            records.publishers.append(Publisher(identity=who, projects=[normalised]))


def _open_project(records: Records, name: str, owner: str) -> None:
    registrations.open_account(records, owner)
    if canonicalize_name(name) not in records.projects:
        records.serial += 1
        project = Project(name=name, owner=owner, born=records.serial)
        records.projects[canonicalize_name(name)] = project

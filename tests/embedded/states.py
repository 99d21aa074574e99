"""States that a rehearsal's index is never in: what operators switch off, and old pages."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from releasio.standins.publishing.mint import Code, Failure, Mint
from releasio.standins.responses import HELP, Refused, as_json
from releasio.standins.routes import Routes
from releasio.standins.store import File, Project, Store
from releasio.standins.uploads.uploads import Uploads
from tests.embedded.outages import TOO_MANY

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

    from releasio.standins.publishing.mint import Provider
    from releasio.standins.publishing.tokens import Bearer
    from releasio.standins.routes import Handler
    from releasio.standins.store import Provenance, Records
    from releasio.standins.uploads.received import Received

# of the request that is answered: the state it meets, such as `read-only`, and the last change
# that may be seen; None: all of them
STATE: ContextVar[str] = ContextVar("STATE", default="")
HORIZON: ContextVar[int | None] = ContextVar("HORIZON", default=None)
_ADMIN = f"See {HELP}#admin-intervention for more information."


class PastStore(Store):
    """Records that are shown as they were at the `HORIZON`."""

    def project(self, name: str) -> Project | None:
        project = super().project(name)
        return None if project is None or _is_hidden(project.born) else project

    def files_of(self, project: str, version: str | None = None) -> list[File]:
        files = super().files_of(project, version)
        return [file for file in files if not _is_hidden(file.serial)]


def _is_hidden(serial: int) -> bool:
    horizon = HORIZON.get()
    return horizon is not None and serial > horizon


@dataclass(frozen=True)
class Accounts:
    """What the accounts of users lack, by their names: `verified_email`, `two_factor`."""

    lacking: dict[str, set[str]] = field(default_factory=dict)

    def refuse(self, name: str) -> None:
        """Refuse the user *name* whose account is not in order."""
        opening = f"User '{name}', associated with the API token used, does not have"
        missing = self.lacking.get(name, set())
        if "verified_email" in missing:
            raise Refused(
                403,
                f"{opening} a verified primary email address. Please add a verified primary email "
                f"before attempting to upload to PyPI. See {HELP}#verified-email for more "
                "information.",
            )
        if "two_factor" in missing:
            raise Refused(
                403,
                f"{opening} two-factor authentication enabled. Please enable two-factor "
                "authentication before attempting to upload to PyPI. See "
                f"{HELP}#two-factor-authentication for more information.",
            )


@dataclass(frozen=True, kw_only=True)
class StatefulUploads(Uploads):
    """Uploads to an index that takes none, or not these."""

    accounts: Accounts

    def receive(self, request: Request) -> None:
        if STATE.get() == "read-only":
            raise Refused(403, "Read-only mode: Uploads are temporarily disabled.")
        if STATE.get() == "uploads-off":
            raise Refused(403, f"New uploads are temporarily disabled. {_ADMIN}")
        super().receive(request)

    def refuse_account(self, bearer: Bearer) -> None:
        if bearer.user:
            self.accounts.refuse(bearer.user.name)

    def refuse_creation(self, records: Records, bearer: Bearer, name: str) -> None:
        match STATE.get() if bearer.user else "":
            case "registration-off":
                words = f"New project registration temporarily disabled. {_ADMIN}"
                raise Refused(403, words)
            case "too-many-projects":
                raise Refused(429, "Too many new projects created", TOO_MANY)
            case "name-taken":
                see = f"See {HELP}#project-name for more information."
                raise Refused(409, f"The name {name!r} conflicts with an existing project. {see}")
        super().refuse_creation(records, bearer, name)

    def provenance(
        self, text: str, bearer: Bearer, filename: str, received: Received
    ) -> Provenance | None:
        if STATE.get() == "attestations-off":
            return None
        return super().provenance(text, bearer, filename, received)


class StatefulMint(Mint):
    """
    Trusted publishing that an operator may have switched off.

    Args:
        options: What a rehearsal's mint takes, and whether it is *disabled*.
    """

    def __init__(self, *args: Any, disabled: bool, **options: Any) -> None:  # noqa: ANN401 -- of the class above
        super().__init__(*args, **options)
        self._disabled = disabled

    def audience(self) -> Response:
        if self._disabled:
            return as_json({"message": "Trusted publishing functionality not enabled"}, 403)
        return super().audience()

    def verified(self, token: str, provider: Provider) -> dict[str, Any]:
        if self._disabled:
            words = f"{provider.name} trusted publishing functionality not enabled"
            raise Failure(Code.NOT_ENABLED, words)
        if STATE.get() == "unknown-key":
            raise Failure(Code.INVALID_TOKEN, "malformed or invalid token")
        return super().verified(token, provider)


class RoutesWithoutMint(Routes):
    """The addresses of an index that has no trusted publishing."""

    def find(self, request: Request) -> tuple[str, Handler]:
        if request.path.startswith("/_/oidc/"):
            return "other", self._other
        return super().find(request)

"""Who may upload at all, and create projects by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.publishing import names
from releasio.standins.responses import HELP, TOO_MANY, Refused

if TYPE_CHECKING:
    from releasio.standins.publishing.tokens import Bearer
    from releasio.standins.store import Records


def refuse_account(bearer: Bearer) -> None:
    """
    Refuse a user whose account is not in order; publishers have none.

    Raises:
        Refused: With the index's words.
    """
    if not bearer.user:
        return
    opening = f"User '{bearer.user.name}', associated with the API token used, does not have"
    if not bearer.user.verified_email:
        raise Refused(
            403,
            f"{opening} a verified primary email address. Please add a verified primary email "
            f"before attempting to upload to PyPI. See {HELP}#verified-email for more information.",
        )
    if not bearer.user.two_factor:
        raise Refused(
            403,
            f"{opening} two-factor authentication enabled. Please enable two-factor authentication "
            f"before attempting to upload to PyPI. See {HELP}#two-factor-authentication for more "
            "information.",
        )


def refuse_creation(records: Records, bearer: Bearer, name: str, modes: frozenset[str]) -> None:
    """
    Refuse *bearer* a new project called *name*.

    Raises:
        Refused: Because of who it is, the name, or the *modes* the index is in.
    """
    if not bearer.user:
        raise Refused(
            400,
            "Non-user identities cannot create new projects. This was probably caused by "
            "successfully using a pending publisher but specifying the project name incorrectly "
            "(either in the publisher or in your project's metadata). Please ensure that both "
            f"match. See: {HELP}#trusted-publishers-troubleshooting",
        )
    if "registration-off" in modes:
        see = f"See {HELP}#admin-intervention for more information."
        raise Refused(403, f"New project registration temporarily disabled. {see}")
    if "too-many-projects" in modes:
        raise Refused(429, "Too many new projects created", TOO_MANY)
    if "name-taken" in modes:
        see = f"See {HELP}#project-name for more information."
        raise Refused(409, f"The name {name!r} conflicts with an existing project. {see}")
    names.refuse_name(name, records.projects)

"""What is wrong with where the settings say that the forge is."""

from __future__ import annotations

from releasio.errors.base import USAGE, ReleasioError


class ForgeAddressContradicts(ReleasioError):
    """
    `github.api_url` is the address of another kind of forge than the repository is on.

    Each kind has its own: GitHub Enterprise Server ends in `/api/v3`, GitLab in `/api/v4`, Gitea
    and Forgejo in `/api/v1`. Nothing was asked of either.
    """

    exit_code = USAGE
    message = "`github.api_url` is {address}, the interface of a {product}, but {reason}"
    hint = "Correct github.api_url, or take it out: the usual one of the host is known."
    address: str
    product: str
    reason: str

"""Trusted publishing from a machine of Google Cloud, such as a Cloud Build worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from releasio.auth.trusted.exchange import exchange
from releasio.rules.credentials.credential import Credential, NotHere
from releasio.rules.credentials.policy import TRUSTED
from releasio.world.ci.ci import ci_name
from releasio.world.ci.machine import product_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from releasio.auth.asking import Asking
    from releasio.rules.credentials.secret import Secret
    from releasio.rules.index.registry import Registry

ACCOUNT = "GOOGLE_SERVICE_ACCOUNT_NAME"
_PRODUCTS = {"Google", "Google Compute Engine"}


@dataclass(frozen=True)
class GoogleSource:
    """The identity of the machine's service account, or of the one that a variable names."""

    product: Callable[[], str] = product_name
    name: str = "trusted publishing (Google Cloud)"
    kind: str = TRUSTED

    def offer(self, env: Mapping[str, str], _registry: Registry) -> str | NotHere:
        """It applies where a service account is named, or the machine is Google's and no CI."""
        if env.get(ACCOUNT, "").strip():
            return f"{ACCOUNT} is set"
        if ci_name(env):
            # many CIs run their jobs on machines of Google's; the account is not the job's
            return NotHere(f"{ACCOUNT} is not set")
        # the variable by which Google's own libraries are told not to look
        if env.get("NO_GCE_CHECK", "").lower() != "true" and self.product() in _PRODUCTS:
            return "the machine is Google's"
        return NotHere("not a machine of Google's")

    def foresee(self, _asking: Asking) -> NotHere | None:
        """What the machine is, its metadata server tells only when it is asked."""
        return None

    def ask(self, asking: Asking) -> Credential | NotHere:
        """Learn the audience, fetch an identity for it, and mint."""
        # httpx is only for those who are going to publish
        from releasio.world.ci.google import METADATA_HOST, GoogleIdentity

        def fetcher(audience: str) -> Callable[[], Secret]:
            account = asking.env.get(ACCOUNT, "").strip()
            host = asking.env.get(METADATA_HOST, "").strip()
            return GoogleIdentity(audience, asking.index.requester, account, host).fetch

        return exchange(asking, self.name, fetcher)

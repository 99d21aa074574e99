"""Trusted publishing from a machine of Google Cloud, such as a Cloud Build worker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.auth.exchange import exchange
from releasio.rules.credential import Credential, NotHere
from releasio.rules.terms import TRUSTED
from releasio.world.ci import ci_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from releasio.auth.asking import Asking
    from releasio.rules.registry import Registry
    from releasio.rules.secret import Secret

ACCOUNT = "GOOGLE_SERVICE_ACCOUNT_NAME"
_PRODUCT = Path("/sys/class/dmi/id/product_name")  # what the firmware calls the machine
_PRODUCTS = {"Google", "Google Compute Engine"}


@dataclass(frozen=True)
class GoogleSource:
    """The identity of the machine's service account, or of the one that a variable names."""

    product: Path = _PRODUCT
    name: str = "trusted publishing (Google Cloud)"
    kind: str = TRUSTED

    def offer(self, env: Mapping[str, str], registry: Registry) -> str | NotHere:  # noqa: ARG002
        """It applies where a service account is named, or the machine is Google's and no CI."""
        if env.get(ACCOUNT, "").strip():
            return f"{ACCOUNT} is set"
        if ci_name(env):
            # many CIs run their jobs on machines of Google's; the account is not the job's
            return NotHere(f"{ACCOUNT} is not set")
        # the variable by which Google's own libraries are told not to look
        if env.get("NO_GCE_CHECK", "").lower() != "true" and self._is_googles():
            return "the machine is Google's"
        return NotHere("not a machine of Google's")

    def ask(self, asking: Asking) -> Credential | NotHere:
        """Learn the audience, fetch an identity for it, and mint."""
        # httpx is only for those who are going to publish
        from releasio.world.google import METADATA_HOST, GoogleIdentity  # noqa: PLC0415

        def fetcher(audience: str) -> Callable[[], Secret]:
            account = asking.env.get(ACCOUNT, "").strip()
            host = asking.env.get(METADATA_HOST, "").strip()
            return GoogleIdentity(audience, asking.index.wire, account, host).fetch

        return exchange(asking, self.name, fetcher)

    def _is_googles(self) -> bool:
        try:
            return self.product.read_text(encoding="utf-8").strip() in _PRODUCTS
        except (OSError, UnicodeDecodeError):
            return False

"""What says where a Sigstore is, and what it is trusted by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.auth.attestation import TrustConfigUnusable
from releasio.text.json_text import read_json
from releasio.world.plain_file import read_plain
from releasio.world.sigstore.calls import patiently
from releasio.world.sigstore.trouble import beginning_of

if TYPE_CHECKING:
    from pathlib import Path

    from sigstore.models import ClientTrustConfig

    from releasio.world.http.requester import Requester

_ROOT = "Sigstore's trust root"
_SHOWN = 3  # what is wrong in a file, before the rest is only counted


def read_trust(path: Path, label: str) -> ClientTrustConfig:
    """
    Read the ClientTrustConfig at *path*, which the settings call *label*.

    Raises:
        TrustConfigUnusable: There is none, or it cannot be signed with, or nobody could check
            what was signed.
    """
    from sigstore.models import ClientTrustConfig  # an extra, and 400 ms

    try:
        text = read_plain(path).decode("utf-8")
        config = ClientTrustConfig.from_json(text)
        config.force_tlog_version = 1
        is_usable = config.trusted_root.get_fulcio_certs() and config.signing_config.get_tlogs()
        config.signing_config.get_fulcio()
    except FileNotFoundError:
        raise TrustConfigUnusable(label, "does not exist") from None
    except OSError as error:
        raise TrustConfigUnusable(label, f"cannot be read: {error.strerror}") from None
    except Exception as error:
        # whatever is wrong in it: the libraries' errors for that have no common kind
        problem = f"is no ClientTrustConfig: {_fault_list(error)}"
        raise TrustConfigUnusable(label, problem) from error
    if not is_usable:
        raise TrustConfigUnusable(label, "names no Fulcio, or no Rekor of version 1")
    if unchecked := _unchecked(text):
        raise TrustConfigUnusable(label, f"has no log to check {unchecked}")
    return config


def _unchecked(text: str) -> str:
    """Return what the ClientTrustConfig *text* cannot check; the library asks when it is late."""
    root = read_json(text)["trustedRoot"]
    logs = {"tlogs": "signatures", "ctlogs": "certificates"}
    missing_logs = [
        f"{use} by (trustedRoot.{key})" for key, use in logs.items() if not root.get(key)
    ]
    return ", nor ".join(missing_logs)


def public_trust(requester: Requester) -> ClientTrustConfig:
    """
    Fetch what the public Sigstore is trusted by.

    Raises:
        SigstoreUnreachable: It cannot be had.
    """
    from sigstore.models import ClientTrustConfig  # an extra, and 400 ms

    config = patiently(requester, _ROOT, "anything", ClientTrustConfig.production)
    # attestations have no room for the time stamps that Rekor's version 2 needs beside it
    config.force_tlog_version = 1
    return config


def _fault_list(error: Exception) -> str:
    """Say what is wrong, field by field where the library knows it."""
    from pydantic import ValidationError  # comes with the extra

    if not isinstance(error, ValidationError):
        return beginning_of(str(error)) or type(error).__name__
    faults = [
        ": ".join([*filter(None, [".".join(map(str, fault["loc"]))]), fault["msg"]])
        for fault in error.errors(include_input=False, include_url=False)
    ]
    hidden_count = len(faults) - _SHOWN
    return "; ".join(faults[:_SHOWN] + ([f"and {hidden_count} more"] if hidden_count > 0 else []))

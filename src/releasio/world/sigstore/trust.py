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

    from releasio.world.index.wire import Wire

_ROOT = "Sigstore's trust root"
_SHOWN = 3  # what is wrong in a file, before the rest is only counted


def read_trust(path: Path, shown: str) -> ClientTrustConfig:
    """
    Read the ClientTrustConfig at *path*, which the settings call *shown*.

    Raises:
        TrustConfigUnusable: There is none, or it cannot be signed with, or nobody could check
            what was signed.
    """
    from sigstore.models import ClientTrustConfig  # an extra, and 400 ms

    try:
        text = read_plain(path).decode("utf-8")
        config = ClientTrustConfig.from_json(text)
        config.force_tlog_version = 1
        usable = config.trusted_root.get_fulcio_certs() and config.signing_config.get_tlogs()
        config.signing_config.get_fulcio()
    except FileNotFoundError:
        raise TrustConfigUnusable(shown, "does not exist") from None
    except OSError as error:
        raise TrustConfigUnusable(shown, f"cannot be read: {error.strerror}") from None
    except Exception as error:
        # whatever is wrong in it: the libraries' errors for that have no common kind
        problem = f"is no ClientTrustConfig: {_faults(error)}"
        raise TrustConfigUnusable(shown, problem) from error
    if not usable:
        raise TrustConfigUnusable(shown, "names no Fulcio, or no Rekor of version 1")
    if lacking := _lacking(text):
        raise TrustConfigUnusable(shown, f"has no log to check {lacking}")
    return config


def _lacking(text: str) -> str:
    """Return what the ClientTrustConfig *text* cannot check; the library asks when it is late."""
    root = read_json(text)["trustedRoot"]
    logs = {"tlogs": "signatures", "ctlogs": "certificates"}
    each = [f"{what} by (trustedRoot.{key})" for key, what in logs.items() if not root.get(key)]
    return ", nor ".join(each)


def public_trust(wire: Wire) -> ClientTrustConfig:
    """
    Fetch what the public Sigstore is trusted by.

    Raises:
        SigstoreUnreachable: It cannot be had.
    """
    from sigstore.models import ClientTrustConfig  # an extra, and 400 ms

    config = patiently(wire, _ROOT, "anything", ClientTrustConfig.production)
    # attestations have no room for the time stamps that Rekor's version 2 needs beside it
    config.force_tlog_version = 1
    return config


def _faults(error: Exception) -> str:
    """Say what is wrong, field by field where the library knows it."""
    from pydantic import ValidationError  # comes with the extra

    if not isinstance(error, ValidationError):
        return beginning_of(str(error)) or type(error).__name__
    each = [
        ": ".join([*filter(None, [".".join(map(str, one["loc"]))]), one["msg"]])
        for one in error.errors(include_input=False, include_url=False)
    ]
    more = len(each) - _SHOWN
    return "; ".join(each[:_SHOWN] + ([f"and {more} more"] if more > 0 else []))

"""A server on loopback that speaks TLS with a certificate that nobody vouches for."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def self_signed(folder: Path) -> Iterator[str]:
    """Serve until the end of the block; nobody who looks at the certificate gets any further."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_written(folder))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=_greet, args=(listening, context))
        thread.start()
        port = listening.getsockname()[1]
        try:
            yield f"https://127.0.0.1:{port}"
        finally:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)) as last:
                last.sendall(b"end")
            thread.join()


def _greet(listening: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        accepted, _ = listening.accept()
        with accepted:
            if accepted.recv(3, socket.MSG_PEEK) == b"end":
                return
            with suppress(OSError), context.wrap_socket(accepted, server_side=True):
                pass


def _written(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a proxy's own")])
    now, here = datetime.now(UTC), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .sign(key, hashes.SHA256())
    )
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    private = key.private_bytes(encoding, form, serialization.NoEncryption())
    path = folder / "self-signed.pem"
    path.write_bytes(private + certificate.public_bytes(encoding))
    return path

"""The other end of the wire: an index, issuers and a Sigstore, on loopback."""

"""The formats that a changelog may have, as far as it needs them."""

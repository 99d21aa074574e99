"""The embedded index and issuer, and the rehearsal that releases against them."""

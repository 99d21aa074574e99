"""Forges on loopback: real git objects in a bare repository, and an interface over them."""

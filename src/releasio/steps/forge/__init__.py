"""Steps on the forge: a release as a draft, its files, its publication, and what follows it."""

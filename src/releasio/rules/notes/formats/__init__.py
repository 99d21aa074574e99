"""Sections of changelogs in other formats, as the Markdown that forges and summaries show."""

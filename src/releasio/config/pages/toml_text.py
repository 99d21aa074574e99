"""Values as TOML has them."""

from __future__ import annotations

from releasio.config.reading.mistakes import dotted


def toml(value: object) -> str:
    """Return a plain *value* as TOML would have it; `-` for none."""
    import json

    match value:
        case None:
            return "-"
        case list():
            return f"[{', '.join(toml(member) for member in value)}]"
        case dict():
            inside = ", ".join(
                f"{dotted((name,))} = {toml(member)}" for name, member in value.items()
            )
            return f"{{ {inside} }}" if inside else "{}"
        case _:
            return json.dumps(value, ensure_ascii=False)

"""Jinja2 templates of a project, rendered where they can reach nothing and end soon."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn

from releasio.errors.project.template import TemplateFails, TemplateLibraryMissing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import FrameType

    from _typeshed import TraceFunction
    from jinja2.sandbox import ImmutableSandboxedEnvironment

_Value = Any  # of a template

MOST_STEPS = 1_000_000  # lines of the compiled template; 10,000 entries take 100,000
MOST_CHARACTERS = 1_000_000  # of any text on the way
_MOST_BLANKS = 100
_FILENAME = "<template>"
# filters and methods that make a text of any length from a number
_WIDE = frozenset({"center", "ljust", "rjust", "zfill", "expandtabs", "format", "format_map"})
_MANY = frozenset({"join", "replace", "translate"})  # methods; the filters have bounds
_NOT_OFFERED = ("batch", "slice", "wordwrap", "pprint", "xmlattr", "urlize", "random")
_NO_OTHERS = "it includes, imports or extends another one, and there are none"
_TOO_DEEP = "it is nested too deep, or calls itself without an end"


class _TooMuch(Exception):
    """The template goes on for too long."""


def render_template(source: str, name: str, values: Mapping[str, object]) -> str:
    """
    Return what the template *source* makes of *values*.

    It can neither import, include nor read anything, change no value, and call nothing of Python
    beside what its values offer. A name that is not among *values* is a mistake.

    Args:
        source: The template.
        name: What errors call it: its file, or the setting.
        values: What it may show, deeply immutable.

    Raises:
        TemplateLibraryMissing: Jinja2 is not installed.
        TemplateFails: It is no template, names what is not there, does what it may not, or
            goes on for more than `MOST_STEPS` or `MOST_CHARACTERS`.

    Source: https://jinja.palletsprojects.com/en/stable/sandbox/
    """
    try:
        import jinja2
    except ImportError:
        raise TemplateLibraryMissing(name) from None
    try:
        template = _environment().from_string(source)
        joined = template.root_render_func.__globals__
        joined["str_join"] = joined["markup_join"] = _joined
        return _bounded(template.generate(**values))
    except jinja2.TemplateSyntaxError as error:
        raise TemplateFails(name, error.message or "no template", line=error.lineno) from None
    except (_TooMuch, RecursionError, MemoryError) as error:
        problem = _TOO_DEEP if isinstance(error, RecursionError) else str(error)
        problem = problem or "it goes on for too long"
        raise TemplateFails(name, problem, line=_line_of(error)) from None
    except Exception as error:  # noqa: BLE001 -- whatever a template can make Python say
        raise TemplateFails(name, _words(error), line=_line_of(error)) from None


def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Jinja2's sandbox, with bounds for what a number can make of a text."""

        intercepted_binops = frozenset({"*", "**", "%", "+"})
        concat = staticmethod(_joined)

        def call_binop(self, context: _Value, operator: str, left: _Value, right: _Value) -> _Value:
            if operator == "+" and isinstance(left, str) and isinstance(right, str):
                return _joined((left, right))
            if operator == "**" or (operator != "+" and not _are_small(left, right)):
                _refuse(f"`{operator}` is not offered for these values")
            return super().call_binop(context, operator, left, right)

        def is_safe_attribute(self, obj: _Value, attr: str, value: _Value) -> bool:
            return attr not in _WIDE | _MANY and super().is_safe_attribute(obj, attr, value)

    environment = Sandbox(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    for name in (*_WIDE, *_NOT_OFFERED):
        environment.filters.pop(name, None)
    environment.filters["join"] = _join
    environment.filters["replace"] = _replace
    environment.filters["indent"] = _indent
    environment.globals = {name: environment.globals[name] for name in ("range", "namespace")}
    return environment


def _bounded(parts: Iterable[str]) -> str:
    """Return *parts* as one text; stop what takes too many steps, or gets too long."""
    steps = 0

    def count(_frame: FrameType, event: str, _arg: object) -> TraceFunction:
        nonlocal steps
        steps += event == "line"
        if steps > MOST_STEPS:
            _refuse(f"it takes more than {MOST_STEPS:,} steps")
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        return _joined(parts)
    finally:
        sys.settrace(before)


def _joined(parts: Iterable[object]) -> str:
    texts, length = [], 0
    for part in parts:
        text = str(part)
        length += len(text)
        if length > MOST_CHARACTERS:
            _refuse(f"it makes a text of more than {MOST_CHARACTERS:,} characters")
        texts.append(text)
    return "".join(texts)


def _are_small(*values: object) -> bool:
    return all(isinstance(value, int | float) and abs(value) < MOST_CHARACTERS for value in values)


def _join(values: Iterable[object], separator: str = "", attribute: str | None = None) -> str:
    """Return *values*, or an *attribute* of each, with *separator* between them."""
    parts: list[object] = []
    for value in values:
        parts += [separator] if parts else []
        parts.append(value[attribute] if attribute else value)  # type: ignore[index] # else: an error
    return _joined(parts)


def _replace(text: str, old: str, new: str) -> str:
    parts: list[str] = []
    for piece in str(text).split(old):
        parts += [new] if parts else []
        parts.append(piece)
    return _joined(parts)


def _indent(text: str, width: int = 4, first: bool = False) -> str:  # noqa: FBT001, FBT002 -- Jinja2's own form
    """Return *text* with *width* blanks before its lines, before the *first* one if asked for."""
    if not 0 <= width <= _MOST_BLANKS:
        _refuse(f"indent takes a width up to {_MOST_BLANKS}")
    lines = str(text).split("\n")
    blanks = " " * width
    indented = [
        blanks + line if line and (number or first) else line for number, line in enumerate(lines)
    ]
    return _joined("\n".join(indented))


def _refuse(words: str) -> NoReturn:
    raise _TooMuch(words)


def _line_of(error: BaseException) -> int | None:
    """Return the line of the template where *error* was raised."""
    from jinja2 import Template

    line, trace = None, error.__traceback__
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            line = template.get_corresponding_lineno(trace.tb_lineno)
        elif trace.tb_frame.f_code.co_filename == _FILENAME:
            line = trace.tb_lineno  # Jinja2 has rewritten the traceback already
        trace = trace.tb_next
    return line


def _words(error: Exception) -> str:
    words = " ".join(str(error).split()) or type(error).__name__
    return _NO_OTHERS if words.startswith("no loader for") else words

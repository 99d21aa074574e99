"""How every command ends: errors in words, the JSON document, the exit code."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import click

from releasio.cli.signals import INTERRUPTED, status
from releasio.errors.base import FAILED, Problems, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.cli.context import App
    from releasio.cli.screen import Terminal


@contextmanager
def doorway(app: App) -> Iterator[None]:
    """
    Turn how a command ended into words and an exit code: the one handler.

    A foreseen error shows no traceback; an unforeseen one always does.
    """
    try:
        yield
    except ReleasioError as error:
        report(app, error)
        finish(app, exit_code(error))
    except BrokenPipeError:
        raise  # whoever read our output has gone, such as `head`: click ends quietly
    except OSError as error:
        from releasio.errors.request import SystemRefused

        report(app, SystemRefused.of(error))
        finish(app, SystemRefused.exit_code)
    except KeyboardInterrupt:
        from releasio.world.processes.foreign import give_back

        give_back()
        with suppress(OSError):  # the terminal may be what has gone
            app.screen.complain(INTERRUPTED)
            _stand(app)
        _tell(app, INTERRUPTED)
        finish(app, status())
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception:  # noqa: BLE001 -- whatever it is, Python would show it whole
        _tell(app, "releasio broke down; the job's log has the traceback.")
        _show_traceback(app)
        finish(app, FAILED)
    else:
        finish(app, 0)


def _tell(app: App, sentence: str) -> None:
    from releasio.cli.show.failure import tell_end

    with suppress(OSError):  # how it ended matters more than where it is written
        tell_end(app, sentence)


def _show_traceback(app: App) -> None:
    """Show what Python would, without the secrets that a library's words may hold."""
    import traceback

    with suppress(OSError):
        app.screen.complain(traceback.format_exc().rstrip())


def finish(app: App, code: int) -> None:
    """Print the JSON document, if one was asked for, give it to the job, and leave."""
    if app.env.get("GITHUB_STEP_SUMMARY") and not app.has_page:
        from releasio.cli.show.job.said import tell_said

        with suppress(OSError):  # how it ended matters more than where it is written
            tell_said(app, code)
    if app.as_json or app.env.get("GITHUB_OUTPUT"):
        from releasio.text.json_text import write_json

        app.document["exit_code"] = code
        app.document["notes"] = app.screen.notes
        document = {name: _hidden(value, app.screen) for name, value in app.document.items()}
        if app.as_json:
            code = _print(app, write_json(document)) or code
        _hand_over(app, document)
    sys.exit(code)


def _hand_over(app: App, document: dict[str, Any]) -> None:
    """Give the job the document as its output `json`; what it did counts more than what it says."""
    from releasio.cli.show.job.document_output import document_output
    from releasio.cli.show.outputs import append_outputs

    try:
        append_outputs(app.env, {"json": document_output(document)})
    except OSError as error:
        app.screen.complain(f"the output json cannot be written: {error.strerror}")


def _print(app: App, text: str) -> int:
    """Print the document; return what to exit with if it cannot be, such as on a full disk."""
    try:
        app.screen.raw(text)
    except BrokenPipeError:
        raise  # as in `doorway`
    except OSError as error:
        app.screen.complain(f"error: the document cannot be written: {error.strerror}")
        from releasio.errors.request import SystemRefused

        return SystemRefused.exit_code
    return 0


def _hidden(value: object, screen: Terminal) -> object:
    """Return *value* without the secrets in any of its strings."""
    match value:
        case str():
            return screen.hide(value)
        case dict():
            return {name: _hidden(inner, screen) for name, inner in value.items()}
        case list() | tuple():
            return [_hidden(inner, screen) for inner in value]
    return value


def exit_code(error: ReleasioError) -> int:
    """Return what the process exits with for *error*; of several, the gravest."""
    return error.worst if isinstance(error, Problems) else error.exit_code


def each(error: ReleasioError) -> tuple[ReleasioError, ...]:
    """Return the errors that *error* stands for."""
    return error.problems if isinstance(error, Problems) else (error,)


def report(app: App, error: ReleasioError) -> None:
    """Show every error with its hint and code, and annotate CI's log."""
    from releasio.cli.show.alike import folded, of_others
    from releasio.cli.show.annotate import annotation
    from releasio.cli.show.credentials import show_sources
    from releasio.cli.show.failure import tell_failure

    errors = each(error)
    app.document["errors"] = [as_data(problem) for problem in errors]
    for problem, others in folded(errors, every=app.verbose):
        place = f"{problem.path}:{problem.line}: " if problem.path and problem.line else ""
        kind, color = ("error", "red") if problem.exit_code else ("note", "yellow")
        app.screen.complain(f"{kind}: {place}{problem}", fg=color, bold=True)
        if problem.hint:
            app.screen.complain(f"  {problem.hint}")
        app.screen.complain(f"  (releasio explain {problem.code})", dim=True)
        if others:
            app.screen.complain(f"  {of_others(others)}")
        if app.screen.actions:
            level = "error" if exit_code(error) else "notice"
            app.screen.raw(annotation(problem, app.screen, level), error=True)
    show_sources(app.screen, errors, verbose=app.verbose)
    _stand(app)
    tell_failure(app, errors, exit_code(error))


def _stand(app: App) -> None:
    if standing := app.standing():
        app.document["standing"] = standing
        app.screen.complain(standing)


def as_data(error: ReleasioError) -> dict[str, Any]:
    """Return *error* as it stands in the JSON document."""
    return {
        "code": error.code,
        "message": str(error),
        "hint": error.hint,
        "path": error.path,
        "line": error.line,
    }

"""`releasio check`."""

from __future__ import annotations

import click

from releasio.cli.options import (
    Options,
    diff_option,
    exit_code_option,
    json_option,
    offline_option,
    package_option,
    path_argument,
    registry_option,
    takes_options,
    verbose_option,
    version_options,
)


@click.command()
@path_argument
@version_options
@registry_option
@package_option
@exit_code_option
@diff_option
@json_option
@offline_option
@verbose_option
@takes_options
def check(options: Options) -> None:
    """
    Show what would be released, and why.

    The version with the commits, rules and settings that led to it, the notes,
    every step, and what stands in the way. Changes nothing.
    """
    from releasio.cli.releasing import releasing

    releasing("check", options)

"""
Subjects that begin with a gitmoji, as an emoji or by its name: `✨ (api): add a thing`.

Source: https://gitmoji.dev/specification, and its table for what each does to the version
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.conventions.conventional import Entry, parse_subject
from releasio.rules.versions.version import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

LACKS = "not a conventional commit, and begins with no gitmoji"
# name, emoji and the number it raises; what is a type of Conventional Commits, too, has its name
_RAISING = """
boom 💥 major; sparkles ✨ minor feat;
bug 🐛 patch fix; ambulance 🚑 patch fix; adhesive_bandage 🩹 patch fix; zap ⚡ patch perf;
lock 🔒 patch security; wastebasket 🗑 patch deprecate; rewind ⏪ patch revert;
arrow_up ⬆ patch deps; arrow_down ⬇ patch deps; pushpin 📌 patch deps;
heavy_plus_sign \u2795 patch deps; heavy_minus_sign \u2796 patch deps;
alembic ⚗ patch; alien 👽 patch; bento 🍱 patch; card_file_box 🗃 patch;
chart_with_upwards_trend 📈 patch; children_crossing 🚸 patch; dizzy 💫 patch; egg 🥚 patch;
globe_with_meridians 🌐 patch; goal_net 🥅 patch; iphone 📱 patch; label 🏷 patch;
lipstick 💄 patch; mag 🔍 patch; necktie 👔 patch; package 📦 patch; passport_control 🛂 patch;
pencil2 ✏ patch; speech_balloon 💬 patch; triangular_flag_on_post 🚩 patch; wheelchair ♿ patch;
wrench 🔧 patch
"""
_OTHERS = """
art 🎨 none style; memo 📝 none docs; recycle ♻ none refactor; white_check_mark ✅ none test;
test_tube 🧪 none test; construction_worker 👷 none ci; green_heart 💚 none ci;
airplane ✈ none; beers 🍻 none; bookmark 🔖 none; bricks 🧱 none; building_construction 🏗 none;
bulb 💡 none; busts_in_silhouette 👥 none; camera_flash 📸 none; closed_lock_with_key 🔐 none;
clown_face 🤡 none; coffin ⚰ none; construction 🚧 none; fire 🔥 none; hammer 🔨 none;
loud_sound 🔊 none; money_with_wings 💸 none; monocle_face 🧐 none; mute 🔇 none;
page_facing_up 📄 none; poop 💩 none; rocket 🚀 none; rotating_light 🚨 none; safety_vest 🦺 none;
see_no_evil 🙈 none; seedling 🌱 none; stethoscope 🩺 none; t-rex 🦖 none; tada 🎉 none;
technologist 🧑‍💻 none; thread 🧵 none; truck 🚚 none; twisted_rightwards_arrows 🔀 none
"""
_LEVELS = {level.label: level for level in Level}
_OWN_SETTINGS = frozenset(("feat", "fix", "perf"))  # `commits.types_*` say what these raise
_STYLE = "\ufe0f"  # that an emoji is shown as one


def _table() -> Iterator[tuple[str, str, str, Level]]:
    """Yield name, emoji, type and level of each gitmoji."""
    for entry in f"{_RAISING};{_OTHERS}".split(";"):
        name, emoji, level, *types = entry.split()
        yield name, emoji, types[0] if types else name, _LEVELS[level]


_GITMOJIS = {
    key: (type_, level)
    for name, emoji, type_, level in _table()
    for key in (emoji, f":{name}:", f":{name.replace('_', '-')}:")
}
LEVELS = {
    type_: level
    for type_, level in _GITMOJIS.values()
    if level is not Level.NONE and type_ not in _OWN_SETTINGS
}
_MARK = re.compile(
    rf"({'|'.join(map(re.escape, _GITMOJIS))})[{_STYLE}\U0001f3fb-\U0001f3ff]{{0,2}}[ \t]*"
).match
_HEAD = re.compile(r"(?:\(([^()]*)\))?(!?):?[ \t]*(\S.*)").fullmatch


def read(subject: str) -> Entry | None:
    """
    Return what *subject* says; of several gitmojis the one with the highest level counts.

    A conventional commit may follow, or have the gitmoji in its description: then it names the
    type, and `💥` still says that it breaks something.
    """
    if entry := parse_subject(subject):
        rest, marks = _marks(entry.description)
        return _told_by(entry._replace(description=rest), marks) if marks and rest else None
    rest, marks = _marks(subject)
    if not marks or not rest:
        return None
    if entry := parse_subject(rest):
        return _told_by(entry, marks)
    head = _HEAD(rest)
    if head is None:
        return None
    scope, mark, description = head.groups()
    type_, level = max(marks, key=lambda gitmoji: gitmoji[1])
    return Entry(type_, scope or None, bool(mark) or level is Level.MAJOR, description.strip())


def _told_by(entry: Entry, marks: list[tuple[str, Level]]) -> Entry:
    breaks = any(level is Level.MAJOR for _, level in marks)
    return entry._replace(marked=entry.marked or breaks)


def _marks(text: str) -> tuple[str, list[tuple[str, Level]]]:
    """Return *text* without the gitmojis that it begins with, and these."""
    marks, end = [], 0
    while match := _MARK(text, end):
        marks.append(_GITMOJIS[match[1]])
        end = match.end()
    return text[end:].rstrip(), marks

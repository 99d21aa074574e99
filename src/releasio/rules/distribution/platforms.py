"""The platform tags the index accepts in wheel names."""

from __future__ import annotations

import re

_MANY = "x86_64|i686|aarch64|armv7l|ppc64le|s390x|riscv64"
_MAC = "ppc|ppc64|i386|x86_64|arm64|intel|fat|fat3|fat64|universal|universal2"

_ACCEPTED = re.compile(
    "|".join(
        [
            "any|win32|win_amd64|win_arm64|win_ia64|linux_armv6l|linux_armv7l",
            "manylinux(1|2010)_(x86_64|i686)",
            "manylinux2014_(x86_64|i686|aarch64|armv7l|ppc64|ppc64le|s390x)",
            rf"manylinux_\d+_\d+_({_MANY}|ppc64)",
            rf"musllinux_\d+_\d+_({_MANY})",
            rf"macosx_10_\d+_({_MAC})",
            rf"macosx_(11|12|13|14|15|26)_0_({_MAC})",
            r"ios_\d+_\d+_(arm64|x86_64)_(iphoneos|iphonesimulator)",
            r"android_\d+_(armeabi_v7a|arm64_v8a|x86|x86_64)",
            r"pyemscripten_\d+_\d+_wasm32",
        ]
    ),
    re.ASCII,
)


def is_accepted(tag: str) -> bool:
    """
    Tell whether the index takes wheels for the platform *tag*.

    Plain `linux_x86_64` is the one that surprises: compiled code must say which
    systems it runs on.

    Source: https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
    """
    return _ACCEPTED.fullmatch(tag) is not None

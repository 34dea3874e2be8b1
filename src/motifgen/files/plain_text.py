"""Texts for old hosts, which know neither accents nor long names."""

from __future__ import annotations

import unicodedata

#: What every host shows of a marker.
LONGEST_MARKER = 31
_PLAIN = str.maketrans({"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "ß": "ss", "♭": "b", "♯": "#", "æ": "ae",
                        "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "đ": "d", "ł": "l", "Ł": "L", "þ": "th"})  # fmt: skip


def plain(text: str, most: int | None = None) -> str:
    """Return a text in printable ASCII, accents taken off, cut to a length; what has no likeness becomes ``?``.

    Examples
    --------
    >>> plain("HIT l’éclair – mort", 14)
    "HIT l'eclair -"
    """
    bare = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    kept = "".join(c for c in bare if not unicodedata.combining(c))
    return "".join(c if " " <= c <= "~" else " " if c.isspace() else "?" for c in kept)[:most].rstrip()

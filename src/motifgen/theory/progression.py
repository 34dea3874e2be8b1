"""Moves between two triads: their class name, neo-Riemannian words, common tones and voice-leading distance.

A class is written ``M8m``: the first triad's quality, the semitones up from its root to the second's, the second's quality.

Notes
-----
S. Murphy, "Transformational Theory and the Analysis of Film Music" (2014); R. Cohn, *Audacious Euphony* (2012).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations, product

from motifgen.errors import NotationError, UnknownNameError, shown
from motifgen.theory.chord import Chord
from motifgen.theory.pitch import Interval

MOVES = {"P": "P", "L": "L", "R": "R", "S": "LPR", "N": "RLP", "H": "LPL"}
_CLASS = re.compile(r"([Mm])(\d|1[01])([Mm])\Z")


def triad(chord: Chord) -> str | None:
    """Return ``"M"`` or ``"m"`` for chords that stand on a major or minor triad, ``None`` for all others."""
    shape = {name.semitone for name in chord.names}
    root = chord.root.semitone
    if (root + 7) % 12 not in shape:
        return None
    thirds = {(root + 4) % 12: "M", (root + 3) % 12: "m"}
    return next((mark for third, mark in thirds.items() if third in shape), None)


def progression_class(first: Chord, second: Chord) -> str | None:
    """Return the class of a move between chords on major or minor triads (``"M8M"``), ``None`` where there is none.

    Examples
    --------
    >>> progression_class(Chord.parse("C"), Chord.parse("Abm"))
    'M8m'
    """
    one, other = triad(first), triad(second)
    if one is None or other is None:
        return None
    return f"{one}{(second.root.semitone - first.root.semitone) % 12}{other}"


def apply(word: str, chord: Chord) -> Chord:
    """Return the triad to which neo-Riemannian operators lead, read left to right; spelled from the common tones.

    Parameters
    ----------
    word : str
        Letters of `MOVES`: ``"P" "L" "R"``, ``"S"`` (slide), ``"N"`` (nebenverwandt), ``"H"`` (hexatonic pole).
    chord : Chord
        A major or minor triad.

    Examples
    --------
    >>> [str(apply(word, Chord.parse("C"))) for word in ("P", "L", "R", "S", "N", "PL")]
    ['Cm', 'Em', 'Am', 'C#m', 'Fm', 'Ab']
    """
    if chord.quality not in ("", "m"):
        raise NotationError(f"neo-Riemannian moves need a major or minor triad, not {shown(chord)}")
    for letter in word:
        if letter not in MOVES:
            raise UnknownNameError("neo-Riemannian move", letter, MOVES)
        for simple in MOVES[letter]:
            chord = _simple(simple, chord)
    return chord


def words(first: Chord, second: Chord, most: int = 5) -> tuple[str, ...]:
    """Return the shortest words in P, L and R that lead from one triad to another; none for the same triad.

    Examples
    --------
    >>> words(Chord.parse("C"), Chord.parse("Fm"))
    ('PLR', 'RLP')
    """
    move = progression_class(first, second)
    return _words(move, most) if move else ()


def common_tones(first: Chord, second: Chord) -> int:
    """Return how many pitch classes two chords share."""
    return len({n.semitone for n in first.names} & {n.semitone for n in second.names})


def distance(first: Chord, second: Chord) -> int:
    """Return the fewest semitones that the voices move in all, from one chord's notes to the other's.

    Every note of each chord is used at least once; the smaller chord doubles notes freely.

    Examples
    --------
    >>> distance(Chord.parse("C"), Chord.parse("Abm"))
    3
    """
    one, other = sorted({n.semitone for n in first.names}), sorted({n.semitone for n in second.names})
    small, large = sorted((one, other), key=len)
    return _assigned(tuple(small), tuple(large))


@lru_cache(maxsize=4096)
def _assigned(small: tuple[int, ...], large: tuple[int, ...]) -> int:
    extras = product(small, repeat=len(large) - len(small))
    fillings = {tuple(sorted((*small, *extra))) for extra in extras}
    return min(
        sum(min((a - b) % 12, (b - a) % 12) for a, b in zip(order, large, strict=True))
        for filling in sorted(fillings)
        for order in set(permutations(filling))
    )


def striking(first: Chord, second: Chord) -> bool:
    """Tell whether a move turns the harmony: a chromatic mediant, a slide, a hexatonic pole, or roots a tritone apart.

    Examples
    --------
    >>> [striking(Chord.parse("C"), Chord.parse(text)) for text in ("G", "Am", "E", "C#m", "F#")]
    [False, False, True, True, True]
    """
    move = progression_class(first, second)
    return move is not None and striking_class(move)


def striking_class(name: str) -> bool:
    """Tell the same of a class: ``"M4M"`` is striking, ``"M7M"`` is not."""
    up, changes = int(name[1:-1]), name[0] != name[-1]
    if up == 6 or name in {"M1m", "m11M"}:
        return True
    diatonic = {"M4m", "M9m", "m3M", "m8M"}
    return up in {3, 4, 8, 9} and not (changes and name in diatonic)


def _simple(letter: str, chord: Chord) -> Chord:
    minor = chord.quality == "m"
    if letter == "P":
        return Chord(chord.root, "" if minor else "m")
    up = {"L": Interval(2, 4), "R": Interval(5, 9)}[letter]
    down = {"L": Interval(5, 8), "R": Interval(2, 3)}[letter]
    return Chord(chord.root + (down if minor else up), "" if minor else "m")


@lru_cache(maxsize=64)
def _words(name: str, most: int) -> tuple[str, ...]:
    match = _CLASS.match(name)
    if not match:
        raise NotationError(f"cannot read the progression class {shown(name)}; accepted: 'M0m' to 'm11m'")
    first, up, second = match.groups()
    goal = (int(up), second)
    for length in range(1, most + 1):
        found = [word for word in map("".join, product("LPR", repeat=length)) if _lands(first, word) == goal]
        if found:
            return tuple(found)
    return ()


def _lands(quality: str, word: Sequence[str]) -> tuple[int, str]:
    root = 0
    for letter in word:
        minor = quality == "m"
        root += {"P": (0, 0), "L": (4, 8), "R": (9, 3)}[letter][minor]
        quality = "M" if minor else "m"
    return root % 12, quality

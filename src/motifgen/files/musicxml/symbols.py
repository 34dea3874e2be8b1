"""Chord symbols as musicians write them: kinds and degrees of MusicXML, and words for chords that have no symbol.

Kinds that MusicXML has are given with the text that players read (``m(maj7)``, where programs would put ``mMaj7`` or ``mmaj7``); what a
chord adds stands in degrees, in parentheses. A fourth instead of a third is a seventh chord with hidden degrees, since readers disagree on
what a seventh added to a suspension is.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

import music21

from motifgen.theory.chord import Chord
from motifgen.theory.pitch import Interval, PitchClass

_Degree = tuple[str, int, int]
_SUS: tuple[_Degree, ...] = (("add", 4, 0), ("subtract", 3, 0))
#: Quality -> (kind of MusicXML, what is printed after the root, degrees).
_KINDS: MappingProxyType[str, tuple[str, str, tuple[_Degree, ...]]] = MappingProxyType({
    "": ("major", "", ()), "m": ("minor", "m", ()), "dim": ("diminished", "dim", ()), "aug": ("augmented", "aug", ()),
    "5": ("power", "5", ()), "sus4": ("suspended-fourth", "sus4", ()), "sus2": ("suspended-second", "sus2", ()),
    "6": ("major-sixth", "6", ()), "m6": ("minor-sixth", "m6", ()), "7": ("dominant", "7", ()), "maj7": ("major-seventh", "maj7", ()),
    "m7": ("minor-seventh", "m7", ()), "m(maj7)": ("major-minor", "m(maj7)", ()), "m7b5": ("half-diminished", "m7♭5", ()),
    "dim7": ("diminished-seventh", "dim7", ()), "aug7": ("augmented-seventh", "aug7", ()), "9": ("dominant-ninth", "9", ()),
    "maj9": ("major-ninth", "maj9", ()), "m9": ("minor-ninth", "m9", ()), "7sus4": ("dominant", "7sus4", _SUS),
    "add9": ("major", "", (("add", 9, 0),)), "m(add9)": ("minor", "m", (("add", 9, 0),)), "m(addb9)": ("minor", "m", (("add", 9, -1),)),
    "add#11": ("major", "", (("add", 11, 1),)), "maj7#11": ("major-seventh", "maj7", (("add", 11, 1),)),
    "7b9": ("dominant", "7", (("add", 9, -1),)), "7#9": ("dominant", "7", (("add", 9, 1),)), "7b5": ("dominant", "7", (("alter", 5, -1),)),
    "69": ("major-sixth", "6", (("add", 9, 0),)), "m69": ("minor-sixth", "m6", (("add", 9, 0),)),
})  # fmt: skip
#: Texts that say already what the degrees add.
_SAID = frozenset({"7sus4"})
_SIZE = "9"
_WORDS = MappingProxyType({"quartal": "quartal", "quartal4": "quartal", "cluster": "cluster", "wholetone": "whole-tone"})
#: Two triads: how far the upper one lies above the root of the lower.
_TRIADS = MappingProxyType({"poly2": (Interval(1, 2),), "poly6": (Interval(3, 6), Interval(4, 6))})


def symbol(chord: Chord) -> Any | None:
    """Return the music21 symbol of a chord, or none where players know no symbol for it; see `in_words`."""
    if chord.quality not in _KINDS:
        return None
    kind, text, degrees = _KINDS[chord.quality]
    bass = _dashed(chord.lowest) if chord.lowest != chord.root else None
    made = music21.harmony.ChordSymbol(root=_dashed(chord.root), bass=bass, kind=kind, kindStr=text)
    for degree in degrees:
        made.addChordStepModification(music21.harmony.ChordStepModification(*degree), updatePitches=False)
    return made


def dressed(root: Element) -> None:
    """Say of the symbols in a score what music21 does not write: parentheses around what is added, and what the text says already.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> root = fromstring('<s><harmony><kind text="m">minor</kind><degree/></harmony></s>')
    >>> dressed(root)
    >>> root[0][0].get("parentheses-degrees")
    'yes'
    """
    for each in root.iter("harmony"):
        each.set("font-size", _SIZE)
        kind, degrees = each.find("kind"), each.findall("degree")
        if kind is None or not degrees:
            continue
        if kind.get("text") in _SAID:
            for degree in degrees:
                degree.set("print-object", "no")
        elif not kind.get("text", "").endswith("6"):
            kind.set("parentheses-degrees", "yes")


def in_words(chord: Chord) -> str:
    """Return the name of a chord for which there is no symbol: two triads as ``F|E♭``, sixths and clusters by their names.

    Examples
    --------
    >>> [in_words(Chord.parse(text)) for text in ("Ebpoly2", "Apoly6", "Abwholetone/C", "DGer6")]
    ['F|E♭', 'E♭|A', 'A♭ whole-tone/C', 'D Ger6']
    """
    root = _signed(chord.root)
    if chord.quality in _TRIADS:
        upper = min((chord.root + way for way in _TRIADS[chord.quality]), key=lambda name: abs(name.fifths))
        return f"{_signed(upper)}|{root}"
    bass = f"/{_signed(chord.lowest)}" if chord.lowest != chord.root else ""
    return f"{root} {_WORDS.get(chord.quality, chord.quality)}{bass}"


def _dashed(name: PitchClass) -> str:
    return str(name).replace("b", "-")


def _signed(name: PitchClass) -> str:
    return str(name).replace("b", "♭").replace("#", "♯")

"""Brightness: which chords a glad moment prefers, and which a sad one."""

from __future__ import annotations

import pytest

from motifgen.compose.harmony.dialect import dialect
from motifgen.compose.harmony.vocabulary import vocabulary
from motifgen.theory.roman import numeral
from motifgen.theory.scale import Mode

MAJOR, MINOR = Mode.named("major"), Mode.named("minor")


@pytest.mark.parametrize(
    ("mode", "brighter", "darker"),
    [
        (MAJOR, "I", "vi"),
        (MAJOR, "I", "iii"),
        (MAJOR, "V", "iii"),
        (MAJOR, "IV", "ii"),
        (MAJOR, "IV", "iv"),
        (MINOR, "III", "i"),
        (MINOR, "V", "v"),
        (MINOR, "i", "iv"),
    ],
)
def test_the_third_of_a_chord_counts_beside_its_place_among_the_fifths(mode, brighter, darker):
    words = vocabulary(dialect("classical"), mode)
    one, other = (words.brightness[words.index(numeral(text, mode))] for text in (brighter, darker))
    assert one > other

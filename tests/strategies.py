"""Hypothesis strategies for every room: motifs with all that may be attached to them, keys, meters, durations."""

from fractions import Fraction

from hypothesis import strategies as st

from motifgen.motif.motif import MARKS, Motif, Note
from motifgen.theory.chord import QUALITIES, DegreeChord
from motifgen.theory.pitch import PitchClass
from motifgen.theory.scale import MODES, Degree, Key, Mode
from motifgen.theory.time import Meter

METERS = tuple(Meter.parse(text) for text in ("4/4", "3/4", "2/4", "6/8", "5/4", "7/8", "2/2", "9/8"))
DURATIONS = tuple(Fraction(text) for text in ("1/8", "1/4", "1/3", "3/8", "1/2", "2/3", "3/4", "1", "3/2", "2", "3", "4", "2/5", "5/7"))


def keys(modes=tuple(MODES)):
    """Keys with at most seven signs."""
    names = st.builds(PitchClass, st.integers(0, 6), st.integers(-1, 1))
    made = st.builds(Key, names, st.sampled_from(modes).map(Mode.named))
    return made.filter(lambda key: abs(key.fifths) <= 7)


def meters():
    return st.sampled_from(METERS)


def durations():
    return st.sampled_from(DURATIONS)


def degrees(lowest=-9, highest=16):
    """Degrees in three octaves, some altered by a semitone."""
    return st.builds(Degree, st.integers(lowest, highest), st.sampled_from((0, 0, 0, 0, 1, -1)))


def chords():
    roots = st.builds(Degree, st.integers(0, 6), st.sampled_from((0, 0, 0, -1, 1)))
    return st.builds(DegreeChord, roots, st.sampled_from(sorted(QUALITIES)), st.none() | roots)


def _distinct_bass(chord):
    """A bass that is the root is written as no bass."""
    return DegreeChord(chord.root, chord.quality, None if chord.bass == chord.root else chord.bass)


@st.composite
def notes(draw, rests=True):
    """One note, or two tied, or a rest."""
    chord = draw(st.none() | chords().map(_distinct_bass)) if draw(st.integers(0, 3)) == 0 else None
    if rests and draw(st.integers(0, 5)) == 0:
        return [Note(None, draw(durations()), chord=chord)]
    degree = draw(degrees())
    marks = draw(st.frozensets(st.sampled_from(MARKS), max_size=2)) if draw(st.booleans()) else frozenset()
    if draw(st.integers(0, 5)) == 0:
        return [Note(degree, draw(durations()), tied=True, marks=marks, chord=chord), Note(degree, draw(durations()))]
    return [Note(degree, draw(durations()), marks=marks, chord=chord)]


@st.composite
def motifs(draw, smallest=1, largest=9, rests=True, modes=tuple(MODES)):
    """Motifs with altered notes, ties, rests, pickups, chords and marks, in any key, mode and meter."""
    groups = draw(st.lists(notes(rests=rests), min_size=smallest, max_size=largest))
    meter = draw(meters())
    pickup = draw(st.just(Fraction(0)) | durations()) % meter.bar
    return Motif(tuple(note for group in groups for note in group), draw(keys(modes)), meter, pickup)


def ratios():
    return st.sampled_from([Fraction(text) for text in ("2", "1/2", "3", "3/2", "2/3", "4/3", "5/7", "1")])

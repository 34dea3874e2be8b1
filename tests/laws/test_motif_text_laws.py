"""What is printed is what is read."""

from dataclasses import replace

from hypothesis import given, settings

from motifgen.motif.motif import Motif
from motifgen.motif.notation import read, write
from strategies import motifs

modest = settings(max_examples=100, deadline=None)


@modest
@given(motifs())
def test_pitches_read_back_as_the_same_motif(motif):
    assert Motif.parse(str(motif), key=motif.key, meter=motif.meter) == motif


@modest
@given(motifs())
def test_degrees_read_back_as_the_same_motif(motif):
    assert Motif.parse(motif.text(degrees=True), key=motif.key, meter=motif.meter, degrees=True) == motif


@modest
@given(motifs())
def test_a_heading_carries_key_and_meter(motif):
    assert read(write(motif, heading=True)) == motif


@modest
@given(motifs())
def test_degrees_say_the_same_in_every_key(motif):
    elsewhere = replace(motif, key=motif.key.in_mode("dorian"))
    assert elsewhere.text(degrees=True) == motif.text(degrees=True)


@modest
@given(motifs())
def test_repr_evaluates_to_the_motif(motif):
    from fractions import Fraction  # noqa: PLC0415 - names that repr uses

    from motifgen.motif.motif import Note  # noqa: PLC0415 - names that repr uses
    from motifgen.theory.chord import DegreeChord  # noqa: PLC0415 - names that repr uses
    from motifgen.theory.pitch import PitchClass  # noqa: PLC0415 - names that repr uses
    from motifgen.theory.scale import Degree, Key, Mode  # noqa: PLC0415 - names that repr uses
    from motifgen.theory.time import Meter  # noqa: PLC0415 - names that repr uses

    names = {each.__name__: each for each in (Fraction, Motif, Note, DegreeChord, PitchClass, Degree, Key, Mode, Meter)}
    assert eval(repr(motif), names) == motif  # noqa: S307 - its own repr

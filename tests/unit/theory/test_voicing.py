from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.errors import RangeError
from motifgen.theory.chord import QUALITIES, Chord
from motifgen.theory.pitch import Pitch
from motifgen.theory.spacing import LOW_LIMITS, Room, shapes
from motifgen.theory.voicing import voice_faults, voicings

TRIADS = [f"{root}{quality}" for root in ("C", "D", "Eb", "E", "F", "G", "Ab", "A", "Bb") for quality in ("", "m", "7")]
CADENCE = [Chord.parse(text) for text in ("C", "F", "G7", "C")]


def _pitches(text: str) -> tuple[Pitch, ...]:
    return tuple(Pitch.parse(name) for name in text.split())


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(TRIADS), min_size=2, max_size=10))
def test_four_parts_without_parallels_crossings_or_range_faults(names: list[str]) -> None:
    chords = [Chord.parse(name) for name in names]
    voices = voicings(chords, 40, 76, 4)
    assert voice_faults(voices, 40, 76) == ()
    for chord, notes in zip(chords, voices, strict=True):
        assert notes[0].pitch_class == chord.lowest
        assert {note.pitch_class for note in notes} <= set(chord.names)
        assert any(note.pitch_class == chord.names[1] for note in notes), "thirds are there"


@pytest.mark.parametrize("quality", QUALITIES)
@pytest.mark.parametrize("parts", [2, 3, 4, 6])
def test_every_quality_can_be_voiced(quality: str, parts: int) -> None:
    (notes,) = voicings([Chord(Pitch.parse("Eb3").pitch_class, quality)], 36, 84, parts)
    assert len(notes) == parts
    assert list(notes) == sorted(notes, key=lambda note: note.midi)


def test_leading_tones_rise_and_sevenths_fall() -> None:
    voices = voicings(CADENCE, 40, 72, 4)
    moves = {one.pitch_class: other.midi - one.midi for one, other in zip(voices[2], voices[3], strict=True)}
    assert moves[Pitch.parse("B3").pitch_class] == 1
    assert moves.get(Pitch.parse("F3").pitch_class, -1) == -1


def test_common_tones_are_held() -> None:
    one, other = voicings([Chord.parse("C"), Chord.parse("Am")], 48, 72, 4, rooted=False)
    assert len(set(one) & set(other)) >= 2


def test_parts_stay_below_the_tune_and_do_not_run_with_it() -> None:
    tune = [Pitch.parse(name) for name in ("C5", "D5", "E5", "F5")]
    chords = [Chord.parse(name) for name in ("C", "G", "C", "F")]
    voices = voicings(chords, 40, 79, 3, melody=tune)
    whole = [(*notes, note) for notes, note in zip(voices, tune, strict=True)]
    assert voice_faults(whole) == ()


def test_a_low_tune_leaves_no_room() -> None:
    (notes,) = voicings([Chord.parse("C")], 48, 72, 4, melody=[Pitch.parse("G3")])
    assert len(notes) == 4


def test_ranges_of_parts_are_kept() -> None:
    ranges = ((40, 52), (48, 60), (55, 69), (60, 76))
    for notes in voicings(CADENCE, 40, 76, 4, ranges=ranges):
        assert all(low <= note.midi <= high for note, (low, high) in zip(notes, ranges, strict=True))


def test_spread_opens_the_chord() -> None:
    close, wide = (voicings([Chord.parse("Dm")], 36, 84, 4, spread=spread)[0] for spread in (0.0, 1.0))
    assert wide[-1].midi - wide[0].midi > close[-1].midi - close[0].midi


def test_it_leads_on_from_what_was_before() -> None:
    high = _pitches("C4 G4 C5 E5")
    (free,), (led,) = voicings([Chord.parse("F")], 40, 84, 4), voicings([Chord.parse("F")], 40, 84, 4, previous=high)
    assert abs(led[-1].midi - high[-1].midi) <= abs(free[-1].midi - high[-1].midi)


def test_planing_allows_parallels() -> None:
    chords = [Chord.parse(name) for name in ("C", "Db", "D", "Eb")]
    planed = voicings(chords, 48, 60, 3, planing=True, previous=_pitches("C3 G3 E4"))
    assert [other[0].midi - one[0].midi for one, other in pairwise(planed)] == [1, 1, 1]
    assert voicings(chords, 40, 76, 4) != voicings(chords, 40, 76, 4, planing=True)


def test_thirds_do_not_lie_in_the_mud() -> None:
    best = shapes(Chord.parse("C"), Room(36, 72, 4))[0].keys
    for low, high in pairwise(best):
        assert high - low >= 12 or low >= LOW_LIMITS[high - low]


def test_faults_are_told() -> None:
    crossed = [_pitches("G3 C3"), _pitches("C3 C4"), _pitches("D3 D4")]
    told = [str(fault) for fault in voice_faults(crossed, 50, 80)]
    assert "crossing at chord 1 in parts 1 and 2" in told
    assert "parallel octaves at chord 3 in parts 1 and 2" in told
    assert "out of range at chord 1 in parts 2" in told


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(RangeError, match="1 to 8"):
        voicings(CADENCE, 40, 70, 9)
    with pytest.raises(RangeError, match="do not fit"):
        voicings(CADENCE, 40, 44, 4)

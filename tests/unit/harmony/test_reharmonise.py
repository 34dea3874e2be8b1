from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.affect import Affect
from motifgen.compose.desk import ChordSpan
from motifgen.compose.harmony import MelodyNote, corrupt, redeem, reharmonise
from motifgen.compose.harmony.dialect import dialects
from motifgen.compose.harmony.melody import Heard, heard, recognized
from motifgen.compose.harmony.shade import shade_of
from motifgen.errors import RangeError, UnknownNameError
from motifgen.motif.notation import read
from motifgen.theory.chord import Chord
from motifgen.theory.pitch import Pitch
from motifgen.theory.roman import roman
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter

C, A_MINOR = Key.parse("C major"), Key.parse("A minor")
SCALE = [Pitch.parse(name) for name in ["C4", "D4", "E4", "F4", "G4", "A4", "B4", "C5", "D5", "E5", "F5", "G5"]]


def _tune(text: str) -> tuple[MelodyNote, ...]:
    notes, at = [], Fraction(0)
    for token in text.split():
        name, _, length = token.partition("/")
        notes.append(MelodyNote(at, Fraction(length or 1), Pitch.parse(name)))
        at += Fraction(length or 1)
    return tuple(notes)


ODE = _tune("E4 E4 F4 G4 G4 F4 E4 D4 C4 C4 D4 E4 E4/3/2 D4/1/2 D4/2".replace("3/2", "1.5").replace("1/2", "0.5"))


def _at(chords: tuple[ChordSpan, ...], at: Fraction) -> Chord:
    return next((span.chord for span in chords if at in span.span), chords[-1].chord)


def test_plain_tunes_get_plain_chords() -> None:
    chords = reharmonise(ODE, C, goals={Fraction(16): "half"})[0]
    assert str(chords[0].chord) == "C"
    assert chords[-1].chord.root == C.scale[4]
    assert {roman(span.chord, C)[0] for span in chords} <= {"I", "V", "i", "v"}


def test_full_close() -> None:
    chords = reharmonise(_tune("C5 D5 E5 F5 E5 D5 B4 C5/3"), C, goals={Fraction(10): "authentic"})[0]
    assert [roman(span.chord, C)[0] for span in chords[-2:]] == ["V", "I"]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(range(12)), st.sampled_from((1, 2))), min_size=2, max_size=16), st.sampled_from(sorted(dialects()))
)
def test_strong_notes_are_chord_tones_or_explained(steps: list[tuple[int, int]], style: str) -> None:
    tune, at = [], Fraction(0)
    for index, length in steps:
        tune.append(MelodyNote(at, Fraction(length), SCALE[index]))
        at += length
    chords = reharmonise(tune, C, style=style)[0]
    around = heard(tune, [Meter(4, 4).weight(note.onset) for note in tune])
    for one, other in zip(around, [*around[1:], around[-1]], strict=True):
        if one.weight >= 3:
            here, there = _at(chords, one.note.onset), _at(chords, other.note.onset)
            assert recognized(one, here.semitones, there.semitones), (str(one.note.pitch), str(here))


def test_several_solutions_differ() -> None:
    several = reharmonise(ODE, C, n=5)
    assert len(set(several)) == 5
    assert several[0] == reharmonise(ODE, C)[0]


def test_fixed_chords_stand() -> None:
    chords = reharmonise(ODE, C, fixed={Fraction(4): Chord.parse("Am"), Fraction(10): Chord.parse("F#dim7")})[0]
    assert [str(_at(chords, Fraction(at))) for at in (4, 7, 10, 11)] == ["Am", "Am", "F#dim7", "F#dim7"]


def test_motifs_bring_their_own_key_and_meter() -> None:
    motif = read("A4/q | C5/q B4/q A4/q | E5/h.", A_MINOR, meter=Meter(3, 4))
    chords = reharmonise(motif, style="romance")[0]
    assert chords[0].key == A_MINOR
    assert all(span.span.start.denominator == 1 for span in chords)


@pytest.mark.parametrize(("names", "key"), [("G4 A4 B4 C5 D5 E5 F#5 G5/2", "G major"), ("D4 E4 F4 G4 A4 Bb4 C#5 D5/2", "D minor")])
def test_keys_are_found(names: str, key: str) -> None:
    assert str(reharmonise(_tune(names))[0][0].key) == key


def test_valence_decides_between_relative_keys() -> None:
    tune = _tune("E4 A4 C5 E5 D5 C5 B4 G4 C5 A4/3")
    assert reharmonise(tune, affect=Affect(valence=-1.0))[0][0].key.mode.minor


def test_tension_is_heard() -> None:
    def shade(tension: float) -> float:
        chords = reharmonise(ODE, C, affect=Affect(tension=tension), style="orchestral")[0]
        return sum(sum(shade_of(span.chord, span.key)) * float(span.span.length) for span in chords)

    assert shade(0.0) < shade(0.5) < shade(1.0)


def test_curves_are_followed() -> None:
    rising = reharmonise(ODE * 1, C, affect=lambda at: Affect(tension=min(1.0, float(at) / 15)), style="orchestral")[0]
    shades = [sum(shade_of(span.chord, span.key)) for span in rising]
    assert sum(shades[-2:]) > sum(shades[:2])


@pytest.mark.parametrize("style", ["classical", "orchestral", "horror"])
@pytest.mark.parametrize("change", [corrupt, redeem])
def test_shading_is_monotone_in_roughness_and_strain(style: str, change: object) -> None:
    plain = reharmonise(ODE, C)[0]
    steps = [change(plain, ODE, amount / 8, style) for amount in range(9)]  # type: ignore[operator]
    assert steps[0] == plain
    sign = 1 if change is corrupt else -1
    for axis in (0, 1):
        curve = [sign * sum(shade_of(span.chord, span.key)[axis] for span in chords) for chords in steps]
        assert curve == sorted(curve)
        assert curve[-1] > curve[0] or change is redeem


def test_what_is_refused() -> None:
    with pytest.raises(RangeError, match="at least 1"):
        reharmonise(ODE, C, n=0)
    with pytest.raises(RangeError, match="no sounding notes"):
        reharmonise((), C)
    with pytest.raises(UnknownNameError, match="classical"):
        reharmonise(ODE, C, style="clasical")
    with pytest.raises(RangeError, match="0 to 1"):
        corrupt((), ODE, 1.5)


@pytest.mark.parametrize(
    ("tune", "at", "chord", "kind"),
    [
        ("C5 D5 E5", 1, "C", "passing"),
        ("C5 D5 C5", 1, "C", "neighbor"),
        ("F5 F5 E5", 1, "C", "suspension"),
        ("G4 F5 E5", 1, "C", "appoggiatura"),
        ("E5 D5 G5", 1, "C", "escape"),
        ("C5 G4 G4", 1, "F", "anticipation"),
        ("C5 E5 G5", 1, "C", "chord"),
        ("G4 D5 A5", 1, "F", None),
    ],
)
def test_foreign_tones_are_named(tune: str, at: int, chord: str, kind: str | None) -> None:
    one: Heard = heard(_tune(tune), [4, 1, 2])[at]
    name = Chord.parse(chord)
    resolution = Chord.parse("C") if kind == "anticipation" else name
    assert recognized(one, name.semitones, resolution.semitones) == kind

"""Small scorings and recordings made by hand, for the tests of performance and of MIDI files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from motifgen.affect import Affect
from motifgen.compose.desk import BarSpan, ChordSpan, Harmony, Landing, Plan, ScoreNote, ScorePart, Scoring, Section, Spotting, Texture
from motifgen.orchestra.instrument import Instrument
from motifgen.orchestra.palette import Palette
from motifgen.sketch.events import PPQ, controls, notes
from motifgen.sketch.recording import Bar, Marker, Part, Recording
from motifgen.sketch.tempo_map import TempoMap
from motifgen.story.arc import Arc, Keyframe
from motifgen.story.scene import Hit, Scene
from motifgen.theory.chord import Chord
from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter, Span

D_MINOR = Key.parse("D minor")
MILD = Affect(0.3, 0.1, 0.2, 0.1)
TUNE = ("D4", "A4", "G4", "F4", "E4", "F4", "D4", "C4")


def instrument(name: str, family: str = "strings", program: int = 42, *, sustained: bool = True, drums: bool = False) -> Instrument:
    return Instrument(name, family, program, 24, 96, 40, 76, 0, "bass", 8, 4, 0.0, 12.0, 1.0, sustained, drums)


CELLO = instrument("cello")
VIOLIN = instrument("violin", program=40)
PIANO = instrument("piano", "keys", 0, sustained=False)
BASS_DRUM = instrument("bass drum", "percussion", 0, sustained=False, drums=True)


def note(onset: object, duration: object, pitch: str, level: float = 0.5, *marks: str) -> ScoreNote:
    return ScoreNote(Fraction(str(onset)), Fraction(str(duration)), Pitch.parse(pitch), level, frozenset(marks))


def tune(bars: int = 8, step: object = 1, level: float = 0.5, *marks: str, pitches: Sequence[str] = TUNE) -> tuple[ScoreNote, ...]:
    length = Fraction(str(step))
    return tuple(note(i * length, length, pitches[i % len(pitches)], level, *marks) for i in range(int(4 * bars / length)))


def part(line: Iterable[ScoreNote], name: str = "Solo Cello", of: Instrument = CELLO, role: str = "melody", players: int = 1) -> ScorePart:
    return ScorePart(name, of, players, role, tuple(line))


def scoring(  # noqa: PLR0913 - each is one thing a test may ask for
    *parts: ScorePart,
    bars: int = 8,
    tempo: Sequence[tuple[int, int]] = ((0, 500_000),),
    hits: Sequence[tuple[str, object]] = (),
    rests: Sequence[tuple[object, object]] = (),
    affect: Affect = MILD,
    towards: Affect | None = None,
    seed: int = 7,
    scene: str = "1m1",
    swing: bool = False,
) -> Scoring:
    """Return a scoring of so many 4/4 bars; hits are (do, quarter), rests (from, to) in quarters; the arc goes ``towards`` at the end."""
    tempo_map = TempoMap(tuple(tempo))
    at = [(do, Fraction(str(quarter))) for do, quarter in hits]
    asked = tuple(Hit(tempo_map.seconds(quarter * PPQ), do) for do, quarter in at)
    length = tempo_map.seconds(Fraction(4 * bars * PPQ))
    arc = Arc((Keyframe(Fraction(0), affect), Keyframe(length, towards or affect)))
    picture = Scene(scene, length, arc, seed=seed, hits=asked)
    landings = tuple(Landing(hit, quarter, Fraction(0), met=True) for hit, (_, quarter) in zip(asked, at, strict=True))
    palette = Palette("test", "", (40.0, 160.0), ("4/4",), 0.08, "plain", (), (), (), (0.0, 1.0), swing=swing)
    spans = tuple(BarSpan(i + 1, Fraction(4 * i), Meter(4, 4)) for i in range(bars))
    silent = tuple(Span(Fraction(str(start)), Fraction(str(end))) for start, end in rests)
    spotting = Spotting(picture, None, palette, spans, tempo_map, landings, silent)
    plan = Plan(spotting, (Section(Span(Fraction(0), Fraction(4 * bars)), "statement", D_MINOR, affect, 0.5),), ())
    names = ("Dm", "Gm", "A", "Bb")
    chords = tuple(ChordSpan(Span(Fraction(4 * i), Fraction(4 * i + 4)), Chord.parse(names[i % 4]), D_MINOR) for i in range(bars))
    return Scoring(Texture(Harmony(plan, chords), ()), tuple(parts))


def played(name: str = "Solo Cello", rows: Iterable[tuple[int, int, int, int]] = (), changes: Iterable[tuple[int, int, int]] = (), *,
           drums: bool = False, program: int = 42) -> Part:  # fmt: skip
    return Part(name, "cello", "strings", "melody", program, 1, drums, 64, 100, notes(rows), controls(changes))


def recording(  # noqa: PLR0913 - each is one thing a test may ask for
    *parts: Part,
    title: str = "1m1 Storm",
    tempo: Sequence[tuple[int, int]] = ((0, 500_000),),
    markers: Sequence[Marker] = (),
    bars: Sequence[tuple[int, Meter]] = ((0, Meter(4, 4)), (3840, Meter(4, 4))),
    end: int = 7680,
    key: Key | None = None,
) -> Recording:
    written = tuple(Bar(i + 1, tick, meter) for i, (tick, meter) in enumerate(bars))
    return Recording(title, TempoMap(tuple(tempo)), written, tuple(markers), tuple(parts), end, {}, key=key)

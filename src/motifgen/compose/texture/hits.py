"""Hits of the picture: struck arrivals, sudden chords, swells that peak on the frame."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from motifgen.compose.desk import Landing, Line, ScoreNote
from motifgen.compose.texture.clearings import strength_of
from motifgen.compose.texture.loom import Loom
from motifgen.compose.texture.notes import near, within
from motifgen.compose.texture.percussion import drum_pitch
from motifgen.orchestra.instrument import find_instrument
from motifgen.theory.chord import Chord
from motifgen.theory.pitch import Pitch
from motifgen.theory.voicing import voicings

_DRUMS = {"accent": ("bass drum", "cymbals", "timpani"), "stinger": ("bass drum", "tam-tam", "anvil"), "swell": ("cymbals", "timpani")}
_UNDER_WORDS = 0.55  # a blow under words is felt, not heard above them


def hit_lines(loom: Loom) -> tuple[Line, ...]:
    """Return the lines of all accents, stingers and swells."""
    return tuple(line for landing in loom.spotting.landings if landing.at < loom.end for line in _lines(loom, landing))


def _lines(loom: Loom, landing: Landing) -> Iterator[Line]:
    chord = _chord(loom, landing.at)
    if chord is None or loom.spotting.silent(landing.at):
        return
    if landing.hit.do in {"accent", "stinger"}:
        yield _blow(loom, landing, chord)
        yield from _drums(loom, landing)
    elif landing.hit.do == "swell":
        yield from _swell(loom, landing, chord)


def _chord(loom: Loom, at: Fraction) -> Chord | None:
    """Return the chord of a hit: the one that begins or sounds there, else the last one before."""
    item = loom.chord(at)
    before = [span for span in loom.harmony.chords if span.span.start <= at]
    return item.chord if item else before[-1].chord if before else None


def _blow(loom: Loom, landing: Landing, chord: Chord) -> Line:
    """Return the chord that is struck: held a beat or two for an accent, cut off and rubbing for a stinger."""
    strength = strength_of(loom, landing)
    moment = loom.moment(landing.at)
    beat = moment.bar.meter.beat
    stinger = landing.hit.do == "stinger"
    duration = min(beat / 2 if stinger else beat * (2 if moment.affect.arousal < 0.4 else 1), loom.end - landing.at)
    level = round(min(max(moment.loud, 0.35) + 0.15 + 0.3 * strength, 1.0), 4)
    words = _UNDER_WORDS if loom.under_words(landing.at) else 1.0
    marks = frozenset({"marcato", "staccato"}) if stinger else frozenset({"marcato"})
    pitches = _tutti(chord, landing, moment.affect.tension)
    notes = tuple(ScoreNote(landing.at, duration, pitch, round(level * words, 4), marks) for pitch in pitches)
    return Line("hit", notes, weight=round((0.3 + 0.7 * strength) * words, 4))


def _tutti(chord: Chord, landing: Landing, tension: float) -> tuple[Pitch, ...]:
    """Return the notes of a blow, lowest first: octaves at the bottom, the chord close on top, seconds where it should hurt."""
    low = near(chord.lowest, 36)
    bare = len(chord.names) < 3
    middle = voicings([chord], 52, 69, 2 if bare else 4, rooted=False)[0]
    upper = (*middle, *voicings([chord], 70, 86, 2 if bare else 3, spread=0.0, rooted=False)[0])
    rub = (Pitch(upper[-1].steps + 1, upper[-1].semitones + 1), Pitch(upper[0].steps + 3, upper[0].semitones + 6))
    sharp = rub[: (2 if tension > 0.75 else 1)] if landing.hit.do == "stinger" and tension > 0.4 else ()
    found = {pitch.midi: pitch for pitch in (low, low.octaves(1), *upper, *sharp)}
    return tuple(found[key] for key in sorted(found))


def _drums(loom: Loom, landing: Landing) -> Iterator[Line]:
    """Return a stroke for each drum of the palette that suits the hit."""
    members = [name for name, _ in loom.palette.ensemble]
    strength = strength_of(loom, landing)
    for name in _DRUMS[landing.hit.do]:
        if name in members and strength > 0.35:
            yield Line("percussion", (_stroke(loom, landing.at, name, strength),), voice=(name,), weight=0.0)


def _stroke(loom: Loom, at: Fraction, name: str, strength: float) -> ScoreNote:
    instrument = find_instrument(name)[0]
    level = round(min(max(loom.loud(at), 0.3) + 0.1 + 0.35 * strength, 1.0), 4)
    if instrument.drums:
        return ScoreNote(
            at, min(Fraction(1, 2), loom.end - at), drum_pitch(instrument.keys[1 if name == "cymbals" else 0]), level, frozenset({"accent"})
        )
    chord = _chord(loom, at)
    pitch = near(chord.root, 45) if chord else near(loom.moment(at).key.tonic, 45)
    return ScoreNote(at, min(Fraction(1), loom.end - at), pitch, level, frozenset({"accent"}))


def _swell(loom: Loom, landing: Landing, chord: Chord) -> Iterator[Line]:
    """Return a chord that trembles and grows for two bars up to the hit, and its stroke there; drums roll with it."""
    moment = loom.moment(landing.at)
    meter = moment.bar.meter
    lengths = (2 * meter.bar, meter.bar, meter.bar - meter.middle)  # the last from an accent of the bar, in odd meters too
    places = [landing.at - length for length in lengths if landing.at >= length]
    if not places:
        return
    peak = min(loom.loud(landing.at) + 0.2, 1.0)
    names = [pitch for name in chord.names[:3] for pitch in within(name, 55, 84)][:5]
    spans = list(zip(places, (*places[1:], landing.at), strict=True))
    notes = [
        ScoreNote(at, until - at, pitch, _growing(peak, n + 3 - len(spans)), frozenset({"tremolo"}))
        for n, (at, until) in enumerate(spans)
        for pitch in names
    ]
    length = min(moment.bar.meter.beat, loom.end - landing.at)
    notes += [ScoreNote(landing.at, length, pitch, round(peak, 4), frozenset({"accent"})) for pitch in names]
    yield Line("pad", tuple(notes), weight=0.8)
    for name in (name for name in _DRUMS["swell"] if name in dict(loom.palette.ensemble)):
        stroke = _stroke(loom, landing.at, name, 0.5)
        shaken = frozenset({"tremolo"})
        roll = [ScoreNote(at, until - at, stroke.pitch, _growing(peak * 0.9, n), shaken) for n, (at, until) in enumerate(spans)]
        yield Line("percussion", (*roll, stroke), voice=(name,), weight=0.0)


def _growing(peak: float, step: int) -> float:
    """Return the level of a step of a swell, from soft to all but the peak."""
    return round(max(peak * (0.45, 0.65, 0.85)[min(step, 2)], 0.05), 4)

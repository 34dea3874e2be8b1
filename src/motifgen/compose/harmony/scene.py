"""The third step: chords for a whole plan, under its statements and between them, turning where the picture turns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from motifgen.affect import Affect
from motifgen.chance import Chance
from motifgen.compose.desk import BarSpan, ChordSpan, Harmony, Plan, Section, Spotting
from motifgen.compose.harmony.cadences import CLOSES
from motifgen.compose.harmony.dialect import Dialect, dialect
from motifgen.compose.harmony.echoes import answered, asked, climbing, loops, planned, varied, worn
from motifgen.compose.harmony.melody import Heard, within
from motifgen.compose.harmony.reasons import reasons, unmet
from motifgen.compose.harmony.rhythm import beats, is_due
from motifgen.compose.harmony.search import ways
from motifgen.compose.harmony.slots import Slot, spans_of
from motifgen.compose.harmony.songs import Song, counters, last_cadence, songs
from motifgen.theory.chord import DegreeChord
from motifgen.theory.scale import Degree, Key
from motifgen.theory.time import Span

TURNS = {"reveal": "reveal", "accent": "change", "stinger": "change"}
SUSPENSE = ("intro", "build", "underscore", "continuation")
STINGER_TENSION = 0.9
FREE, SUNG, ARRIVING = 1.8, 1.1, 3.0
UNDER_WORDS, PHRASE, CALM_PULL, TENSE_PULL = 1.7, 4, 0.3, 0.8
RISING, LEVEL, NEAR_END = 2, 0.1, 6


def harmonise(plan: Plan) -> Harmony:
    """Return chords over every sounding stretch of a plan.

    Under themes and fragments they are chosen for the melody, over the whole stretch at once; elsewhere they lead in the
    style's dialect and the moment's feeling to the next statement. Nothing stands in rests and in sections of silence; a
    chord that the composer wrote is kept; at a reveal the harmony turns on the landing itself.
    """
    speech = dialect(plan.spotting.palette.dialect)
    stretches = tuple(_stretches(plan))
    end = stretches[-1].end if stretches else plan.spotting.end
    desk = _desk(plan, speech, end)
    spans: list[ChordSpan] = []
    for stretch in stretches:
        slots, chords = _solved(desk, stretch)
        spans += reasons(slots, spans_of(slots, _held(slots, chords)))
    return Harmony(plan, tuple(spans), unmet(plan, spans))


def _solved(desk: _Desk, stretch: Span) -> tuple[tuple[Slot, ...], tuple[DegreeChord, ...]]:
    """Return the places of a stretch and their chords: found once, and again where some of them answer others."""
    plan, speech = desk.plan, desk.speech
    beat = plan.spotting.bar_at(stretch.start).meter.beat
    slots = asked(_waiting(tuple(_slots(desk, stretch))), tuple(planned(plan, speech, desk.songs, stretch)))
    sought = ways(slots, speech, beat)
    chords = sought.best()[0]
    echoes = [*loops(plan, speech, stretch), *(one for one in climbing(desk.songs) if one.span.start in stretch and one.source in stretch)]
    again = answered(slots, chords, echoes)
    again = worn(varied(again, chords), chords)
    return (slots, chords) if again == slots else (again, ways(again, speech, beat, sought).best()[0])


class _Desk(NamedTuple):
    """A plan, read chord by chord.

    Parameters
    ----------
    reach : tuple[tuple[float, float], ...]
        Where each song begins and ends: floats, to be searched quickly.
    climaxes, reveals : frozenset[Fraction]
        Where a climax begins, and where something is revealed.
    end : Fraction
        Where the last stretch ends.
    """

    plan: Plan
    speech: Dialect
    songs: tuple[Song, ...]
    reach: tuple[tuple[float, float], ...]
    counters: tuple[Heard, ...]
    whims: tuple[tuple[float, ...], ...]
    climaxes: frozenset[Fraction]
    reveals: frozenset[Fraction]
    end: Fraction

    def songs_in(self, start: Fraction, end: Fraction) -> list[Song]:
        """Return the songs that sound between two places."""
        first, last = float(start), float(end)
        return [song for song, (begin, until) in zip(self.songs, self.reach, strict=True) if begin < last and first < until]

    def song_at(self, at: Fraction) -> Song | None:
        """Return the most prominent song at a place."""
        where = float(at)
        here = [song for song, (start, end) in zip(self.songs, self.reach, strict=True) if start <= where < end]
        return max(here, key=lambda song: song.statement.level, default=None)

    def next_song(self, at: Fraction) -> Song | None:
        """Return the first song that begins at or after a place."""
        where = float(at)
        return next((song for song, (start, _) in zip(self.songs, self.reach, strict=True) if start >= where), None)


def _desk(plan: Plan, speech: Dialect, end: Fraction) -> _Desk:
    sung = songs(plan, speech)
    reach = tuple((float(song.span.start), float(song.span.end)) for song in sung)
    climaxes = frozenset(section.span.start for section in plan.sections if section.function == "climax")
    reveals = frozenset(landing.at for landing in plan.spotting.landings if landing.hit.do == "reveal")
    return _Desk(plan, speech, sung, reach, counters(plan), _whims(plan.spotting), climaxes, reveals, end)


def _stretches(plan: Plan) -> Iterator[Span]:
    """Yield the stretches in which something may sound."""
    spotting = plan.spotting
    silent = [*spotting.rests, *(section.span for section in plan.sections if section.function == "silence")]
    at, end = Fraction(0), spotting.end
    for rest in sorted(silent):
        if at < min(rest.start, end):
            yield Span(at, min(rest.start, end))
        at = max(at, rest.end)
    if at < end:
        yield Span(at, end)


def _slots(desk: _Desk, stretch: Span) -> Iterator[Slot]:
    places = _places(desk, stretch)
    last = _last(desk, stretch, places)
    turns = {landing.at: landing.hit.do for landing in desk.plan.spotting.landings if landing.hit.do in TURNS}
    for at, until in zip(places, [*places[1:], stretch.end], strict=True):
        slot, do = _slot(desk, Span(at, until)), turns.get(at, "")
        if do == "stinger":
            slot = slot._replace(affect=replace(slot.affect, tension=max(slot.affect.tension, STINGER_TENSION)))
        first = at == stretch.start
        if at == last:
            slot = slot._replace(goal=slot.goal or last_cadence(desk.plan, desk.speech), due=True, left=0, hint=None, grounded=ARRIVING)
        elif at > last and slot.fixed is None and not do:
            slot = slot._replace(goal="", due=False, home=False, grounded=0.0, turn="rest")
        arrives = first or bool(do) or at in desk.climaxes
        grounded = ARRIVING if arrives else max(slot.grounded, float(slot.home))
        yield slot._replace(
            after_gap=first, home=slot.home or do == "reveal", grounded=grounded, turn="" if first else TURNS.get(do, slot.turn)
        )


def _waiting(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Return slots of which none closes within two bars of a last chord that is struck anew: there would be nowhere to go."""
    end = next((slot.span for slot in slots if slot.goal and slot.turn == "change"), None)
    if end is None:
        return slots
    near = [slot.goal in CLOSES and 0 < end.start - slot.span.start <= NEAR_END for slot in slots]
    return tuple(slot._replace(goal="") if waits else slot for slot, waits in zip(slots, near, strict=True))


def _last(desk: _Desk, stretch: Span, places: Sequence[Fraction]) -> Fraction:
    """Return where the last chord of the scene enters: with its last bar, or on an accent of it up to the last note that is sung.

    It needs room for two beats; a stretch that does not end the scene has no such place before its end.
    """
    spotting = desk.plan.spotting
    if stretch.end != desk.end:
        return stretch.end
    sung = max((song.last for song in desk.songs), default=stretch.start)
    roomy = [bar for bar in spotting.bars if stretch.start <= bar.start and bar.start + 2 * bar.meter.beat <= stretch.end]
    final = [roomy[-1].start + accent for accent in roomy[-1].meter.accents] if roomy else []
    late = [at for at in final if at <= max(sung, final[0]) and at + 2 * roomy[-1].meter.beat <= stretch.end]
    return max((at for at in places if at <= max(late, default=stretch.start)), default=stretch.start)


def _places(desk: _Desk, stretch: Span) -> list[Fraction]:
    """Return where chords may change: beats under songs, accented groups elsewhere, hits, and chords that are written."""
    spotting = desk.plan.spotting
    places = {stretch.start}
    first = max(bisect_right([bar.start for bar in spotting.bars], stretch.start) - 1, 0)
    for bar in spotting.bars[first:]:
        if bar.start >= stretch.end:
            break
        places.update(at for at in _bar_places(desk, bar) if at in stretch)
    places.update(landing.at for landing in spotting.landings if landing.hit.do in TURNS and landing.at in stretch)
    places.update(at for song in desk.songs for at, _ in song.fixed if at in stretch)
    return sorted(places)


def _bar_places(desk: _Desk, bar: BarSpan) -> set[Fraction]:
    meter = bar.meter
    places = {bar.start + offset for offset in meter.accents}
    if desk.speech.grid == "beat" and desk.songs_in(bar.start, bar.end):
        places |= {bar.start + offset for offset in beats(meter)}
    return places


def _slot(desk: _Desk, span: Span) -> Slot:
    spotting, at = desk.plan.spotting, span.start
    song, section = desk.song_at(at), desk.plan.section_at(at)
    affect, bar = spotting.affect(at), spotting.bar_at(at)
    weight = bar.meter.weight(at - bar.start)
    ending = song is not None and at > song.last
    closes = song is not None and at <= song.last < span.end
    home = at == bar.start and _begins(desk, section, song, bar)
    return Slot(
        span=span,
        key=_key(desk, song, section, at, bar),
        affect=affect,
        weight=weight,
        notes=_notes(desk, song, span, weight),
        fixed=song.fixed_at(at) if song else None,
        hint=song.hint_at(at) if song else None,
        hinted=song.hinted if song else 0.0,
        due=not ending and _due(desk, section, affect, bar, at),
        goal=song.goal if song and closes else "",
        left=0 if closes else 3,
        pull=CALM_PULL + TENSE_PULL * min(1.0, 2 * affect.tension),
        home=home,
        turn="held" if song and ending and song.turns and _first_accent(bar, at, song) else "",
        still=_still(desk, song, section, at),
        whim=() if home else tuple(price * (FREE if song is None else SUNG) for price in desk.whims[bar.number - 1]),
    )


def _begins(desk: _Desk, section: Section, song: Song | None, bar: BarSpan) -> bool:
    """Tell whether a phrase begins with a bar: a theme's first whole bar, or every fourth of a section."""
    if song:
        return song.span.start <= bar.start < song.span.start + bar.meter.bar
    first = desk.plan.spotting.bar_at(section.span.start).number
    return (bar.number - first) % PHRASE == 0


def _due(desk: _Desk, section: Section, affect: Affect, bar: BarSpan, at: Fraction) -> bool:
    spotting = desk.plan.spotting
    quarter = spotting.seconds(bar.start + 1) - spotting.seconds(bar.start)
    slower = UNDER_WORDS if section.function == "underscore" else 1.0
    offset = at - bar.start + bar.meter.bar * ((bar.number - 1) % 2)
    return is_due(offset, bar.meter, affect, desk.speech.rhythm * slower, quarter)


def _first_accent(bar: BarSpan, at: Fraction, song: Song) -> bool:
    """Tell whether a place is the first accented one at least a beat after a song's last note began."""
    if bar.meter.weight(at - bar.start) < 3 or at < song.last + bar.meter.beat:
        return False
    length = bar.meter.bar / len(bar.meter.accents)
    return at - length < song.last + bar.meter.beat


def _notes(desk: _Desk, song: Song | None, span: Span, weight: int) -> tuple[Heard, ...]:
    own = within(song.notes, span, weight) if song else ()
    return (*within(desk.counters, span, weight), *own)


def _key(desk: _Desk, song: Song | None, section: Section, at: Fraction, bar: BarSpan) -> Key:
    """Return the key at a place: the song's, the section's, or in the half bar that leads to a song already that one's.

    Before a reveal the old key stays to the last: nothing gives the new one away.
    """
    if song:
        return song.statement.key
    coming = desk.next_song(at)
    if coming and coming.span.start not in desk.reveals and coming.span.start - at <= bar.meter.bar / 2:
        return coming.statement.key
    return section.key


def _still(desk: _Desk, song: Song | None, section: Section, at: Fraction) -> str:
    """Return the degree that the bass holds at a place: under suspense between songs, and throughout where the dialect has a drone."""
    if desk.speech.drone:
        return "1"
    if _before_climax(desk, song, section, at):
        return "5"
    affect = desk.plan.spotting.affect(at)
    suspense = affect.tension >= desk.speech.pedal and affect.arousal < 0.6
    if song or not suspense or section.function not in SUSPENSE:
        return ""
    return "5" if section.function == "build" else "1"


def _before_climax(desk: _Desk, song: Song | None, section: Section, at: Fraction) -> bool:
    """Tell whether a place lies in the last two bars before a climax in the same key that the music rises to, with no whole theme above."""
    sections, bars = desk.plan.sections, desk.plan.spotting
    climax = next((one for one in sections if one.function == "climax" and one.span.start > at), None)
    if climax is None or desk.speech.pedal > 1 or section.key.tonic != climax.key.tonic:
        return False
    near = climax.span.start - at <= RISING * bars.bar_at(at).meter.bar
    rises = climax.affect.arousal >= section.affect.arousal - LEVEL and climax.affect.arousal > LEVEL
    whole = song is not None and song.statement.treatment == "theme" and song.span.start <= at
    return near and rises and not whole


def _whims(spotting: Spotting) -> tuple[tuple[float, ...], ...]:
    """Return for every bar a small price for each root above the tonic: so that no loop repeats, and seeds differ."""
    streams = (Chance(spotting.scene.seed, spotting.scene.id, bar.number, "harmony") for bar in spotting.bars)
    return tuple(tuple(chance.unit() for _ in range(12)) for chance in streams)


def _held(slots: Sequence[Slot], chords: Sequence[DegreeChord]) -> tuple[DegreeChord, ...]:
    """Return the chords with the bass held where the slots ask for a pedal; chords that are written stay."""
    found = []
    for slot, chord in zip(slots, chords, strict=True):
        pedal = Degree.parse(slot.still) if slot.still and slot.fixed is None else None
        found.append(replace(chord, bass=None if pedal == chord.root else pedal) if pedal else chord)
    return tuple(found)

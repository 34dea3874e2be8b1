"""What the fabric of a scene must be, and what each wish of a palette does to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest

from desk_scenes import harmony_of, restyled
from motifgen.compose.desk import Line, ScoreNote, Texture
from motifgen.compose.texture import weave
from motifgen.orchestra.palette import palettes
from motifgen.story.scene import Hit
from motifgen.theory.time import Span

STYLES = tuple(palettes())


@cache
def woven(style: str = "orchestral", seconds: int = 90) -> Texture:
    return weave(harmony_of(style, seconds))


def notes_of(texture: Texture, *roles: str) -> list[ScoreNote]:
    return [note for line in texture.lines if not roles or line.role in roles for note in line.notes]


def weight(texture: Texture, start: Fraction, end: Fraction) -> float:
    overlaps = ((min(n.end, end) - max(n.onset, start), n.level) for n in notes_of(texture))
    return sum(float(length) * level**2 for length, level in overlaps if length > 0) / float(end - start)


@pytest.mark.parametrize("style", STYLES)
def test_the_same_scene_gives_the_same_fabric(style: str) -> None:
    assert woven(style).lines == weave(harmony_of(style)).lines


@pytest.mark.parametrize("style", STYLES)
def test_every_statement_is_whole_and_moved_by_octaves_only(style: str) -> None:
    texture = woven(style)
    for index, statement in enumerate(texture.harmony.plan.statements):
        own = [note for note in notes_of(texture) if note.statement == index]
        sounded = statement.motif.sounding(statement.key)
        assert [note.onset - statement.start for note in own] == [onset for onset, _, _ in sounded]
        shifts = {note.pitch.midi - pitch.midi for note, (_, _, pitch) in zip(own, sounded, strict=True)}
        assert len(shifts) == 1
        assert shifts.pop() % 12 == 0


@pytest.mark.parametrize("style", STYLES)
def test_lines_that_are_one_voice_never_overlap(style: str) -> None:
    for line in woven(style).lines:
        if line.role not in {"pad", "arpeggio", "hit", "percussion"}:
            assert all(one.end <= other.onset for one, other in pairwise(line.notes)), line.role


@pytest.mark.parametrize("style", STYLES)
def test_moving_accompaniment_is_rewritten_for_every_bar(style: str) -> None:
    repeated = played = 0
    bars = woven(style).harmony.plan.spotting.bars
    for line in woven(style).lines:
        if line.role in {"ostinato", "pulse", "arpeggio"}:
            written = [tuple((n.onset - b.start, n.duration, n.pitch) for n in line.notes if b.start <= n.onset < b.end) for b in bars]
            pairs = [(one, other) for one, other in pairwise(written) if one and other]
            repeated += sum(one == other for one, other in pairs)
            played += len(pairs)
    assert repeated <= 0.2 * played


def test_the_fabric_is_thicker_where_the_arc_is_high() -> None:
    texture = woven("orchestral")
    end = texture.harmony.plan.spotting.end
    quiet, full = weight(texture, Fraction(0), end / 6), weight(texture, end * 13 / 20, end * 3 / 4)
    assert full > 10 * quiet


def test_layers_enter_one_by_one() -> None:
    bars = woven("orchestral").harmony.plan.spotting.bars
    first = {role: min(n.onset for n in notes_of(woven("orchestral"), role)) for role in ("pad", "bass", "ostinato", "percussion")}
    entries = Counter(next(b.number for b in bars if b.start <= at < b.end) for at in first.values())
    assert max(entries.values()) == 1
    assert first["percussion"] == max(first.values())


def test_before_a_stinger_there_is_at_most_one_soft_line_and_after_it_no_floor() -> None:
    texture = woven("orchestral")
    spotting = texture.harmony.plan.spotting
    stinger = next(landing.at for landing in spotting.landings if landing.hit.do == "stinger")
    before = stinger - Fraction(1, 2)
    sounding = {id(line) for line in texture.lines for n in line.notes if n.onset <= before < n.end}
    assert len(sounding) <= 1
    struck = [n for n in notes_of(texture, "hit") if n.onset == stinger]
    assert len(struck) >= 6
    assert max(n.level for n in struck) > 0.8
    after = Span(stinger, next(bar.end for bar in spotting.bars if bar.start > stinger))
    assert not [n for n in notes_of(texture, "bass", "drone", "pulse") if n.onset in after]


def test_a_swell_grows_to_its_hit() -> None:
    texture = weave(harmony_of(hits=(Hit(Fraction(45), "swell"),)))
    at = texture.harmony.plan.spotting.landings[0].at
    swell = next(line for line in texture.lines if line.role == "pad" and line.notes[-1].onset == at and "accent" in line.notes[-1].marks)
    growing = sorted({(n.onset, n.level) for n in swell.notes if n.onset < at})
    assert all("tremolo" in n.marks for n in swell.notes if n.onset < at)
    levels = [level for _, level in growing]
    assert levels == sorted(levels)
    assert levels[-1] > 1.5 * levels[0]


def test_under_words_one_soft_colour_is_left() -> None:
    spoken = Span(Fraction(40), Fraction(52))
    texture = weave(harmony_of(dialogue=(spoken,)))
    spotting = texture.harmony.plan.spotting
    start, end = spotting.quarter(spoken.start), spotting.quarter(spoken.end)
    assert weight(texture, start, end) < weight(texture, Fraction(0), spotting.end) / 3
    inside = {line.role for line in texture.lines if line.statement < 0 for n in line.notes if start + 4 <= n.onset < end - 4}
    assert inside <= {"pad", "drone"}


def test_words_spoken_at_once_count_once() -> None:
    spans = (Span(Fraction(38), Fraction(52)), Span(Fraction(40), Fraction(50)), Span(Fraction(41), Fraction(54)))
    over, once = (weave(harmony_of(dialogue=spoken)) for spoken in (spans, (Span(Fraction(38), Fraction(54)),)))
    assert over.lines == once.lines


def test_the_music_goes_on_after_a_breath() -> None:
    for second in (21, 24, 33, 40):
        hits = (Hit(Fraction(second), "pause"), Hit(Fraction(second + 5), "stinger"))
        texture = weave(harmony_of(hits=hits))
        spotting = texture.harmony.plan.spotting
        pause = spotting.landings[0].at
        first = min(n.onset for line in texture.lines for n in line.notes if n.onset > pause)
        assert Fraction(1, 2) <= spotting.seconds(first) - second <= Fraction(201, 100)


def test_nothing_sounds_in_silence() -> None:
    silent = Span(Fraction(30), Fraction(36))
    texture = weave(harmony_of(silence=(silent,)))
    rests = texture.harmony.plan.spotting.rests
    assert rests
    assert not [n for n in notes_of(texture) for rest in rests if rest.start < n.end and n.onset < rest.end]


def test_the_scene_ends_by_decision() -> None:
    texture = woven("orchestral")
    end = texture.harmony.plan.spotting.end
    last = [n for n in notes_of(texture) if n.end == end]
    assert last
    assert max(n.level for n in last) <= 0.45


def test_counter_lines_are_counterpoint() -> None:
    strong = consonant = parallels = 0
    for style in ("chamber", "romance", "noir"):
        for line in (line for line in woven(style, 180).lines if line.role == "counter" and line.statement < 0 and not line.voice):
            theme = _theme_over(woven(style, 180), line)
            pairs = [(n, over) for n in line.notes for over in [_sounding(theme, n.onset)] if over is not None]
            firm = [gap for gap in (_strong_gap(woven(style, 180), *pair) for pair in pairs) if gap is not None]
            strong += len(firm)
            consonant += sum(gap in {0, 3, 4, 7, 8, 9} for gap in firm)
            parallels += sum(_parallel(one, other) for one, other in pairwise(pairs))
    assert strong >= 15
    assert consonant >= 0.85 * strong
    assert parallels <= 1


def _strong_gap(texture: Texture, low: ScoreNote, high: ScoreNote) -> int | None:
    bar = texture.harmony.plan.spotting.bar_at(low.onset)
    return (high.pitch.midi - low.pitch.midi) % 12 if bar.meter.weight(low.onset - bar.start) >= 3 else None


def _theme_over(texture: Texture, line: Line) -> tuple[ScoreNote, ...]:
    melodies = (t.notes for t in texture.lines if t.role == "melody")
    return next((notes for notes in melodies if notes[0].onset <= line.notes[0].onset < notes[-1].end), ())


def _sounding(notes: tuple[ScoreNote, ...], at: Fraction) -> ScoreNote | None:
    return next((n for n in notes if n.onset <= at < n.end), None)


def _parallel(one: tuple[ScoreNote, ScoreNote], other: tuple[ScoreNote, ScoreNote]) -> bool:
    before, after = one[1].pitch.midi - one[0].pitch.midi, other[1].pitch.midi - other[0].pitch.midi
    moved = one[0].pitch != other[0].pitch and one[1].pitch != other[1].pitch
    return moved and before % 12 == after % 12 and after % 12 in {0, 7}


def test_the_bass_is_a_melody() -> None:
    moves = [
        abs(b.pitch.midi - a.pitch.midi) for line in woven("orchestral", 180).lines if line.role == "bass" for a, b in pairwise(line.notes)
    ]
    steps = [move for move in moves if move]
    assert sum(1 <= move <= 2 for move in steps) >= 0.45 * len(steps)
    assert max(steps) <= 12


def test_an_ostinato_keeps_the_rhythm_of_a_theme() -> None:
    texture = woven("action")
    line = next(line for line in texture.lines if line.role == "ostinato" and line.statement < 0)
    heads = [tuple(d for _, d, _ in s.motif.sounding()) for s in texture.harmony.plan.statements]
    own = [note.duration for note in line.notes[:3]]
    assert any(len({a / b for a, b in zip(own, head, strict=False)}) == 1 for head in heads)


def test_chords_stay_under_a_high_theme() -> None:
    texture = woven("romance")
    for theme in (line for line in texture.lines if line.role == "melody" and min(n.pitch.midi for n in line.notes) >= 64):
        for pad in (line for line in texture.lines if line.role == "pad" and not any("tremolo" in n.marks for n in line.notes)):
            for low in pad.notes:
                over = _sounding(theme.notes, low.onset)
                ending = low.end == texture.harmony.plan.spotting.end
                assert over is None or ending or low.pitch.midi <= over.pitch.midi


@pytest.mark.parametrize(
    ("field", "low", "high"),
    [("density", 0.0, 1.0), ("short", 0.0, 0.9), ("push", 0.0, 1.0), ("dynamics", (0.1, 0.5), (0.1, 1.0)), ("width", 0.0, 1.0)],
)
def test_every_wish_of_a_palette_is_heard(field: str, low: object, high: object) -> None:
    harmony = harmony_of("orchestral")
    if field == "width":  # heard where no theme bounds the chords
        harmony = replace(harmony, plan=replace(harmony.plan, statements=()))
    less, more = weave(restyled(harmony, **{field: low})), weave(restyled(harmony, **{field: high}))
    measure = {
        "density": lambda t: len(notes_of(t, "ostinato", "arpeggio", "pulse")),
        "short": lambda t: sum("staccato" in n.marks or "pizzicato" in n.marks for n in notes_of(t, "ostinato", "bass")),
        "push": lambda t: sum("accent" in n.marks and n.onset.denominator > 1 for n in notes_of(t, "ostinato")),
        "dynamics": lambda t: max(n.level for n in notes_of(t, "melody")),
        "width": lambda t: sum(b.pitch.midi - a.pitch.midi for p in _chords(t) for a, b in pairwise(p)) / max(len(_chords(t)), 1),
    }[field]
    assert measure(more) > measure(less)


def _chords(texture: Texture) -> list[list[ScoreNote]]:
    struck: dict[tuple[int, Fraction], list[ScoreNote]] = {}
    for number, line in enumerate(texture.lines):
        if line.role == "pad" and line.statement < 0:
            for note in line.notes:
                struck.setdefault((number, note.onset), []).append(note)
    return [sorted(chord, key=lambda n: n.pitch.midi) for chord in struck.values() if len(chord) > 2]


def test_textures_that_a_style_does_not_name_are_rarer() -> None:
    harmony = harmony_of("orchestral")
    without = weave(restyled(harmony, textures=("chords", "drone")))
    named = weave(restyled(harmony, textures=("ostinato", "pulse", "arpeggio")))
    assert len(notes_of(named, "ostinato", "pulse", "arpeggio")) > len(notes_of(without, "ostinato", "pulse", "arpeggio"))


def test_seeds_change_the_accompaniment_and_not_the_themes() -> None:
    harmony = harmony_of("orchestral")
    spotting = replace(harmony.plan.spotting, scene=replace(harmony.plan.spotting.scene, seed=99))
    other = weave(replace(harmony, plan=replace(harmony.plan, spotting=spotting)))
    themes = [line for line in woven("orchestral").lines if line.statement >= 0]
    assert [line for line in other.lines if line.statement >= 0] == themes
    assert other.lines != woven("orchestral").lines

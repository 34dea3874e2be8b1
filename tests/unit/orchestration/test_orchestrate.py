"""What no score may do, in any style."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import combinations

import pytest

from desk_scenes import harmony_of
from motifgen.compose.desk import ScorePart, Scoring
from motifgen.compose.orchestration import orchestrate
from motifgen.compose.orchestration.casting import Casting, cast
from motifgen.compose.orchestration.chairs import ensemble
from motifgen.compose.orchestration.clock import Clock
from motifgen.compose.orchestration.roster import Roster
from motifgen.compose.orchestration.strands import strands
from motifgen.compose.texture import weave
from motifgen.compose.texture.loom import survey
from motifgen.orchestra.palette import palettes

STYLES = tuple(palettes())


@cache
def scored(style: str, seconds: int = 90) -> Scoring:
    return orchestrate(weave(harmony_of(style, seconds)))


def longest_breath(part: ScorePart, scoring: Scoring) -> float:
    seconds = scoring.texture.harmony.plan.spotting.seconds
    longest, since, last = Fraction(0), None, None
    for note in part.notes:
        start, end = seconds(note.onset), seconds(note.end)
        if since is None or last is None or start - last > Fraction(1, 5):
            since = start
        last = max(end, last or end)
        longest = max(longest, last - since)
    return float(longest)


@pytest.mark.parametrize("style", STYLES)
def test_no_note_leaves_its_instrument(style: str) -> None:
    for part in scored(style).parts:
        assert all(part.instrument.low <= note.pitch.midi <= part.instrument.high for note in part.notes), part.name


@pytest.mark.parametrize("style", STYLES)
def test_no_part_plays_more_than_it_can_at_once(style: str) -> None:
    for part in scored(style).parts:
        for note in part.notes:
            sounding = [n for n in part.notes if n.onset <= note.onset < n.end]
            assert len(sounding) <= part.instrument.polyphony, (part.name, note.onset)


@pytest.mark.parametrize("style", STYLES)
def test_no_pitch_overlaps_itself_in_a_part(style: str) -> None:
    for part in scored(style).parts:
        ends: dict[int, Fraction] = {}
        for note in part.notes:
            assert note.onset >= ends.get(note.pitch.midi, Fraction(0)), (part.name, note.onset)
            ends[note.pitch.midi] = note.end


@pytest.mark.parametrize("style", STYLES)
def test_winds_breathe(style: str) -> None:
    scoring = scored(style)
    for part in scoring.parts:
        if part.instrument.breath:
            assert longest_breath(part, scoring) <= part.instrument.breath + 0.5, part.name


@pytest.mark.parametrize("style", STYLES)
def test_nothing_sounds_before_the_start_in_rests_or_after_the_end(style: str) -> None:
    scoring = scored(style)
    spotting = scoring.texture.harmony.plan.spotting
    for part in scoring.parts:
        for note in part.notes:
            assert 0 <= note.onset < note.end <= spotting.end
            assert not any(rest.start < note.end and note.onset < rest.end for rest in spotting.rests)
            assert 0 < note.level <= 1


@pytest.mark.parametrize("style", STYLES)
def test_parts_have_names_of_their_own_and_stand_in_score_order(style: str) -> None:
    parts = scored(style).parts
    assert len({part.name for part in parts}) == len(parts)
    assert [part.instrument.order for part in parts] == sorted(part.instrument.order for part in parts)


@pytest.mark.parametrize("style", STYLES)
def test_every_statement_is_played_whole_by_somebody(style: str) -> None:
    scoring = scored(style)
    played = {index: Counter[str]() for index in range(len(scoring.texture.harmony.plan.statements))}
    for part in scoring.parts:
        for note in part.notes:
            if note.statement >= 0:
                played[note.statement][part.name] += 1
    for index, statement in enumerate(scoring.texture.harmony.plan.statements):
        assert max(played[index].values(), default=0) == len(statement.motif.sounding()), (index, statement.treatment)


def test_a_voice_of_a_character_and_a_composers_word_are_respected() -> None:
    scoring = orchestrate(weave(harmony_of("chamber", by="solo cello")))
    first = [part for part in scoring.parts if any(note.statement == 0 for note in part.notes)]
    assert "Solo Cello" in [part.name for part in first]
    second = [part.name for part in scoring.parts if any(note.statement == 1 for note in part.notes)]
    assert "Clarinet" in second


def test_a_player_whom_the_style_does_not_have_gets_a_part_of_its_own() -> None:
    scoring = orchestrate(weave(harmony_of("orchestral", by="duduk")))
    assert "Duduk" in [part.name for part in scoring.parts]


@pytest.mark.parametrize("style", ["orchestral", "chamber", "epic", "romance", "fantasy"])
def test_no_colour_sings_three_statements_running(style: str) -> None:
    scoring = scored(style, 180)
    themes = [n for n, s in enumerate(scoring.texture.harmony.plan.statements) if s.treatment == "theme"]
    leads = [_leader(scoring, index) for index in themes]
    assert not any(one == two == three for one, two, three in zip(leads, leads[1:], leads[2:], strict=False))


def _leader(scoring: Scoring, index: int) -> str:
    sung = [(n.level, part.instrument.name) for part in scoring.parts for n in part.notes if n.statement == index]
    return max(sung)[1]


@pytest.mark.parametrize("style", ["orchestral", "chamber", "piano", "jazz", "horror"])
def test_a_scene_without_chords_or_themes_is_still_a_score(style: str) -> None:
    harmony = harmony_of(style)
    bare = replace(harmony, plan=replace(harmony.plan, statements=()), chords=())
    scoring = orchestrate(weave(bare))
    assert all(part.notes for part in scoring.parts)
    themes = orchestrate(weave(replace(harmony, chords=())))
    assert {n.statement for part in themes.parts for n in part.notes} >= set(range(len(harmony.plan.statements)))


def test_full_moments_have_more_players_than_thin_ones() -> None:
    scoring = scored("orchestral", 180)
    plan = scoring.texture.harmony.plan
    bars = [bar for bar in plan.spotting.bars if bar.end <= plan.spotting.end]
    counts = [sum(any(n.onset < bar.end and bar.start < n.end for n in part.notes) for part in scoring.parts) for bar in bars]
    arousal = [plan.spotting.affect(bar.start + bar.meter.bar / 2).arousal for bar in bars]
    assert _rank_correlation(counts, arousal) > 0.7


def _rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    ranks = [[sum(b < a for b in row) + sum(b == a for b in row) / 2 for a in row] for row in (one, other)]
    return statistics.correlation(*ranks)


def test_doublings_follow_weight_and_stay_out_of_the_bottom() -> None:
    scoring = scored("orchestral", 180)
    low = [
        (part.name, note)
        for part in scoring.parts
        for note in part.notes
        if note.pitch.midi < 40 and part.instrument.family == "strings" and part.instrument.name != "double bass"
    ]
    assert not [row for row in low if row[0] != "Cellos"]


@pytest.mark.parametrize("style", ["piano"])
def test_two_hands_can_play_the_reduction(style: str) -> None:
    piano = scored(style, 180).parts[0]
    for onset in {note.onset for note in piano.notes}:
        struck = sorted(note.pitch.midi for note in piano.notes if note.onset == onset)
        assert len(struck) <= 10
        assert _hands(struck)


def _hands(keys: list[int]) -> bool:
    """Tell whether the keys fall into two groups of at most five within a ninth each."""
    splits = ((keys[:n], keys[n:]) for n in range(len(keys) + 1))
    return any(all(not hand or (hand[-1] - hand[0] <= 14 and len(hand) <= 5) for hand in split) for split in splits)


def test_only_strings_and_drums_tremble() -> None:
    for style in ("orchestral", "horror", "fantasy"):
        for part in scored(style).parts:
            if part.instrument.family not in {"strings", "percussion"}:
                assert not any("tremolo" in note.marks for note in part.notes), part.name


def test_a_named_voice_sings_a_light_statement_alone_and_a_heavy_one_above_all() -> None:
    harmony = harmony_of("orchestral", 180)
    for index, statement in enumerate(harmony.plan.statements):
        scoring = scored("orchestral", 180)
        line = next(line for line in scoring.texture.lines if line.statement == index)
        sung = {part.name: max(n.level for n in part.notes if n.statement == index) for part in scoring.parts if _sings(part, index)}
        if statement.who.voice and line.role == "melody":
            assert max(sung, key=lambda name: sung[name]).startswith("Clarinet")
            assert line.weight > 0.5 or len(sung) == 1


def _sings(part: ScorePart, index: int) -> bool:
    return any(note.statement == index for note in part.notes)


def test_a_guest_beside_a_piano_has_a_part_and_one_that_cannot_play_leaves_it_to_the_piano() -> None:
    names = [part.name for part in orchestrate(weave(harmony_of("piano", by="solo cello"))).parts]
    assert names == ["Piano", "Solo Cello"]
    lone = orchestrate(weave(harmony_of("piano", by="snare drum")))
    assert [part.name for part in lone.parts] == ["Piano"]
    assert any(note.statement == 0 for note in lone.parts[0].notes)


@pytest.mark.parametrize("style", ["orchestral", "epic", "action", "fantasy", "western"])
def test_who_sustains_in_a_loud_passage_does_so_without_strain(style: str) -> None:
    scoring = scored(style)
    loom = survey(scoring.texture.harmony)
    high = total = 0.0
    for part in scoring.parts:
        one = part.instrument
        if one.drums or not one.sustained:
            continue
        top = one.sweet_low + 0.8 * (one.sweet_high - one.sweet_low)
        long = [note for note in part.notes if note.statement < 0 and note.duration >= 1 and loom.moment(note.onset).full > 0.55]
        total += sum(float(note.duration) for note in long)
        high += sum(float(note.duration) for note in long if note.pitch.midi > top)
    assert high < 0.2 * total


_FIGURES = frozenset({"pad", "ostinato", "arpeggio", "pulse"})


@pytest.mark.parametrize("style", [style for style in STYLES if style != "piano"])
def test_a_player_of_several_notes_has_one_figure_at_a_time(style: str) -> None:
    texture = weave(harmony_of(style, 90))
    spotting = texture.harmony.plan.spotting
    casting = Casting(spotting, spotting.palette, Roster(list(ensemble(spotting.palette))), Clock.of(spotting))
    for line in texture.lines:
        for strand in strands(line) if line.role != "hit" else ():
            chosen = cast(casting, strand)
            if chosen is not None:
                casting.roster.give(chosen[0], line.role, strand.notes, chosen[1])
    for chair in casting.roster.chairs:
        if chair.instrument.family in {"keys", "plucked"}:
            duties = [duty for duty in casting.roster.of(chair) if duty.role in _FIGURES | {"bass"}]
            for one, other in combinations(duties, 2):
                together = one.start < other.end and other.start < one.end and one.role != other.role
                assert not together or (chair.instrument.family == "keys" and "bass" in {one.role, other.role})

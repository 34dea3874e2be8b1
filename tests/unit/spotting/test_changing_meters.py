"""Stretches of other meters: bars begin where themes do, and every hit lands as in one meter."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.affect import Affect
from motifgen.compose.spotting import spot
from motifgen.compose.spotting.bend import Cells, Pins
from motifgen.compose.spotting.lattice import Lattice
from motifgen.compose.spotting.presences import Presence, doors, presences
from motifgen.compose.spotting.ruler import Ruler
from motifgen.compose.spotting.stretches import stretches
from motifgen.compose.spotting.wish import felt_beat, wished
from motifgen.motif.notation import read
from motifgen.orchestra.palette import palette
from motifgen.sketch.events import PPQ
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Asked, Cast, Hit, Scene
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter, Span

MS = Fraction(1, 1000)
STYLE = palette("orchestral")
NOTES = {
    "2/4": "D4/q A4/q | G4/q. F4/e",
    "3/4": "D4/q. E4/e F4/q | A4/h D4/q",
    "4/4": "D4/h A4/q. G4/e | F4/q E4/q D4/h",
    "5/4": "D4/q F4/q A4/q G4/q F4/q | E4/h. D4/h",
    "6/8": "D4/q F4/e A4/q. | G4/e F4/e E4/e D4/q.",
    "7/8": "D4/q F4/q A4/q. | G4/q F4/q D4/q.",
    "12/8": "D4/q. A4/q. G4/q F4/e E4/q. | D4/h. A3/h.",
    "3/2": "D4/h F4/h A4/h | G4/w D4/h",
    "2/2": "D4/h A4/h | G4/h D4/h",
}
LEVEL = ((0, Affect()), (1000, Affect()))


def someone(name, meter, notes="", **more):
    return Character(name, read(notes or NOTES[meter], Key.parse("D minor"), Meter.parse(meter)), **more)


def scene(length, cast, hits=(), arc=LEVEL, **more):
    points = [(at, feel) for at, feel in arc if at < length]
    return Scene("1m1", length, Arc.of(*points), cast=cast, hits=hits, **more)


def begun(made):
    return [(at, str(meter)) for at, meter in made.meters]


@st.composite
def mixed_scenes(draw):
    """Up to four stretches of a scene, in which one after the other leads, most of them entering on a hit."""
    edges = [Fraction(0)]
    for _ in range(draw(st.integers(2, 4))):
        edges.append(edges[-1] + Fraction(draw(st.integers(15 * 24, 50 * 24)), 24))
    people = [someone(f"p{i}", draw(st.sampled_from(sorted(NOTES)))) for i in range(len(edges) - 1)]
    cast = [Cast(who, span) for who, span in zip(people, pairwise(edges), strict=True)]
    hits = [Hit(at, draw(st.sampled_from(("entry", "reveal"))), who=who.key) for who, at in zip(people[1:], edges[1:], strict=False)]
    hits = [hit for hit in hits if draw(st.integers(0, 3))]
    for at in draw(st.sets(st.integers(3, int(edges[-1]) - 2), max_size=6)):
        if all(abs(hit.at - at) > 1 for hit in hits):
            hits.append(Hit(at, draw(st.sampled_from(("accent", "stinger", "swell")))))
    arousal = [(edges[-1] * i / 3, Affect(arousal=draw(st.sampled_from((-0.4, 0.0, 0.4))))) for i in range(4)]
    return scene(edges[-1], cast, sorted(hits, key=lambda hit: hit.at), arousal)


@given(mixed_scenes())
@settings(max_examples=40, deadline=None)
def test_stretches_begin_on_bar_lines_and_hits_land_as_in_one_meter(picture):
    made = spot(picture)
    plain = spot(replace(picture, meter=made.bars[0].meter))
    assert made.bars[0].start == 0
    assert all(before.end == after.start and before.number + 1 == after.number for before, after in pairwise(made.bars))
    starts = {bar.start: bar.meter for bar in made.bars}
    assert made.meters[0] == (0, spot(replace(picture, hits=())).meters[0][1])
    assert all(at in starts for at, _ in made.meters)
    assert all(landing.met or not before.met for landing, before in zip(made.landings, plain.landings, strict=True))
    for landing in made.landings:
        bar = made.bar_at(landing.at)
        assert abs(made.seconds(landing.at) - landing.hit.at - landing.error) < MS
        assert not landing.met or not (landing.at - bar.start) % bar.meter.beat or landing.at in {at for at, _ in made.meters}


@given(mixed_scenes())
@settings(max_examples=30, deadline=None)
def test_every_stretch_is_long_enough_and_mostly_in_its_own_bars(picture):
    made = spot(picture)
    for span, meter in made.stretches if len(made.meters) > 1 else ():
        seconds = made.seconds(min(span.end, made.end)) - made.seconds(span.start)
        own = [bar for bar in made.bars if bar.start in span]
        assert seconds > 10
        assert len(own) >= 7
        assert 2 * sum(bar.meter == meter for bar in own) > len(own)


@given(mixed_scenes())
@settings(max_examples=30, deadline=None)
def test_the_felt_beat_goes_on_where_the_meter_changes(picture):
    made = spot(picture)
    for at, meter in made.meters[1:]:
        before = next(old for span, old in made.stretches if span.end == at)
        last, first = felt_beat(before), felt_beat(meter)
        one, other = (made.seconds(at) - made.seconds(at - last), made.seconds(at + first) - made.seconds(at))
        assert 0.8 < float(one / other) < 1.25


WALTZ, MARCH = someone("ines", "3/4"), someone("father", "4/4")


def test_the_meter_changes_on_the_entry_of_one_whose_theme_has_another():
    made = spot(scene(100, [Cast(WALTZ), Cast(MARCH, (50, 100))], [Hit(50, "reveal", who="father")]))
    (_, first), (at, second) = begun(made)
    assert (first, second) == ("3/4", "4/4")
    assert at == made.landings[0].at
    assert abs(made.seconds(at) - 50) < MS
    assert f"from bar {made.bar_at(at).number} the meter is 4/4, for Father" in made.warnings


def test_a_fixed_meter_binds_the_whole_scene():
    made = spot(scene(100, [Cast(WALTZ), Cast(MARCH, (50, 100))], [Hit(50, "reveal", who="father")], meter=Meter(3, 4)))
    assert begun(made) == [(0, "3/4")]


def test_a_short_visit_changes_no_meter_nor_does_coming_and_going():
    visit = scene(80, [Cast(WALTZ), Cast(MARCH, (30, 40))], [Hit(30, "entry", who="father")])
    assert len(spot(visit).meters) == 1
    often = [Cast(who, (at, at + 13)) for at, who in zip(range(0, 91, 13), [WALTZ, MARCH] * 4, strict=False)]
    assert len(spot(scene(91, often)).meters) <= 3


def test_a_pickup_leads_to_the_bar_line_of_the_new_meter():
    sea = someone("sea", "6/8", "C4/e | F4/q. A4/q G4/e | F4/q. C5/q.")
    made = spot(scene(100, [Cast(MARCH, (0, 50)), Cast(sea, (50, 100))], [Hit(50, "entry", who="sea")]))
    (at, meter), landing = begun(made)[1], made.landings[0]
    assert (meter, at - landing.at) == ("6/8", Fraction(1, 2))
    assert landing.met
    assert abs(landing.error) < MS
    assert not any("part of a beat" in text for text in made.warnings)
    down = spot(scene(100, [Cast(MARCH, (0, 50)), Cast(sea, (50, 100))], [Hit(50, "entry", who="sea", on="downbeat")]))
    assert begun(down)[1][0] == down.landings[0].at


def test_one_who_comes_without_a_hit_begins_near_the_time_that_is_written():
    made = spot(scene(100, [Cast(WALTZ, (0, 50)), Cast(MARCH, (50, 100))]))
    assert abs(made.seconds(begun(made)[1][0]) - 50) < 2
    assert [bar.meter for bar in made.bars] == sorted(bar.meter for bar in made.bars)


def test_after_a_silence_the_meter_may_be_that_of_whoever_is_there():
    cut = [Hit(48, "cut"), Hit(52, "entry", who="father")]
    made = spot(scene(100, [Cast(WALTZ, (0, 49)), Cast(MARCH, (47, 100))], cut))
    assert abs(made.seconds(begun(made)[1][0]) - 52) < MS
    paused = spot(scene(100, [Cast(WALTZ, (0, 49)), Cast(MARCH, (49, 100))], [Hit(50, "pause")]))
    assert 50 < made.seconds(begun(paused)[1][0]) < 54


def test_asked_statements_and_supports_that_enter_count_with_the_leads():
    picture = scene(90, [Cast(WALTZ, (0, 44)), Cast(MARCH, (44, 90), role="support")])
    assert len(spot(picture).meters) == 1
    asked = replace(picture, statements=(Asked(46, MARCH), Asked(60, MARCH), Asked(72, MARCH)))
    made = spot(asked)
    assert [meter for _, meter in begun(made)] == ["3/4", "4/4"]
    entering = replace(picture, hits=(Hit(45, "entry", who="father"),))
    assert [meter for _, meter in begun(spot(entering))] == ["3/4", "4/4"]


def test_one_who_forbids_another_meter_loses_most_by_it():
    never = Presence(someone("x", "3/4", never=("meter",)), WALTZ.motif, Span(Fraction(0), Fraction(9)))
    free = never._replace(who=MARCH, theme=MARCH.motif)
    assert never.loss(Meter(4, 4)) > free.loss(Meter(3, 4)) > 0
    assert never.loss(Meter(6, 8)) > never.loss(Meter(3, 4)) == 0
    assert free.loss(Meter(2, 2)) == 0


def test_doors_are_where_somebody_comes_or_goes_or_sound_begins_again():
    picture = scene(
        90, [Cast(WALTZ, (0, 42)), Cast(MARCH, (20, 90))], [Hit(20.5, "accent"), Hit(60, "cut"), Hit(70, "accent")],
        arc=((0, Affect()), (41, Affect())), silence=[(80, 84)],
    )  # fmt: skip
    found = doors(picture, tuple(presences(picture, wished(picture, STYLE))))
    assert [(float(door.at), door.who, door.met) for door in found] == [
        (0, "ines", False), (20.5, "father", True), (41, "", False), (70, "", True), (84, "", False),
    ]  # fmt: skip


def test_the_tempo_that_is_wished_decides_how_long_eight_bars_are():
    long_bars = someone("deep", "3/2")
    picture = scene(60, [Cast(MARCH, (0, 40)), Cast(long_bars, (40, 60))], [Hit(40, "entry", who="deep")])
    slow, fast = (replace(picture, tempo=(tempo, tempo)) for tempo in (60, 160))
    found = [[str(it.meter) for it in stretches(each, STYLE, wished(each, STYLE))] for each in (slow, fast)]
    assert found == [["4/4"], ["4/4", "3/2"]]


@given(st.lists(st.sampled_from(sorted(NOTES)), min_size=1, max_size=8))
def test_a_ruler_measures_bars_of_any_meter(meters):
    lattices = [Lattice(Meter.parse(meter)) for meter in meters]
    kinds = [lattice.base.times(12 // lattice.felt) if 12 % lattice.felt == 0 else lattice.base for lattice in lattices]
    ruler = Ruler.of(kinds)
    assert ruler.quarter(ruler.places[-1]) == sum(kind.meter.bar for kind in kinds)
    assert [ruler.quarter(place) * PPQ for place in ruler.places] == list(ruler.ticks) == ruler.written(ruler.places)
    halves = [Fraction(one + other, 2) for one, other in pairwise(ruler.places)]
    assert [ruler.quarter(half) for half in halves] == [(one + other) / 2 for one, other in pairwise(map(ruler.quarter, ruler.places))]
    assert len(ruler.turns) == sum(one.meter.bar * other.length != other.meter.bar * one.length for one, other in pairwise(kinds))


def test_cells_are_cut_only_where_they_have_no_edge():
    wish = wished(scene(40, [Cast(MARCH)]), STYLE)
    cells = Cells.between([0, 16, 32], Pins((0, 32), (Fraction(0), Fraction(9))), wish, 4)
    same, tempo = cells.cut(cells.wished, [16])
    assert same is cells
    cut, more = cells.cut(tempo, [8, 40])
    assert cut.edges.tolist() == [0, 8, 16, 32]
    assert more.tolist() == [tempo[0], tempo[0], tempo[1]]

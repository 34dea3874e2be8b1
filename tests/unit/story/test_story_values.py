"""Stories in code: what people write becomes exact, what cannot be is refused, and values print as they are built."""

from fractions import Fraction

import pytest

from motifgen.affect import Affect
from motifgen.errors import MotifgenError, RangeError, UnknownNameError
from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.rhythmic import Augment
from motifgen.motif.transform.table import parse_transform
from motifgen.story.arc import Arc, Keyframe
from motifgen.story.leitmotif import Character, Emotion, Invention, Stage
from motifgen.story.scene import Asked, BarPlace, Cast, Hit, Scene, SourceScene, Story
from motifgen.story.timecode import FrameRate, Timecode
from motifgen.theory.pitch import PitchClass
from motifgen.theory.scale import Degree, Key, Mode
from motifgen.theory.time import Meter, Span

CALM = Arc.of((0, "calm"))
MARA = Character("mara", Motif.parse("D4/q A4/q. G4/e F4/q", key="D minor"))


@pytest.mark.parametrize("given", [34.5, "34.5", "0:34.5", Fraction(69, 2)])
def test_a_time_is_exact_however_it_is_written(given):
    assert Hit(given).at == Fraction(69, 2)
    assert Asked(given, MARA).at == Fraction(69, 2)
    assert Scene("1m1", given, CALM).length == Fraction(69, 2)


def test_timecode_in_a_scene_counts_from_its_start():
    scene = Scene("1m1", 60, CALM, start="01:00:10:00", hits=[Hit("01:00:44:12")], cast=[Cast(MARA, ("01:00:20:00", "01:00:30:00"))])
    assert scene.hits[0].at == Fraction(69, 2)
    assert scene.cast[0].span == Span(Fraction(10), Fraction(20))


def test_a_presence_may_be_whole_open_or_a_pair():
    cast = Scene("1m1", 60, CALM, cast=[Cast(MARA), Cast(MARA, 20), Cast(MARA, (20, 30))]).cast
    assert [(it.span.start, it.span.end) for it in cast] == [(0, 60), (20, 60), (20, 30)]


def test_a_feeling_may_be_a_word():
    assert Cast(MARA, feel="hope").feel == Affect(0.65, 0.0, 0.3, 0.4)


def test_key_meter_and_tempo_may_be_texts_and_numbers():
    scene = Scene("1m1", 60, CALM, key="D minor", meter="3/4", tempo=90)
    assert (str(scene.key), str(scene.meter), scene.tempo) == ("D minor", "3/4", (90.0, 90.0))


def test_one_transform_or_a_chain_becomes_steps():
    chain = parse_transform("minor, augment 2")
    assert Asked(1, MARA, Augment(Fraction(2))).transforms == (Augment(Fraction(2)),)
    assert Asked(1, MARA, chain).transforms == chain.steps


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: Hit(1, "acent"), "accent"),
        (lambda: Hit(1, on="beet"), "beat"),
        (lambda: Hit(-1), "cannot read the time"),
        (lambda: Cast(MARA, role="leed"), "lead"),
        (lambda: Cast(MARA, (30, 20)), "end after its start"),
        (lambda: Cast(MARA, feel="hoep"), "hope"),
        (lambda: Scene("1m1", 0, CALM), "more than 0"),
        (lambda: Scene("1m1", 10, CALM, hits=[Hit(20)]), "after the end"),
        (lambda: Scene("1m1", 10, CALM, cast=[Cast(MARA, (0, 20))]), "longer than scene"),
        (lambda: Scene("1m1", 10, CALM, tempo="fast"), "beats a minute"),
        (lambda: Scene("1m1", 10, CALM, tempo=(120, 80)), "slower first"),
        (lambda: Story(scenes=[Scene("1m1", 10, CALM), Scene("1m1", 10, CALM)]), "two scenes"),
        (lambda: Character("mara", kind="persn"), "person"),
        (lambda: Character("mara", keep=2.0), "0 to 1"),
        (lambda: Stage("1m1", "corupted"), "corrupted"),
    ],
)
def test_what_cannot_be_is_refused_in_words(wrong, says):
    with pytest.raises(MotifgenError, match=says):
        wrong()


def test_unknown_words_and_wrong_ranges_have_their_own_errors():
    with pytest.raises(UnknownNameError):
        Hit(1, "acent")
    with pytest.raises(RangeError):
        Scene("1m1", 0, CALM)


def test_a_film_gives_its_style_seed_and_rate_to_scenes_that_chose_none():
    chosen = Scene("1m2", 10, CALM, style="orchestral", seed=0)
    film = Story("F", scenes=[Scene("1m1", 10, CALM), chosen], style="piano", seed=7, frame_rate=25)
    assert [(it.style, it.seed) for it in film.scenes] == [("piano", 7), ("orchestral", 0)]
    assert film.scenes[0].frame_rate == FrameRate.named("25")
    assert str(film.scenes[0].start) == "01:00:00:00"


def test_whoever_is_cast_belongs_to_the_film():
    film = Story(scenes=[Scene("1m1", 10, CALM, cast=[Cast(MARA)])], emotions=[Emotion("dread")])
    assert film.characters == (MARA,)
    assert film.scenes[0].emotions == film.emotions


def test_values_print_as_they_are_built():
    # repr names every kind of value that a film is made of; those this module does not use otherwise are named here.
    assert all((Degree, FrameRate, Invention, Key, Keyframe, Meter, Mode, Note, PitchClass, Stage, Timecode))
    scene = Scene("1m1", 60, CALM, key="D minor", cast=[Cast(MARA, 20)], hits=[Hit(34.5, "accent")], statements=[Asked(BarPlace(3), MARA)])
    source = SourceScene("1m2", 30, {"title": "Harbour Lights"})
    film = Story("F", scenes=[scene, source], emotions=[Emotion("dread", Invention("ostinato"))], seed=3)
    known = {name: value for name, value in globals().items() if isinstance(value, type)}
    assert eval(repr(film), known) == film  # noqa: S307 - the law of values


def test_notebooks_draw_films_scenes_and_characters():
    scene = Scene("1m1", 60, CALM, cast=[Cast(MARA, 20)], hits=[Hit(34.5, "accent", "the <wave>")])
    drawn = Story("The & Road", scenes=[scene, SourceScene("1m2", 30, {"title": "x"})])._repr_html_()
    assert drawn.count("<svg") == 2
    assert "The &amp; Road" in drawn
    assert "the &lt;wave&gt;" in drawn
    assert "to be invented" in Character("oath")._repr_html_()

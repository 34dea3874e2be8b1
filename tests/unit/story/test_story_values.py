"""Stories in code: what people write becomes exact, what cannot be is refused, and values print as they are built."""

from fractions import Fraction

import pytest

from motifgen.affect import Affect
from motifgen.errors import MotifgenError, RangeError, UnknownNameError
from motifgen.motif.invention import invent
from motifgen.motif.likeness import likeness
from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.rhythmic import Augment
from motifgen.motif.transform.table import parse_transform
from motifgen.story.arc import Arc, Keyframe
from motifgen.story.leitmotif import Character, Emotion, Invention, Stage
from motifgen.story.scene import Asked, BarPlace, Cast, Hit, KeptBars, Scene, SourceScene, Story
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
    assert Asked(1, MARA, ["minor", "augment 2"]).transforms == chain.steps


def test_a_statement_may_stand_at_a_bar_as_in_the_file():
    assert Asked("bar 12.3", MARA).at == BarPlace(12, Fraction(3))


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
        (lambda: Hit(1, what=3), "what a hit shows is '3'"),
        (lambda: Hit(1, "entry", who=5), "the theme of a hit is '5'"),
        (lambda: Cast(MARA, 5, 3), "unknown role '3'; accepted: lead, support, hint"),
        (lambda: Asked(1, "mara"), "whose statement it is is 'mara'; accepted: Character"),
        (lambda: Asked(1, MARA, 3), "what is done to a theme is '3'; accepted: Transform"),
        (lambda: Asked(1, MARA, "minr"), "unknown transform 'minr'; did you mean 'minor'"),
        (lambda: Asked("bar 0", MARA), "cannot read the place 'bar 0'; accepted: 'bar 12'"),
        (lambda: Asked(1, MARA, by="cell"), "did you mean 'celli'"),
        (lambda: Character(3), "a character's key is '3'"),
        (lambda: Character(" "), "a character's key is empty"),
        (lambda: Character("mara", name=3), "a character's name is '3'"),
        (lambda: Character("mara", keep="much"), "keep is 'much'; accepted: 0 to 1"),
        (lambda: Character("mara", voice=["cell"]), "did you mean 'celli', 'cello'"),
        (lambda: Character("mara", journey={"1m1": "ded"}), "did you mean 'dead'"),
        (lambda: KeptBars("1", 2, 3), "the first bar that is kept is '1'; accepted: int"),
        (lambda: KeptBars(1, 2, None), "the take of kept bars is 'None'; accepted: int or str"),
        (lambda: Scene("reel/1m1", 10, CALM), "cannot name a file"),
        (lambda: Scene(None, 10, CALM), "the id 'None' cannot name a file"),
        (lambda: Scene("1m1", 10, CALM, title=4), "the title of scene '1m1' is '4'; accepted: str"),
        (lambda: Scene("1m1", 10, CALM, hits=[3]), "a hit is '3'; accepted: Hit"),
        (lambda: Scene("1m1", 10, CALM, statements=["a"]), "a statement is 'a'; accepted: Asked"),
        (lambda: Scene("1m1", 10, CALM, keep_bars=3), "what is kept is '3'; accepted: KeptBars"),
        (lambda: Scene("1m1", 10, CALM, emotions=["dread"]), "an emotion is 'dread'; accepted: Character"),
        (lambda: Scene("1m1", 10, CALM, credits="A. Writer"), "accepted: a mapping of texts"),
        (lambda: Scene("1m1", 10, CALM, key=3), "a key is '3'; accepted: Key or str or None"),
        (lambda: Scene("1m1", 10, CALM, meter=4), "a meter is '4'; accepted: Meter or str or None"),
        (lambda: Scene("1m1", 10, CALM, start=5), "the first frame is '5'; accepted: Timecode or str"),
        (lambda: Scene("1m1", 10, CALM, seed=-1), "the seed is '-1'; accepted: whole numbers from 0"),
        (lambda: Scene("1m1", 10, CALM, seed=1.5), "the seed is '1.5'"),
        (lambda: Scene("1m1", 10, CALM, style="orchestrl"), "did you mean 'orchestral'"),
        (lambda: Scene("1m1", 10, CALM, style=3), "the style of scene '1m1' is '3'"),
        (lambda: Scene("1m1", 10, CALM, library=3), "the library of scene '1m1' is '3'"),
        (lambda: Scene("1m1", 10, CALM, humanize="much"), "humanize is 'much' in scene '1m1'; accepted: 0 to 1"),
        (lambda: Scene("1m1", 10, CALM, loop="yes"), "the loop of scene '1m1' is 'yes'; accepted: bool"),
        (lambda: Scene("1m1", 10, CALM, loop=True, pickup=1), "scene '1m1' loops, and has a pickup"),
        (lambda: SourceScene("a/b", 10, {}), "cannot name a file"),
        (lambda: Story(scenes=["1m1"]), "a film's scene is '1m1'; accepted: Scene or SourceScene"),
        (lambda: Story(characters=["mara"]), "a character is 'mara'; accepted: Character"),
        (lambda: Story("F", seed=-3), "the seed is '-3'"),
        (lambda: Motif.parse(3), "a motif text is '3'; accepted: str"),
        (lambda: likeness(MARA.motif, 3), "what is compared is '3'; accepted: Motif"),
    ],
)
def test_what_cannot_be_is_refused_in_words(wrong, says):
    with pytest.raises(MotifgenError, match=says):
        wrong()


def test_a_hit_names_a_character_or_its_key():
    assert Hit(1, "entry", who=MARA) == Hit(1, "entry", who="mara")


def test_a_journey_may_be_a_mapping_as_in_the_file():
    way = {"1m3": "corrupted", "2m4": "redeemed"}
    assert Character("mara", journey=way) == Character("mara", journey=tuple(way.items()))


def test_a_motif_is_invented_for_one_word_too():
    assert invent("brave", name="Mara") == invent(["brave"], name="Mara")


def test_a_heading_may_leave_the_meter_out():
    assert Motif.parse("D minor: D4/h A4/q", meter="3/4") == Motif.parse("D minor 3/4: D4/h A4/q")


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

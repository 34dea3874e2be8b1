"""Music that begins on a pickup before the first frame: as a field of the scene, or with a scene that starts earlier."""

from fractions import Fraction

import pytest

from motifgen.files.midi_read import read_back
from motifgen.files.scene_file import read_story
from motifgen.files.timelines import of_scene
from motifgen.files.timelines.recut import edit, recut
from motifgen.files.timelines.update import update
from motifgen.motif.notation import read
from motifgen.output import Playing
from motifgen.sketch.recording import FIRST_FRAME
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character
from motifgen.story.pickup import begun_before, first_frame, in_picture
from motifgen.story.scene import Asked, BarPlace, Cast, Hit, Scene
from motifgen.takes import compose, render
from motifgen.theory.scale import Key

MARA = Character("mara", read("A3/q | D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", Key.parse("D minor")))


@pytest.mark.parametrize("at", [BarPlace(1, Fraction(2)), Fraction(1)])
def test_the_pickup_is_heard_before_the_frame_and_its_bar_line_falls_on_it(at):
    scene = Scene(
        "1m1",
        32,
        Arc.of((0, "calm")),
        start="00:59:58:00",
        cast=[Cast(MARA)],
        hits=[Hit(2, "accent", "the first frame", on="downbeat")],
        statements=[Asked(at, MARA)],
        style="chamber",
    )
    ledger = compose(scene).recording.ledger
    (hit,) = ledger["hits"]
    assert (hit["met"], hit["beat"]) == (True, 1.0)
    assert abs(hit["error_ms"]) <= 1
    stated = ledger["statements"][0]
    (pickup, _), (first, pitch) = stated["notes"][:2]
    assert pickup < 2 - 0.5
    # A player may be a few hundredths early or late.
    assert abs(first - 2) < 0.05
    assert pitch % 12 == 2


FILM = """\
motifgen: 1
frame_rate: {rate}
style: chamber
characters:
  mara: {{motif: {{key: D minor, notes: "A3/q | D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h"}}}}
scenes:
  - id: 1m1
    start: 00:00:00:00
    length: 0:20
    pickup: 1.5
    arc: [{{at: 0, feel: calm}}, {{at: 12, feel: hope}}]
    cast: [{{who: mara, to: 0:18}}]
    dialogue: [{{from: 4, to: 6}}]
    hits: [{{at: 00:00:12:10, what: door}}, {{at: 0:15, do: cut}}]
"""


@pytest.fixture(params=["23.976", "24", "50"])
def film(request, tmp_path):
    path = tmp_path / "film.yaml"
    path.write_text(FILM.format(rate=request.param))
    return path


def heard(folder):
    """The second of the marker, of every note, and of every bar line, told from the file."""
    file = read_back((folder / "1m1.mid").read_bytes())
    tempo = file.tempo_map()
    (first,) = [tempo.seconds(tick) for tick, text in file.markers if text == FIRST_FRAME]
    onsets = [tempo.seconds(int(note["onset_tick"])) for track in file.tracks if track.name != "Guide" for note in track.notes]
    return first, sorted(onsets), [tempo.seconds(tick) for tick, _, _ in file.meters]


def test_music_begins_before_the_first_frame_which_is_a_bar_line_and_all_else_stays_in_the_picture(film, tmp_path):
    (scene,) = read_story(film).scenes
    rate = scene.frame_rate
    assert scene.start.frames == rate.day - round(rate.frames(Fraction(3, 2)))
    (made,) = render(read_story(film), tmp_path / "out")
    first, onsets, bars = heard(tmp_path / "out")
    assert abs(first - scene.pickup) <= Fraction(1, 1000)
    assert min(abs(bar - scene.pickup) for bar in bars) <= Fraction(1, 1000)
    assert onsets[0] < first - Fraction(1, 4)
    assert made.ledger["first_frame_seconds"] == round(float(scene.pickup), 6)
    door, _ = made.ledger["hits"]
    assert door["asked_seconds"] == pytest.approx(float(scene.pickup + rate.seconds(12 * rate.nominal + 10)), abs=1e-6)
    assert abs(door["error_ms"]) <= 1


def test_a_pre_roll_stands_before_the_pickup_and_one_marker_names_the_first_frame(film, tmp_path):
    render(read_story(film), tmp_path / "plain")
    render(read_story(film), tmp_path / "led", playing=Playing(preroll=1, click="warning"))
    (plain, *_), (led, *_) = heard(tmp_path / "plain"), heard(tmp_path / "led")
    assert led > plain


def test_a_recut_and_an_editors_marks_count_from_the_first_frame(film):
    (scene,) = read_story(film).scenes
    text, said = recut(film, [edit("0:10", "-0:01", read_story(film), "1m1")])
    film.write_text(text)
    (moved,) = read_story(film).scenes
    assert moved.start == scene.start
    assert moved.pickup == scene.pickup
    for before, after in zip(scene.hits, moved.hits, strict=True):
        assert abs(before.at - after.at - 1) * scene.frame_rate.fps < 1
    assert said
    found = update(film, of_scene(moved))
    assert found.said == ()


def test_a_scene_is_the_same_again_without_its_pickup():
    scene = Scene("1m1", 20, Arc.of((0, "calm")), cast=[Cast(MARA)], hits=[Hit(5, "cut")], dialogue=[(2, 4)], silence=[(18, 20)])
    begun = begun_before(scene, Fraction(2))
    assert in_picture(begun) == scene
    assert first_frame(begun) == scene.start
    assert begun.cast[0].span.start == 0
    assert [float(span.start) for span in (*begun.dialogue, *begun.silence)] == [4, 20]

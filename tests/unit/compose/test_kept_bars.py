"""Bars of an earlier take survive while the rest is composed around them."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from motifgen.compose.compose import compose
from motifgen.compose.keeping.earlier import Earlier
from motifgen.compose.keeping.kept import statements
from motifgen.compose.keeping.lock import Lock
from motifgen.compose.keeping.written import spelled
from motifgen.errors import ComposeError, RangeError, SceneFileError
from motifgen.files.scene_file import read_story
from motifgen.sketch.events import PPQ
from motifgen.sketch.recording import Bar
from motifgen.story.arc import Arc
from motifgen.story.moments import Hit, KeptBars
from motifgen.story.scene import Cast, Scene
from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter
from performing import played, recording
from planned import asked, character

SCENE = Scene(
    "1m1",
    40,
    Arc.of((0, "hope"), (20, "dread"), (35, "relief")),
    cast=[Cast(character(0)), Cast(character(1), 10)],
    tempo=96,
    meter="4/4",
    seed=3,
    style="chamber",
)
START, END = 4 * 4 * PPQ, 8 * 4 * PPQ
EARLY = PPQ // 8


@pytest.fixture(scope="module")
def take(tmp_path_factory):
    """A rendered take: its MIDI and its ledger beside it."""
    made = compose(SCENE)
    path = tmp_path_factory.mktemp("takes") / "1m1.mid"
    made.save(path)
    made.save(path.with_name("1m1.ledger.json"))
    return path


def struck(sketch, start=START, end=END, shift=0):
    """Return what begins in a stretch, part by part."""
    return {
        part.name: found
        for part in sketch.recording.parts
        if (found := [(row[0] + shift, *row[1:]) for row in part.notes.tolist() if start - EARLY <= row[0] < end - EARLY])
    }


def onsets(heard):
    return {name: [(row[0], row[2], row[3]) for row in rows] for name, rows in heard.items()}


def inside(sketch, controller):
    """Return a controller's changes strictly within the kept bars, part by part; who strikes nothing there need not be there."""
    heard = struck(sketch)
    return {
        part.name: rows
        for part in sketch.recording.parts
        if part.name in heard and (rows := [row for row in part.controls.tolist() if START < row[0] < END and row[1] == controller])
    }


def test_the_bars_of_a_rendered_file_survive_another_arc_note_for_note(take):
    made = compose(SCENE)
    kept = compose(replace(SCENE, arc=Arc.of((0, "grief"), (20, "triumph")), seed=9, keep_bars=KeptBars(5, 8, str(take))))
    assert onsets(struck(kept)) == onsets(struck(made))
    assert inside(kept, 11) == inside(made, 11)
    assert struck(kept, 0, START) != struck(made, 0, START)
    assert struck(kept, END, 2 * END) != struck(made, END, 2 * END)
    assert kept.ledger["kept_bars"] == [{"from": 5, "to": 8, "of": "1m1.mid"}]
    assert not [said for said in kept.ledger["warnings"] if "kept" in said]


def test_an_unchanged_scene_that_keeps_its_own_bars_strikes_the_same_notes(take):
    made, kept = compose(SCENE), compose(replace(SCENE, keep_bars=KeptBars(5, 8, str(take))))
    assert onsets(struck(kept)) == onsets(struck(made))


def test_a_seed_names_the_take_that_the_scene_as_it_stands_makes_with_it():
    other = compose(replace(SCENE, seed=5))
    kept = compose(replace(SCENE, keep_bars=(KeptBars(5, 8, 5),)))
    assert onsets(struck(kept)) == onsets(struck(other))
    bars = [note for part in other.recording.score.parts for note in part.notes if note.onset >= 16 and note.onset + note.duration <= 32]
    written = {(note.onset, note.pitch) for part in kept.recording.score.parts for note in part.notes}
    assert bars
    assert all((note.onset, note.pitch) in written for note in bars)


def test_a_theme_that_began_before_the_kept_bars_is_planned_whole(take):
    made = compose(SCENE)
    row = next(row for row in made.ledger["statements"] if row["treatment"] == "theme")
    middle = row["bar"] + 1
    kept = compose(replace(SCENE, seed=9, arc=Arc.of((0, "grief")), keep_bars=KeptBars(middle, middle, str(take))))
    same = next(it for it in kept.ledger["statements"] if (it["who"], it["bar"], it["beat"]) == (row["who"], row["bar"], row["beat"]))
    assert [pitch for _, pitch in same["notes"]] == [pitch for _, pitch in row["notes"]]


def test_nothing_new_is_stated_in_kept_bars(take):
    kept = compose(replace(SCENE, arc=Arc.of((0, "grief"), (20, "triumph")), seed=9, keep_bars=KeptBars(5, 8, str(take))))
    rows = [row for row in kept.ledger["statements"] if 5 <= row["bar"] <= 8]
    assert rows
    assert all("kept from 1m1.mid" in row["why"] for row in rows)


def test_the_ledger_says_what_the_kept_notes_do(take):
    kept = compose(replace(SCENE, seed=9, keep_bars=KeptBars(5, 8, str(take))))
    tempo = kept.recording.tempo
    parts = {part.name: part for part in kept.recording.parts}
    assert all(row["notes"] == len(parts[row["name"]].notes) for row in kept.ledger["parts"])
    for row in kept.ledger["statements"]:
        notes = parts[row["parts"][0]].notes.tolist() if row["parts"] else []
        sounding = [(float(tempo.seconds(on)), pitch) for on, _, pitch, _ in notes]
        assert all(any(abs(at - on) < 1e-5 and pitch == other for on, other in sounding) for at, pitch in row["notes"])
    ends = [(row["start_seconds"], row["end_seconds"]) for row in kept.ledger["chords"]]
    assert all(before[1] <= after[0] + 1e-6 for before, after in pairwise(ends))


@pytest.mark.parametrize("goes_on", ["Cello", "Horn"])
def test_a_theme_that_goes_on_after_kept_bars_is_told_of_whoever_plays_it(goes_on):
    made = recording(played("Cello", [(0, 960, 62, 80)]), played("Horn", []), end=4 * 3840)
    made = replace(made, bars=tuple(Bar(i + 1, 3840 * i, Meter(4, 4)) for i in range(4)))
    row = {"who": "mara", "bar": 2, "beat": 3.0, "treatment": "theme", "why": "she enters", "start_seconds": 3.0, "end_seconds": 6.0}
    taken = {**row, "parts": ["Cello"], "notes": [[3.0, 62], [3.5, 64], [4.0, 65], [4.5, 67]], "end_seconds": 5.5}
    planned = {**row, "parts": [goes_on], "notes": [[3.0, 62], [3.5, 64], [4.0, 65], [5.0, 69]]}
    lock = Lock(KeptBars(2, 2, 9), Earlier("seed 9", made, {"statements": [taken]}), 3840, 7680, 3840)
    rows = statements([planned], made, lock)
    assert [note for row in rows for note in row["notes"]] == [[3.0, 62], [3.5, 64], [4.0, 65], [5.0, 69]]
    if goes_on == "Cello":
        [one] = rows
        assert (one["start_seconds"], one["end_seconds"], one["bar"]) == (3.0, 6.0, 2)
    else:
        kept, rest = rows
        assert (kept["parts"], kept["end_seconds"]) == (["Cello"], 4.0)
        assert (rest["parts"], rest["start_seconds"], rest["bar"], rest["beat"]) == (["Horn"], 4.0, 3, 1.0)
        assert "going on after the bars that are kept from seed 9" in rest["why"]


def test_bars_at_another_tempo_are_kept_by_the_bar_with_a_warning(take):
    made, kept = compose(SCENE), compose(replace(SCENE, tempo=(80, 80), keep_bars=KeptBars(5, 8, str(take))))
    assert onsets(struck(kept)) == onsets(struck(made))
    assert [said for said in kept.ledger["warnings"] if "bars 5 to 8 of 1m1.mid lay from 10.00 to 20.00 s and now lie from 12.00" in said]


def test_bars_in_another_meter_are_composed_anew_with_a_warning(take):
    changed = replace(SCENE, meter="3/4")
    kept = compose(replace(changed, keep_bars=KeptBars(5, 8, str(take))))
    assert any("cannot be kept: their meter was 4/4 and is 3/4" in said for said in kept.ledger["warnings"])
    assert struck(kept) == struck(compose(changed))


def test_bars_that_a_shorter_scene_does_not_have_are_left_out_with_a_warning(take):
    kept = compose(replace(SCENE, length=Fraction(15), cast=[Cast(character(0))], keep_bars=KeptBars(5, 8, str(take))))
    assert any("bars 5 to 8 of 1m1.mid cannot be kept: the scene has" in said for said in kept.ledger["warnings"])


def test_a_new_hit_a_new_statement_and_new_silence_in_kept_bars_are_warned_of(take):
    edited = replace(
        SCENE,
        hits=[Hit(15, "accent", "he turns")],
        statements=[asked(16.25, character(0))],
        silence=[(18.75, 20)],
        keep_bars=KeptBars(5, 8, str(take)),
    )
    made = compose(edited)
    said = " ".join(made.ledger["warnings"])
    assert "the accent at 15 s falls into bars 5 to 8, which are kept as they were" in said
    assert "a statement of Ada is asked in bars 5 to 8, which are kept as they were: it is left out" in said
    assert "sounded where there is silence now: they are cut" in said
    silent = made.recording.tempo.exact_tick(Fraction(75, 4)), made.recording.tempo.exact_tick(Fraction(20))
    sounding = [row for part in made.recording.parts for row in part.notes.tolist() if row[0] < silent[1] - 1 and row[1] > silent[0] + 1]
    assert not sounding


def test_a_pitch_never_overlaps_itself_at_the_seams(take):
    kept = compose(replace(SCENE, seed=11, keep_bars=[KeptBars(3, 4, str(take)), KeptBars(7, 9, str(take))]))
    assert len(kept.to_midi()) > 1000  # writing refuses what overlaps


@pytest.mark.parametrize(("given", "said"), [(KeptBars(2, 5, 1), "bar 4"), (KeptBars(4, 4, 1), "bar 4")])
def test_a_bar_cannot_be_kept_from_two_takes(given, said):
    with pytest.raises(RangeError, match=said):
        replace(SCENE, keep_bars=[given, KeptBars(4, 6, 2)])


def test_what_is_no_take_is_refused(tmp_path):
    (tmp_path / "old.mid").write_bytes(b"no music")
    with pytest.raises(ComposeError, match=r"cannot be read from 'old\.mid'"):
        compose(replace(SCENE, keep_bars=KeptBars(5, 8, str(tmp_path / "old.mid"))))
    with pytest.raises(RangeError, match="bars 6 to 5"):
        KeptBars(6, 5, 1)


def test_a_scene_file_names_takes_beside_it_or_by_seed(tmp_path, take):
    folder = tmp_path / "takes"
    folder.mkdir()
    (folder / "1m1.mid").write_bytes(take.read_bytes())
    text = "motifgen: 1\nscenes:\n  - {id: 1m1, length: 20, arc: [{at: 0, feel: calm}], keep_bars: %s}\n"
    file = tmp_path / "film.yaml"
    file.write_text(text % "[{from: 2, to: 3, of: takes/1m1.mid}, {from: 5, of: 12}]")
    first, second = read_story(file).scenes[0].keep_bars
    assert (first.first, first.last, second) == (2, 3, KeptBars(5, 5, 12))
    assert first.of == str((folder / "1m1.mid").resolve())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("{from: 5, to: 3, of: 1}", "bar 3 comes before bar 5"),
        ("{from: 5, to: 8, of: takes/1m2.mid}", "there is no file 'takes/1m2.mid'"),
        ("{from: 5, to: 8, of: ../1m1.mid}", "outside the scene arc file's folder"),
        ("{from: 5, to: 8, of: the good one}", "'the good one' is no take"),
        ("{from: 5, to: 8}", "bars to keep has no 'of'"),
        ("[{from: 2, to: 4, of: 1}, {from: 4, to: 5, of: 2}]", "bar 4 of scene '1m1' is kept twice"),
    ],
)
def test_what_a_scene_file_cannot_keep_is_named_with_its_line(tmp_path, given, said):
    file = tmp_path / "film.yaml"
    file.write_text(f"motifgen: 1\nscenes:\n  - {{id: 1m1, length: 20, arc: [{{at: 0, feel: calm}}], keep_bars: {given}}}\n")
    with pytest.raises(SceneFileError) as error:
        read_story(file)
    assert any(said in fault.message and fault.line == 3 for fault in error.value.faults)


def test_performed_pitches_are_spelled_by_the_key():
    assert [str(spelled(61, Key.parse(key))) for key in ("D minor", "Ab major")] == ["C#4", "Db4"]
    assert all(spelled(midi, Key.parse("C major")).midi == midi for midi in range(128))
    assert isinstance(spelled(60, Key.parse("C major")), Pitch)


def test_a_kept_bar_is_explained_by_its_take(take):
    kept = compose(replace(SCENE, arc=Arc.of((0, "grief"), (20, "triumph")), seed=9, keep_bars=KeptBars(5, 8, str(take))))
    said = kept.explain(6)
    assert "kept from 1m1.mid, notes and performance" in said
    assert "written by the composer" not in said
    assert "kept from" not in kept.explain(9)

"""What a scene says of playing reaches the recording: its key signature, its sample library, how uneven its players are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motifgen import Arc, Cast, Character, Motif, Scene, Story, compose
from motifgen.errors import RangeError
from motifgen.files.midi import write_midi
from motifgen.files.midi_read import read_back
from motifgen.theory.scale import Key

MARA = Character("mara", Motif.parse("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", key="D minor"), voice=["cello"])
SCENE = Scene("1m1", 12, Arc.of((0, "calm"), (8, "fear")), style="chamber", cast=[Cast(MARA)], meter="4/4", tempo=80)


def notes(scene, name):
    return np.concatenate([part.notes[name] for part in compose(scene).recording.parts])


def test_a_key_signature_is_written_only_where_the_scene_names_a_key():
    assert read_back(compose(SCENE).to_midi()).key == ""
    sketch = compose(replace(SCENE, key="D minor"))
    assert sketch.recording.key == Key.parse("D minor")
    assert read_back(sketch.to_midi()).key == "Dm"


def test_the_library_of_the_scene_is_that_of_the_file_and_changes_no_note():
    plain, vsco = (compose(replace(SCENE, library=name)).recording for name in (None, "vsco"))
    assert (plain.library, vsco.library) == ("any", "vsco")
    assert write_midi(vsco) == write_midi(plain, library="vsco") != write_midi(plain)


def test_humanize_moves_onsets_and_changes_no_pitch():
    even, uneven, usual = (replace(SCENE, humanize=value) for value in (0.0, 1.0, None))
    assert sorted(notes(even, "pitch")) == sorted(notes(uneven, "pitch"))
    assert not np.array_equal(np.sort(notes(even, "onset_tick")), np.sort(notes(uneven, "onset_tick")))
    assert np.array_equal(notes(usual, "onset_tick"), notes(uneven, "onset_tick"))


def test_a_film_gives_its_library_and_unevenness_to_scenes_without_their_own():
    own = replace(SCENE, id="1m2", library="gm", humanize=0.0)
    film = Story("Film", [SCENE, own], library="css", humanize=0.5)
    assert [(scene.library, scene.humanize) for scene in film.scenes] == [("css", 0.5), ("gm", 0.0)]


def test_unevenness_beyond_1_is_refused():
    with pytest.raises(RangeError, match="humanize is 2 in scene '1m1'; accepted: 0 to 1"):
        replace(SCENE, humanize=2)

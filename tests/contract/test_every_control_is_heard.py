"""Moving any control that a scene arc file has moves what comes out: the sound, or where it is a name, what is said of it."""
# ruff: noqa: E501 - a control stands on a line, so that the table can be read

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from motifgen.compose.compose import compose
from motifgen.files.cue_sheet import write_cue_sheet
from motifgen.files.midi import write_midi
from motifgen.files.scene_file import read_story, scene_schema
from motifgen.sketch.recording import Recording
from motifgen.story.scene import Scene
from motifgen.takes import render
from performing import played, recording

FILM = """\
motifgen: 1
FILM
characters:
  mara: {MARA}
  tom: {motif: {key: D minor, notes: "A4/q F4 E4 | D4/h."}}
  pair: {kind: bond, PAIR}
scenes:
  - id: 1m1
    length: 0:40
    style: chamber
    key: D minor
    arc: [{at: 0, feel: calm}, {at: 12, POINT}, {at: 28, feel: grief}, {at: 38, feel: hope}]
    cast: [{who: mara, CAST}, {who: tom, from: 20}, {who: pair}]
    hits: [{at: 12, what: the door, HIT}]
    SCENE
  - {id: 1m2, start: 01:01:00:00, length: 30, source: {title: Lights, SOURCE}}
"""
#: What stands in each place when no control is moved.
USUAL = {
    "FILM": "seed: 3", "MARA": 'motif: {key: D minor, notes: "D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h"}', "PAIR": "motif: {invent: {archetype: love}}",
    "POINT": "feel: fear", "CAST": "role: lead", "HIT": "do: accent", "SCENE": "title: Storm", "SOURCE": "artist: The Nets",
}  # fmt: skip
INVENTED = "motif: {invent: {archetype: hero}}"
GRIEF = 'motif: {key: D minor, notes: "D5/s Eb5 D5 Eb5 D5/h."}'
WRITTEN = USUAL["MARA"]

#: kind, field, the place, what stands there, what stands there when it is moved, whether it is heard ("sound") said ("words", "cue sheet") or told to the player's library ("midi").
CONTROLS = [
    ("scene", "keep_bars", "SCENE", "title: Storm", "keep_bars: {from: 3, to: 4, of: 8}", "sound"),
    ("keep_bars", "from", "SCENE", "keep_bars: {from: 2, to: 4, of: 8}", "keep_bars: {from: 4, to: 4, of: 8}", "sound"),
    ("keep_bars", "to", "SCENE", "keep_bars: {from: 2, to: 3, of: 8}", "keep_bars: {from: 2, to: 5, of: 8}", "sound"),
    ("keep_bars", "of", "SCENE", "keep_bars: {from: 2, to: 4, of: 8}", "keep_bars: {from: 2, to: 4, of: 9}", "sound"),
    ("story", "title", "FILM", "title: One", "title: Two", "cue sheet"),
    ("story", "frame_rate", "FILM", "frame_rate: 24", "frame_rate: 25", "words"),
    ("story", "seed", "FILM", "seed: 3", "seed: 4", "sound"),
    ("story", "humanize", "FILM", "humanize: 1", "humanize: 0", "sound"),
    ("story", "library", "FILM", "library: any", "library: uacc", "midi"),
    (
        "story",
        "emotions",
        "FILM",
        "seed: 3",
        'seed: 3\nemotions: {grief: {motif: {key: D minor, notes: "D5/s Eb5 D5 Eb5 D5/h."}}}',
        "sound",
    ),
    (
        "emotion",
        "motif",
        "FILM",
        'emotions: {grief: {motif: {key: D minor, notes: "A5/q D4/h."}}}',
        'emotions: {grief: {motif: {key: D minor, notes: "D5/s Eb5 D5 Eb5 D5/h."}}}',
        "sound",
    ),
    (
        "emotion",
        "voice",
        "FILM",
        f"emotions: {{grief: {{{GRIEF}, voice: flute}}}}",
        f"emotions: {{grief: {{{GRIEF}, voice: bassoon}}}}",
        "sound",
    ),
    ("story", "characters", "MARA", WRITTEN, INVENTED, "sound"),
    ("character", "name", "MARA", f"{WRITTEN}, name: Mara", f"{WRITTEN}, name: The Guest", "words"),
    ("character", "kind", "MARA", f"{WRITTEN}, kind: person", f"{WRITTEN}, kind: place", "words"),
    ("character", "motif", "MARA", WRITTEN, INVENTED, "sound"),
    ("character", "voice", "MARA", f"{WRITTEN}, voice: oboe", f"{WRITTEN}, voice: cello", "sound"),
    ("character", "traits", "MARA", "traits: brave", "traits: lonely", "sound"),
    ("character", "never", "MARA", WRITTEN, f"{WRITTEN}, never: [NEVER]", "sound"),
    ("character", "keep", "MARA", f"{WRITTEN}, keep: 0", f"{WRITTEN}, keep: 1", "sound"),
    ("character", "story", "MARA", WRITTEN, f"{WRITTEN}, story: {{journey: {{1m1: corrupted}}}}", "sound"),
    (
        "hints",
        "journey",
        "MARA",
        f"{WRITTEN}, story: {{journey: {{1m1: grown}}}}",
        f"{WRITTEN}, story: {{journey: {{1m1: lost}}}}",
        "sound",
    ),
    (
        "station",
        "by",
        "MARA",
        f"{WRITTEN}, journey: [{{by: 1m2, is: corrupted}}]",
        f"{WRITTEN}, journey: [{{by: 1m1, is: corrupted}}]",
        "sound",
    ),
    ("station", "is", "MARA", f"{WRITTEN}, journey: [{{by: 1m1, is: grown}}]", f"{WRITTEN}, journey: [{{by: 1m1, is: lost}}]", "sound"),
    ("character", "journey", "MARA", WRITTEN, f"{WRITTEN}, journey: {{1m1: corrupted}}", "sound"),
    ("character", "between", "PAIR", USUAL["PAIR"], f"{USUAL['PAIR']}, between: [mara, tom]", "sound"),
    ("motif", "key", "MARA", WRITTEN, WRITTEN.replace("D minor", "D major"), "sound"),
    ("motif", "meter", "MARA", INVENTED[:-1] + ", meter: 4/4}", INVENTED[:-1] + ", meter: 6/8}", "sound"),
    ("motif", "notes", "MARA", WRITTEN, WRITTEN.replace("A4/q. G4/e", "Bb4/q. A4/e"), "sound"),
    ("motif", "degrees", "MARA", "motif: {key: D minor, degrees: '1/q 5 4 2'}", "motif: {key: D minor, degrees: '1/q 5 4 #3'}", "sound"),
    ("motif", "file", "MARA", "motif: {file: oath.mid}", "motif: {file: other.mid}", "sound"),
    ("motif", "part", "MARA", "motif: {file: oath.mid, part: 1}", "motif: {file: oath.mid, part: 2}", "sound"),
    ("motif", "bars", "MARA", "motif: {file: oath.mid, bars: 1}", "motif: {file: oath.mid, bars: 2}", "sound"),
    ("motif", "invent", "MARA", INVENTED, "motif: {invent: {archetype: loss}}", "sound"),
    ("invention", "archetype", "MARA", INVENTED, "motif: {invent: {archetype: loss}}", "sound"),
    ("invention", "notes", "MARA", "motif: {invent: {archetype: hero, notes: 4}}", "motif: {invent: {archetype: hero, notes: 9}}", "sound"),
    (
        "invention",
        "key",
        "MARA",
        "motif: {invent: {archetype: hero, key: D minor}}",
        "motif: {invent: {archetype: hero, key: D major}}",
        "sound",
    ),
    (
        "invention",
        "meter",
        "MARA",
        "motif: {invent: {archetype: hero, meter: 4/4}}",
        "motif: {invent: {archetype: hero, meter: 6/8}}",
        "sound",
    ),
    ("story", "scenes", "  - {id: 1m2", "  - {id: 1m2", "  - {id: 1m4, length: 9, source: {title: One more}}\n  - {id: 1m2", "cue sheet"),
    ("scene", "id", "id: 1m1", "id: 1m1", "id: 1m7", "words"),
    ("scene", "length", "length: 0:40", "length: 0:40", "length: 0:44", "sound"),
    ("scene", "end", "length: 0:40", "end: 01:00:40:00", "end: 01:00:44:00", "sound"),
    ("scene", "key", "key: D minor\n", "key: D minor\n", "key: A minor\n", "sound"),
    ("scene", "style", "style: chamber", "style: chamber", "style: piano", "sound"),
    ("scene", "arc", "{at: 12, POINT}, ", "{at: 12, POINT}, ", "", "sound"),
    ("scene", "cast", "{who: mara, CAST}, ", "{who: mara, CAST}, ", "", "sound"),
    ("scene", "hits", "    hits: [{at: 12, what: the door, HIT}]\n", "    hits: [{at: 12}]\n", "", "sound"),
    ("point", "at", "{at: 12, POINT}", "{at: 12, feel: fear}", "{at: 18, feel: fear}", "sound"),
    ("story", "credits", "FILM", "credits: {composer: one}", "credits: {composer: two}", "cue sheet"),
    ("scene", "pickup", "SCENE", "pickup: 1", "pickup: 2", "sound"),
    ("scene", "loop", "SCENE", "loop: false", "loop: true", "sound"),
    ("scene", "credits", "SCENE", "credits: {composer: one}", "credits: {composer: two}", "cue sheet"),
    *[
        ("credits", fact, "FILM", f"credits: {{{fact}: one}}", f"credits: {{{fact}: two}}", "cue sheet")
        for fact in ("artist", "composer", "publisher", "pro", "splits", "use", "notes")
    ],
    ("source", "title", "title: Lights", "title: Lights", "title: Shadows", "cue sheet"),
    ("scene", "title", "SCENE", "title: Storm", "title: Calm", "words"),
    ("scene", "start", "SCENE", "start: 01:00:00:00", "start: 01:00:10:00", "words"),
    ("scene", "meter", "SCENE", "meter: 4/4", "meter: 3/4", "sound"),
    ("scene", "tempo", "SCENE", "tempo: [60, 66]", "tempo: [100, 110]", "sound"),
    ("scene", "seed", "SCENE", "seed: 3", "seed: 4", "sound"),
    ("scene", "humanize", "SCENE", "humanize: 0.5", "humanize: 0", "sound"),
    ("scene", "library", "SCENE", "library: any", "library: cc11", "midi"),
    ("scene", "dialogue", "SCENE", "dialogue: []", "dialogue: [{from: 2, to: 10}]", "sound"),
    ("scene", "silence", "SCENE", "silence: []", "silence: [{from: 16, to: 20}]", "sound"),
    ("scene", "statements", "SCENE", "statements: []", "statements: [{at: 16, who: tom}]", "sound"),
    ("span", "from", "SCENE", "silence: [{from: 16, to: 20}]", "silence: [{from: 18, to: 20}]", "sound"),
    ("span", "to", "SCENE", "silence: [{from: 16, to: 20}]", "silence: [{from: 16, to: 18}]", "sound"),
    ("statement", "at", "SCENE", "statements: [{at: bar 3, who: tom}]", "statements: [{at: bar 3.2, who: tom}]", "sound"),
    ("statement", "who", "SCENE", "statements: [{at: 16, who: tom}]", "statements: [{at: 16, who: mara}]", "sound"),
    ("statement", "as", "SCENE", "statements: [{at: 16, who: tom}]", "statements: [{at: 16, who: tom, as: invert}]", "sound"),
    ("statement", "by", "SCENE", "statements: [{at: 16, who: tom, by: flute}]", "statements: [{at: 16, who: tom, by: horn}]", "sound"),
    ("point", "feel", "POINT", "feel: fear", "feel: joy", "sound"),
    ("point", "valence", "POINT", "feel: fear, valence: -1", "feel: fear, valence: 1", "sound"),
    ("point", "arousal", "POINT", "feel: fear, arousal: -1", "feel: fear, arousal: 1", "sound"),
    ("point", "tension", "POINT", "feel: fear, tension: 0", "feel: fear, tension: 1", "sound"),
    ("point", "power", "POINT", "feel: fear, power: -1", "feel: fear, power: 1", "sound"),
    ("point", "curve", "POINT", "feel: fear, curve: hold", "feel: fear, curve: early", "sound"),
    ("cast", "who", "SCENE", "cast: [{who: mara}]", "cast: [{who: tom}]", "sound"),
    ("cast", "from", "CAST", "from: 0", "from: 10", "sound"),
    ("cast", "to", "CAST", "to: 40", "to: 10", "sound"),
    ("cast", "role", "CAST", "role: lead", "role: support", "sound"),
    ("cast", "role", "CAST", "role: lead", "role: hint", "sound"),
    ("cast", "feel", "CAST", "role: lead", "feel: rage", "sound"),
    ("cast", "valence", "CAST", "feel: joy, valence: 1", "feel: joy, valence: -1", "sound"),
    ("cast", "arousal", "CAST", "role: support, feel: joy, arousal: -1", "role: support, feel: joy, arousal: 1", "sound"),
    ("cast", "tension", "CAST", "feel: grief, tension: 0", "feel: grief, tension: 1", "sound"),
    ("cast", "power", "CAST", "feel: grief, power: -1", "feel: grief, power: 1", "sound"),
    ("cast", "irony", "CAST", "irony: false", "irony: true", "sound"),
    ("hit", "what", "SCENE", "hits: [{at: 12, what: the door}]", "hits: [{at: 12, what: the window}]", "words"),
    ("hit", "at", "SCENE", "hits: [{at: 12}]", "hits: [{at: 13.3}]", "sound"),
    *[("hit", "do", "HIT", "do: accent", f"do: {do}", "sound") for do in ("stinger", "swell", "entry", "reveal", "pause", "cut")],
    ("hit", "who", "HIT", "do: reveal, who: mara", "do: reveal, who: tom", "sound"),
    ("hit", "on", "HIT", "on: any", "on: downbeat", "sound"),
    (
        "hit",
        "must",
        "SCENE",
        "hits: [{at: 9.1, on: downbeat}, {at: 9.9, on: downbeat}]",
        "hits: [{at: 9.1, on: downbeat}, {at: 9.9, on: downbeat, must: false}]",
        "sound",
    ),
    (
        "hit",
        "tolerance",
        "SCENE",
        "hits: [{at: 9.1}, {at: 9.3, must: false, tolerance: 0}]",
        "hits: [{at: 9.1}, {at: 9.3, must: false, tolerance: 24}]",
        "words",
    ),
    *[
        ("source", fact, "SOURCE", f"{fact}: one", f"{fact}: two", "cue sheet")
        for fact in ("artist", "composer", "publisher", "use", "pro", "splits", "notes")
    ],
]


@cache
def rendered(text: str) -> tuple[Recording, bytes]:
    """Return the recording of the first scene of a film, and its cue sheet."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        for name, second in (("oath.mid", 69), ("other.mid", 65)):
            parts = [
                played(rows=[(0, 960, 62, 80), (960, 3840, second, 80), (3840, 7680, 64, 80)]),
                played("Horn", rows=[(0, 3840, 57, 80)]),
            ]
            (home / name).write_bytes(write_midi(recording(*parts), guide=False))
        (home / "film.yaml").write_text(text, encoding="utf-8")
        story = read_story(home / "film.yaml")
    scene = story.scenes[0]
    assert isinstance(scene, Scene)
    return compose(scene, story).recording, write_cue_sheet(story)


def film(place: str = "FILM", stands: str = USUAL["FILM"]) -> str:
    """Return the film with something else in one place; a scene's own ``cast`` or ``hits`` stand instead of the usual ones."""
    text = FILM
    name = stands.split(":", maxsplit=1)[0] if place == "SCENE" else ""
    if name in {"cast", "hits"}:
        text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith(f"    {name}:"))
    text = text.replace(place, stands, 1)
    for other, usual in USUAL.items():
        text = text.replace(other, usual, 1)
    return text


def sound(made: Recording) -> object:
    """Return all that is heard of a recording."""
    parts = [(part.program, part.notes.tobytes(), part.controls.tobytes()) for part in made.parts]
    return sha256(repr((parts, made.tempo.steps, made.end_tick)).encode()).hexdigest()


def words(made: Recording) -> object:
    """Return all that is said of a recording."""
    return made.ledger, made.markers, made.title


@pytest.mark.parametrize("control", CONTROLS, ids=[f"{kind}.{field}" for kind, field, *_ in CONTROLS])
def test_moving_a_control_moves_what_comes_out(control: tuple[str, str, str, str, str, str]) -> None:
    _, _, place, before, after, effect = control
    if "NEVER" in after:
        done = {step.split(" ")[0] for it in rendered(film())[0].ledger["statements"] for step in it["transforms"]}
        after = after.replace("NEVER", ", ".join(sorted(done)))
    one, other = rendered(film(place, before)), rendered(film(place, after))
    if effect == "cue sheet":
        assert one[1] != other[1]
    elif effect == "midi":
        assert write_midi(one[0]) != write_midi(other[0])
    elif effect == "words":
        assert words(one[0]) != words(other[0])
    else:
        assert sound(one[0]) != sound(other[0])


def test_the_style_of_the_film_is_that_of_scenes_without_one() -> None:
    bare = FILM.replace("    style: chamber\n", "").replace("FILM", "style: STYLE", 1)
    for other, usual in USUAL.items():
        bare = bare.replace(other, usual, 1)
    made = [rendered(bare.replace("STYLE", style))[0] for style in ("chamber", "piano")]
    assert sound(made[0]) != sound(made[1])
    assert [one.ledger["style"] for one in made] == ["chamber", "piano"]


def test_a_source_scene_is_in_the_cue_sheet_and_gets_no_notes() -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "film.yaml").write_text(film(), encoding="utf-8")
        story = read_story(Path(folder) / "film.yaml")
        made = render(story, Path(folder) / "out", formats=["mid", "cue-sheet"])
        files = sorted(path.name for path in (Path(folder) / "out").iterdir())
    assert ([one.scene.id for one in made], files) == (["1m1"], ["1m1.mid", "cue-sheet.csv"])
    assert b",2,1m2,Lights,source" in rendered(film())[1]


def test_every_field_of_the_schema_is_moved() -> None:
    kinds = {name: set(kind["properties"]) for name, kind in scene_schema()["$defs"].items() if "properties" in kind}
    fields = {(kind, field) for kind, names in kinds.items() for field in names}
    # The version has one value only; the film's style and source scenes have tests of their own above.
    assert {(kind, field) for kind, field, *_ in CONTROLS} == fields - {("story", "motifgen"), ("story", "style"), ("scene", "source")}

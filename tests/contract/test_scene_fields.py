# ruff: noqa: E501 - a case stands on a line, so that the tables can be read
"""Every field of the scene arc file: what is right lands in the story, what is wrong is reported at its place.

A ``§`` in a wrong text marks where the fault must be reported.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from motifgen.affect import affect_of
from motifgen.errors import SceneFileError
from motifgen.files.midi import write_midi
from motifgen.files.scene_file import read_story, scene_schema
from motifgen.motif.motif import Motif
from motifgen.motif.transform.table import parse_transform
from motifgen.story.leitmotif import Invention, Stage
from motifgen.story.scene import BarPlace, KeptBars, Scene, SourceScene, Story
from motifgen.story.timecode import RATES
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter, Span
from performing import played, recording

MARA = 'mara: {motif: {key: D minor, notes: "D4/q A4/q. G4/e"}, never: [retrograde]}'
MINIMAL = f"motifgen: 1\ncharacters:\n  {MARA}\nscenes:\n  - id: 1m1\n    length: 1:30\n    arc: [{{at: 0, feel: calm}}]\n"


def film(line: str = "") -> str:
    """Return the minimal film with one more line, or another one in its place, at the top of the file."""
    name = line.replace("§", "").split(":")[0]
    rest = [old for old in MINIMAL.splitlines() if not line or not old.startswith(f"{name}:")]
    return "\n".join([rest[0], line, *rest[1:]] if line else rest) + "\n"


def scene(line: str) -> str:
    """Return the minimal film with one more line in its scene, or another one in its place."""
    names = line.replace("§", "").strip().split(":")[0]
    head, *rest = MINIMAL.splitlines()
    kept = [old for old in rest if not old.strip().removeprefix("- ").startswith(f"{names}:") or names == "id"]
    if names == "id":
        return "\n".join([head, *(old.replace("id: 1m1", line) for old in rest)]) + "\n"
    if names == "end":
        kept = [old for old in kept if not old.strip().startswith("length:")]
    return "\n".join([head, *kept, f"    {line}"]) + "\n"


def who(fields: str) -> str:
    """Return the minimal film with a character ``x`` of these fields."""
    return MINIMAL.replace("scenes:", f"  x: {{{fields}}}\nscenes:", 1)


def feeling(fields: str) -> str:
    """Return the minimal film with an emotion ``dread`` of these fields."""
    return film(f"emotions: {{dread: {{{fields}}}}}")


def theme(fields: str) -> str:
    """Return the minimal film with a character whose motif has these fields."""
    return who(f"motif: {{{fields}}}")


def point(fields: str) -> str:
    """Return the minimal film with a second arc point."""
    return scene(f"arc: [{{at: 0, feel: calm}}, {{at: 20, {fields}}}]")


def cast(fields: str) -> str:
    """Return the minimal film with a cast entry."""
    return scene(f"cast: [{{who: mara, {fields}}}]")


def hit(fields: str) -> str:
    """Return the minimal film with a hit."""
    return scene(f"hits: [{{at: 20, {fields}}}]")


def statement(fields: str) -> str:
    """Return the minimal film with a statement."""
    return scene(f"statements: [{{{fields}}}]")


def source(fields: str) -> str:
    """Return a film with a source scene."""
    return f"motifgen: 1\nscenes:\n  - id: 1m2\n    length: 2:10\n    source: {{{fields}}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a motif file in it, and one outside."""
    inside = tmp_path / "film"
    (inside / "motifs").mkdir(parents=True)
    data = _midi()
    for path in (inside / "oath.mid", inside / "motifs" / "oath.mid", tmp_path / "outside.mid"):
        path.write_bytes(data)
    (inside / "link.mid").symlink_to(tmp_path / "outside.mid")
    (inside / "text.mid").write_text("no MIDI")
    (inside / "huge.abc").write_text("X:1\nL:1/8\nK:C\n" + "CDEF GABc |" * 1000)
    return inside


def _midi() -> bytes:
    lines = [played(rows=[(0, 960, 62, 80), (960, 1920, 69, 80)]), played(name="Horn", rows=[(0, 1920, 65, 80), (1920, 3840, 64, 80)])]
    return write_midi(recording(*lines, key=Key.parse("D minor")), guide=False)


def read(folder: Path, text: str, **options: Any) -> Story:
    """Return the story of a text."""
    file = folder / "film.yaml"
    file.write_text(text, encoding="utf-8")
    return read_story(file, **options)


def first(story: Story) -> Scene:
    """Return the first scene, which is composed."""
    found = story.scenes[0]
    assert isinstance(found, Scene)
    return found


def x(story: Story) -> Any:
    """Return the character that a case is about."""
    return next(character for character in story.characters if character.key == "x")


def existing(story: Story) -> dict[str, str]:
    """Return the facts of a source scene."""
    found = story.scenes[0]
    assert isinstance(found, SourceScene)
    return dict(found.source)


RIGHT: list[tuple[str, str, str, Callable[[Story], object], object]] = [
    # kind, field, file, what of the story, what it should be
    ("story", "motifgen", film(), lambda s: len(s.scenes), 1),
    ("story", "title", film("title: The Salt  Road"), lambda s: s.title, "The Salt Road"),
    ("story", "title", film("title: 1984"), lambda s: s.title, "1984"),
    *[("story", "frame_rate", film(f"frame_rate: {rate}"), lambda s: (s.frame_rate.name, first(s).frame_rate.name), (rate, rate)) for rate in RATES],
    ("story", "frame_rate", film(), lambda s: s.frame_rate.name, "24"),
    ("story", "style", film("style: chamber"), lambda s: (s.style, first(s).style), ("chamber", "chamber")),
    ("story", "style", film(), lambda s: s.style, "orchestral"),
    ("story", "seed", film("seed: 7"), lambda s: (s.seed, first(s).seed), (7, 7)),
    ("story", "characters", film(), lambda s: [c.key for c in s.characters], ["mara"]),
    ("story", "emotions", film("emotions: {dread: {}, hope: {}}"), lambda s: [e.key for e in first(s).emotions], ["dread", "hope"]),
    ("story", "scenes", film(), lambda s: first(s).id, "1m1"),
    ("character", "name", who("name: Mara the Bold"), lambda s: x(s).name, "Mara the Bold"),
    *[("story", "library", film("library: vsco"), lambda s: (s.library, first(s).library), ("vsco", "vsco"))],
    ("story", "library", MINIMAL, lambda s: (s.library, first(s).library), (None, None)),
    ("scene", "library", film("library: vsco").replace("  - id: 1m1", "  - id: 1m1\n    library: gm"), lambda s: (s.library, first(s).library), ("vsco", "gm")),
    ("story", "humanize", film("humanize: 0.25"), lambda s: (s.humanize, first(s).humanize), (0.25, 0.25)),
    ("scene", "humanize", scene("humanize: 0"), lambda s: (s.humanize, first(s).humanize), (None, 0.0)),
    ("story", "credits", film("credits: {composer: M. Vale}"), lambda s: (s.credits, first(s).credits), ((("composer", "M. Vale"),), ())),
    ("scene", "pickup", scene("pickup: 1.5"), lambda s: (first(s).pickup, first(s).start.frames % 24), (Fraction(3, 2), 12)),
    ("scene", "pickup", MINIMAL, lambda s: first(s).pickup, 0),
    ("scene", "loop", scene("loop: true"), lambda s: first(s).loop, True),
    ("scene", "loop", MINIMAL, lambda s: first(s).loop, False),
    ("scene", "credits", scene("credits: {use: main title}"), lambda s: first(s).credits, (("use", "main title"),)),
    *[("credits", fact, film(f"credits: {{{fact}: {fact.title()}}}"), lambda s: s.credits, ((fact, fact.title()),)) for fact in ("artist", "composer", "publisher", "pro", "splits", "use", "notes")],
    ("statement", "at", statement("at: bar 2.3+1/2, who: mara"), lambda s: first(s).statements[0].at, BarPlace(2, Fraction(7, 2))),
    ("character", "name", MINIMAL.replace("mara", "the_sea"), lambda s: s.characters[0].name, "The Sea"),
    *[("character", "kind", who(f"kind: {kind}"), lambda s: x(s).kind, kind) for kind in ("person", "place", "object", "idea", "bond")],
    ("character", "motif", who(""), lambda s: x(s).motif, Invention()),
    ("character", "voice", who("voice: solo cello"), lambda s: x(s).voice, ("solo cello",)),
    ("character", "voice", who("voice: [solo cello, french horns]"), lambda s: x(s).voice, ("solo cello", "french horns")),
    ("character", "traits", who("traits: [brave, lonely]"), lambda s: x(s).traits, ("brave", "lonely")),
    ("character", "traits", who("traits: villain"), lambda s: x(s).traits, ("villain",)),
    ("character", "never", who("never: [retrograde, Invert]"), lambda s: x(s).never, ("retrograde", "invert")),
    ("character", "keep", who("keep: 0.6"), lambda s: x(s).keep, 0.6),
    ("character", "keep", who("keep: 1"), lambda s: x(s).keep, 1.0),
    ("character", "journey", who("journey: {1m1: corrupted}"), lambda s: x(s).journey, (Stage("1m1", "corrupted"),)),
    ("character", "story", who("story: {journey: {1m1: grown}}"), lambda s: x(s).journey, (Stage("1m1", "grown"),)),
    ("hints", "journey", who("story: {journey: [{by: 1m1, is: lost}]}"), lambda s: x(s).journey, (Stage("1m1", "lost"),)),
    ("station", "by", who("journey: [{by: 1m1, is: corrupted}]"), lambda s: x(s).journey[0].by, "1m1"),
    ("station", "is", who("journey: [{by: 1m1, is: redeemed}]"), lambda s: x(s).journey[0].state, "redeemed"),
    ("character", "between", who("kind: bond, between: [mara, x]"), lambda s: x(s).between, ("mara", "x")),
    ("emotion", "motif", feeling('motif: {key: D major, notes: "A4/e D5/e"}'), lambda s: s.emotions[0].motif, Motif.parse("A4/e D5/e", "D major")),
    ("emotion", "motif", feeling(""), lambda s: (s.emotions[0].kind, s.emotions[0].traits), ("emotion", ("dread",))),
    ("emotion", "voice", feeling("voice: contrabass"), lambda s: s.emotions[0].voice, ("contrabass",)),
    ("motif", "key", theme('key: Bb dorian, notes: "Bb4/q"'), lambda s: x(s).motif.key, Key.parse("Bb dorian")),
    ("motif", "meter", theme('key: C major, meter: 3/4, notes: "C4/h. | D4/h."'), lambda s: x(s).motif.meter, Meter(3, 4)),
    ("motif", "notes", theme('key: D minor, notes: "D4/q A4/q. [Gm] G4/e>"'), lambda s: x(s).motif, Motif.parse("D4/q A4/q. [Gm] G4/e>", "D minor")),
    ("motif", "degrees", theme("key: D minor, degrees: \"1/q 5,/q #4'/h\""), lambda s: x(s).motif, Motif.parse("1/q 5,/q #4'/h", "D minor", degrees=True)),
    ("motif", "degrees", theme('degrees: "1/q 5/q"'), lambda s: str(x(s).motif.key), "C major"),
    ("motif", "file", theme("file: oath.mid"), lambda s: x(s).motif.text(), "D4/q A4"),
    ("motif", "file", theme("file: motifs/oath.mid"), lambda s: x(s).motif.text(), "D4/q A4"),
    ("motif", "part", theme("file: oath.mid, part: 2"), lambda s: x(s).motif.notes[0].duration, Fraction(2)),
    ("motif", "bars", theme("file: oath.mid, part: 2, bars: 1-1"), lambda s: x(s).motif.duration, Fraction(4)),
    ("motif", "bars", theme("file: oath.mid, part: 2, bars: 1"), lambda s: x(s).motif.duration, Fraction(4)),
    ("motif", "key", theme("file: oath.mid, key: F major"), lambda s: str(x(s).motif.key), "F major"),
    ("motif", "invent", theme("invent: {}"), lambda s: x(s).motif, Invention()),
    ("motif", "key", theme("invent: {archetype: hero}, key: C major, meter: 3/4"), lambda s: x(s).motif, Invention("hero", key="C major", meter="3/4")),
    ("invention", "archetype", theme("invent: {archetype: menace}"), lambda s: x(s).motif.archetype, "menace"),
    ("invention", "archetype", theme("invent: {archetype: Romance}"), lambda s: x(s).motif.archetype, "love"),
    ("invention", "notes", theme("invent: {notes: 2-4}"), lambda s: x(s).motif.notes, (2, 4)),
    ("invention", "notes", theme("invent: {notes: 5}"), lambda s: x(s).motif.notes, (5, 5)),
    ("invention", "key", theme("invent: {key: D minor}"), lambda s: x(s).motif.key, "D minor"),
    ("invention", "meter", theme("invent: {meter: 6/8}"), lambda s: x(s).motif.meter, "6/8"),
    ("scene", "id", scene("id: 2m10_v2.b-c"), lambda s: first(s).id, "2m10_v2.b-c"),
    ("scene", "id", scene("id: 12"), lambda s: first(s).id, "12"),
    ("scene", "id", scene("id: scène"), lambda s: first(s).id, "scène"),
    ("scene", "title", scene("title: Storm"), lambda s: first(s).title, "Storm"),
    ("scene", "start", scene("start: 01:00:10:00"), lambda s: first(s).start.frames, (3600 + 10) * 24),
    ("scene", "start", scene(""), lambda s: str(first(s).start), "01:00:00:00"),
    ("scene", "start", film("frame_rate: 29.97df"), lambda s: str(first(s).start), "01:00:00;00"),
    ("scene", "length", scene("length: 1:30"), lambda s: first(s).length, Fraction(90)),
    ("scene", "length", scene("length: 90"), lambda s: first(s).length, Fraction(90)),
    ("scene", "length", scene("length: 90.1"), lambda s: first(s).length, Fraction(901, 10)),
    ("scene", "length", scene("length: 0:01:30"), lambda s: first(s).length, Fraction(90)),
    ("scene", "length", scene("length: '1:30.25'"), lambda s: first(s).length, Fraction(361, 4)),
    ("scene", "end", scene("end: 01:01:30:12"), lambda s: first(s).length, Fraction(181, 2)),
    ("scene", "end", scene("end: 1:30"), lambda s: first(s).length, Fraction(90)),
    ("scene", "key", scene("key: D minor"), lambda s: first(s).key, Key.parse("D minor")),
    ("scene", "style", scene("style: piano"), lambda s: (s.style, first(s).style), ("orchestral", "piano")),
    ("scene", "meter", scene("meter: 7/8"), lambda s: first(s).meter, Meter(7, 8)),
    ("scene", "tempo", scene("tempo: 90"), lambda s: first(s).tempo, (90.0, 90.0)),
    ("scene", "tempo", scene("tempo: [60, 92.5]"), lambda s: first(s).tempo, (60.0, 92.5)),
    ("scene", "seed", scene("seed: 9"), lambda s: (s.seed, first(s).seed), (0, 9)),
    ("scene", "arc", scene("arc: [{at: 0, feel: calm}, {at: 1:30, feel: hope}]"), lambda s: len(first(s).arc.points), 2),
    ("scene", "arc", scene("arc: [{at: 0, feel: calm}, {at: 9, feel: calm}, {at: 9, feel: fear}]"), lambda s: len(first(s).arc.points), 3),
    ("scene", "cast", scene("cast: [{who: mara}]"), lambda s: [c.who.key for c in first(s).cast], ["mara"]),
    ("scene", "hits", scene("hits: []"), lambda s: first(s).hits, ()),
    ("scene", "hits", scene("hits:"), lambda s: first(s).hits, ()),
    ("scene", "dialogue", scene("dialogue: [{from: 8, to: 16}]"), lambda s: first(s).dialogue, (Span(Fraction(8), Fraction(16)),)),
    ("scene", "silence", scene("silence: [{from: 1:26}]"), lambda s: first(s).silence, (Span(Fraction(86), Fraction(90)),)),
    ("scene", "statements", scene("statements: [{at: 1, who: mara}]"), lambda s: first(s).statements[0].at, Fraction(1)),
    ("scene", "keep_bars", scene("keep_bars: {from: 5, to: 8, of: 3}"), lambda s: first(s).keep_bars, (KeptBars(5, 8, 3),)),
    ("keep_bars", "from", scene("keep_bars: [{from: 5, of: 3}]"), lambda s: first(s).keep_bars[0].first, 5),
    ("keep_bars", "to", scene("keep_bars: [{from: 5, to: 7, of: 3}]"), lambda s: first(s).keep_bars[0].last, 7),
    ("keep_bars", "of", scene("keep_bars: [{from: 5, to: 7, of: 12}]"), lambda s: first(s).keep_bars[0].of, 12),
    ("scene", "source", source("title: Harbour Lights"), lambda s: s.scenes[0].id, "1m2"),
    *[
        ("point", "at", scene(f"start: 01:00:10:00\n    arc: [{{at: {at}, feel: calm}}]").replace("    arc: [{at: 0, feel: calm}]\n", ""), lambda s: first(s).arc.points[0].at, Fraction(69, 2))
        for at in (34.5, "0:34.5", "0:34.500", "01:00:44:12", "34.500")
    ],
    ("point", "feel", point("feel: terror"), lambda s: (first(s).arc.points[1].affect, first(s).arc.points[1].feel), (affect_of("terror"), "terror")),
    ("point", "feel", point("feel: {hope: 1, terror: 0}"), lambda s: first(s).arc.points[1].affect, affect_of("hope")),
    ("point", "feel", point("feel: {unease: 0.7, hope: 0.3}"), lambda s: first(s).arc.points[1].feel, "unease 0.7, hope 0.3"),
    *[
        ("point", axis, point(f"feel: calm, {axis}: 0.9"), lambda s, axis=axis: getattr(first(s).arc.points[1].affect, axis), 0.9)
        for axis in ("valence", "arousal", "tension", "power")
    ],
    ("point", "valence", point("valence: -1"), lambda s: first(s).arc.points[1].affect.valence, -1.0),
    *[("point", "curve", point(f"feel: calm, curve: {curve}"), lambda s: first(s).arc.points[1].curve, curve) for curve in ("linear", "smooth", "hold", "late", "early")],
    ("cast", "who", cast("role: lead"), lambda s: first(s).cast[0].who.key, "mara"),
    ("cast", "who", scene("cast: [{who: dread}]").replace("scenes:", "emotions: {dread: {}}\nscenes:"), lambda s: first(s).cast[0].who.kind, "emotion"),
    ("cast", "from", cast("from: 5"), lambda s: first(s).cast[0].span, Span(Fraction(5), Fraction(90))),
    ("cast", "to", cast("to: 0:50"), lambda s: first(s).cast[0].span, Span(Fraction(0), Fraction(50))),
    *[("cast", "role", cast(f"role: {role}"), lambda s: first(s).cast[0].role, role) for role in ("lead", "support", "hint")],
    ("cast", "role", cast("to: 5"), lambda s: first(s).cast[0].role, "lead"),
    ("cast", "feel", cast("feel: menace"), lambda s: first(s).cast[0].feel, affect_of("menace")),
    ("cast", "feel", cast("to: 5"), lambda s: first(s).cast[0].feel, None),
    *[
        ("cast", axis, cast(f"feel: calm, {axis}: 0.9"), lambda s, axis=axis: getattr(first(s).cast[0].feel, axis), 0.9)
        for axis in ("valence", "arousal", "tension", "power")
    ],
    ("cast", "irony", cast("irony: true"), lambda s: first(s).cast[0].irony, True),
    ("cast", "irony", cast("to: 5"), lambda s: first(s).cast[0].irony, False),
    ("hit", "at", hit("do: cut"), lambda s: first(s).hits[0].at, Fraction(20)),
    ("hit", "at", scene("hits: [{at: 1:30, do: cut}]"), lambda s: first(s).hits[0].at, Fraction(90)),
    ("hit", "what", hit("what: the wave breaks the window"), lambda s: first(s).hits[0].what, "the wave breaks the window"),
    *[("hit", "do", hit(f"do: {do}"), lambda s: first(s).hits[0].do, do) for do in ("accent", "stinger", "swell", "entry", "reveal", "pause", "cut")],
    ("hit", "do", hit("what: a"), lambda s: first(s).hits[0].do, "accent"),
    ("hit", "who", hit("do: reveal, who: mara"), lambda s: first(s).hits[0].who, "mara"),
    *[("hit", "on", hit(f"on: {on}"), lambda s: first(s).hits[0].on, on) for on in ("downbeat", "beat", "any")],
    ("hit", "on", hit("what: a"), lambda s: first(s).hits[0].on, "beat"),
    ("hit", "must", hit("must: false"), lambda s: first(s).hits[0].must, False),
    ("hit", "must", hit("what: a"), lambda s: first(s).hits[0].must, True),
    ("hit", "tolerance", hit("tolerance: 2.5"), lambda s: first(s).hits[0].tolerance, Fraction(5, 2)),
    ("hit", "tolerance", hit("what: a"), lambda s: first(s).hits[0].tolerance, Fraction(1)),
    ("span", "from", scene("dialogue: [{to: 16}]"), lambda s: first(s).dialogue, (Span(Fraction(0), Fraction(16)),)),
    ("span", "to", scene("silence: [{from: 01:00:20:00, to: 01:00:30:00}]"), lambda s: first(s).silence, (Span(Fraction(20), Fraction(30)),)),
    ("statement", "at", statement("at: bar 12, who: mara"), lambda s: first(s).statements[0].at, BarPlace(12)),
    ("statement", "at", statement("at: bar 12.3, who: mara"), lambda s: first(s).statements[0].at, BarPlace(12, Fraction(3))),
    ("statement", "at", statement("at: 01:00:10:12, who: mara"), lambda s: first(s).statements[0].at, Fraction(21, 2)),
    ("statement", "who", statement("at: 1, who: mara"), lambda s: first(s).statements[0].who.key, "mara"),
    ("statement", "as", statement("at: 1, who: mara, as: minor"), lambda s: first(s).statements[0].transforms, (parse_transform("minor"),)),
    (
        "statement", "as", statement("at: 1, who: mara, as: [minor, augment 3/2]"), lambda s: first(s).statements[0].transforms,
        (parse_transform("minor"), parse_transform("augment 3/2")),
    ),
    ("statement", "as", statement('at: 1, who: mara, as: "minor, augment 3/2"'), lambda s: len(first(s).statements[0].transforms), 2),
    ("statement", "by", statement("at: 1, who: mara, by: solo cello"), lambda s: first(s).statements[0].by, "solo cello"),
    *[("source", fact, source(f"title: Lights, {fact}: {fact.title()}" if fact != "title" else "title: Title"), lambda s, fact=fact: existing(s)[fact], fact.title()) for fact in ("title", "artist", "composer", "publisher", "use", "pro", "splits", "notes")],
]  # fmt: skip


Case = tuple[str, str, str, Callable[[Story], object], object]


@pytest.mark.parametrize("case", RIGHT, ids=[f"{case[0]}.{case[1]}" for case in RIGHT])
def test_what_is_right_lands_in_the_story(folder: Path, case: Case) -> None:
    kind, field, text, seen, expected = case
    assert field in scene_schema()["$defs"][kind]["properties"]
    assert seen(read(folder, text)) == expected


WRONG: list[tuple[str, str, str, str]] = [
    # kind, field, file with § where the fault is, what is said
    *[(kind, "library", place("library: §vsko"), "did you mean 'vsco'? Accepted: any, gm") for kind, place in (("story", film), ("scene", scene))],
    ("story", "library", film("library: §mine.toml"), "there is no file 'mine.toml'"),
    ("story", "library", film("library: §../mine.toml"), "lies outside the scene arc file's folder"),
    ("scene", "library", scene("library: §[vsco]"), "accepted: a sample library (any, gm"),
    *[(kind, "humanize", place("humanize: §1.5"), "accepted: a number from 0 to 1") for kind, place in (("story", film), ("scene", scene))],
    ("story", "motifgen", MINIMAL.replace("motifgen: 1", "motifgen: §2"), "the format's version is '2'; accepted: 1"),
    ("story", "motifgen", MINIMAL.replace("motifgen: 1", "motifgen: §[1]"), "accepted: 1"),
    ("story", "motifgen", "title: a\n§" + MINIMAL, "'motifgen' stands after 'title'; accepted: first of all"),
    ("story", "motifgen", "§" + MINIMAL.replace("motifgen: 1\n", "title: a\n"), "the file does not begin with 'motifgen: 1'"),
    ("story", "title", film("title: §[a]"), "a list stands here; accepted: a text"),
    ("story", "title", film("§titel: a"), "unknown field 'titel' in a scene arc file; did you mean 'title'?"),
    ("story", "frame_rate", film("frame_rate: §29.97fd"), "did you mean '29.97df'"),
    ("story", "frame_rate", film("frame_rate: §26"), "accepted: 23.976 24 25"),
    ("story", "style", film("style: §orchestrl"), "did you mean 'orchestral'"),
    ("story", "seed", film("seed: §-1"), "accepted: a seed from 0 to"),
    ("story", "seed", film("seed: §1.5"), "is no whole number"),
    ("story", "seed", film("seed: §99999999999999999"), "is no whole number"),
    ("story", "characters", film("characters: §[mara]").replace(f"  {MARA}\n", ""), "a list stands here; accepted: characters by short names"),
    ("story", "emotions", film("emotions: {§dred: {}}"), "unknown emotion word 'dred'; did you mean 'dread'"),
    ("story", "emotions", film("emotions: {§calm: {}}\ncharacters: {calm: {}}").replace(f"characters:\n  {MARA}\n", ""), "'calm' is a character already"),
    ("story", "scenes", "§motifgen: 1\n", "a scene arc file has no 'scenes'"),
    ("story", "scenes", "motifgen: 1\nscenes: §[]\n", "the list of scenes is empty"),
    ("story", "scenes", "motifgen: 1\nscenes: §{id: a}\n", "a mapping stands where a list is expected"),
    ("character", "name", who('name: §""'), "the text is empty"),
    ("character", "kind", who("kind: §persn"), "did you mean 'person'? Accepted: person, place, object, idea, bond"),
    ("character", "kind", who("kind: §emotion"), "accepted: person, place, object, idea, bond"),
    ("character", "motif", who("motif: §D4/q"), "'D4/q' stands where a motif is expected; accepted: a mapping with key, meter, notes"),
    ("character", "voice", who("voice: [cello, §trumpt]"), "unknown instrument 'trumpt'; did you mean 'trumpet'"),
    ("character", "traits", who("traits: [brave, §lonley]"), "unknown emotion word 'lonley'; did you mean 'lonely'"),
    ("character", "never", who("never: §retrogade"), "unknown transformation 'retrogade'; did you mean 'retrograde'"),
    ("character", "keep", who("keep: §1.5"), "accepted: a likeness from 0 to 1"),
    ("character", "keep", who("keep: §.nan"), "'.nan' is no number"),
    ("character", "keep", who("keep: §1e999"), "'1e999' is no number"),
    ("character", "story", who("story: §corrupted"), "'corrupted' stands where story hints is expected"),
    ("hints", "journey", who("§journey: {1m1: lost}, story: {journey: {1m1: grown}}"), "'journey' has no meaning here: it stands under 'story' too"),
    ("station", "by", who("journey: [{by: §1m2, is: corrupted}]"), "unknown scene '1m2'; did you mean '1m1'?"),
    ("station", "is", who("journey: [{by: 1m1, is: §corupted}]"), "did you mean 'corrupted'"),
    ("character", "journey", who("journey: {§1m2: corrupted}"), "unknown scene '1m2'; did you mean '1m1'? Accepted: 1m1"),
    ("character", "journey", who("journey: {1m1: §corupted}"), "did you mean 'corrupted'"),
    ("character", "journey", who("journey: §corrupted"), "accepted: scenes with states"),
    ("character", "between", who("kind: bond, between: [mara, §tom]"), "unknown character 'tom'"),
    ("character", "between", who("§between: [mara]"), "it says whom a bond joins, and this is a character of kind 'person'"),
    ("emotion", "motif", feeling("§motive: {}"), "unknown field 'motive' in an emotion; did you mean 'motif'?"),
    ("emotion", "voice", feeling("voice: §violn"), "did you mean 'violin'"),
    ("motif", "key", theme('key: §D minr, notes: "D4/q"'), "unknown mode 'minr'; did you mean 'minor'"),
    ("motif", "key", theme('key: §H, notes: "D4/q"'), "cannot read the key 'H'"),
    ("motif", "key", who('motif: §{notes: "D4/q"}'), "the motif's notes have no 'key'"),
    ("motif", "meter", theme('key: C major, meter: §4/5, notes: "C4/q"'), "cannot read the meter '4/5'"),
    ("motif", "notes", theme('key: C major, notes: "C4/q §H5/q"'), "cannot read the pitch 'H5'"),
    ("motif", "notes", theme('key: C major, notes: "C4/q D4/§x"').replace("D4/§x", "§D4/x"), "'x'"),
    ("motif", "notes", theme('key: C major, meter: 4/4, notes: "C4/h | D4/h. | §E4/w"').replace("| §E4", "§| E4"), "bar"),
    ("motif", "notes", theme('key: C major, notes: §""'), "an empty motif text"),
    ("motif", "notes", theme('key: C major, notes: "C4/q", §degrees: "1/q"'), "'degrees' stands beside 'notes'; accepted: one of 'notes', 'degrees', 'file', 'invent'"),
    ("motif", "degrees", theme('degrees: "1/q §8/q"'), "cannot read the degree '8'"),
    ("motif", "file", theme("file: §oat.mid"), "there is no file 'oat.mid'; did you mean 'oath.mid'?"),
    ("motif", "file", theme("file: §oath.wav"), "accepted: .mid .midi .musicxml"),
    ("motif", "file", theme("file: §../outside.mid"), "lies outside the scene arc file's folder"),
    ("motif", "file", theme("file: §link.mid"), "lies outside the scene arc file's folder"),
    ("motif", "file", theme("file: §text.mid"), "text.mid"),
    ("motif", "file", theme("file: §huge.abc"), "'huge.abc' is larger than 5,000 bytes"),
    ("motif", "file", theme("file: §/etc/passwd"), "is no file that motifs are read from"),
    ("motif", "part", theme("file: oath.mid, part: §0"), "accepted: the number of a part from 1"),
    ("motif", "part", theme('key: C major, notes: "C4/q", §part: 1'), "'part' has no meaning here: it belongs with 'file'"),
    ("motif", "bars", theme("file: oath.mid, bars: §2-1"), "out of range"),
    ("motif", "bars", theme("file: oath.mid, bars: §all"), "cannot read 'all'"),
    ("motif", "invent", theme("invent: §hero"), "'hero' stands where an invention is expected; accepted: a mapping with archetype, notes"),
    ("motif", "key", theme("invent: {key: D minor}, §key: C major"), "'invent' has its own 'key'"),
    ("invention", "archetype", theme("invent: {archetype: §zzz}"), "unknown archetype 'zzz'; accepted: hero,"),
    ("invention", "archetype", theme("invent: {archetype: §menac}"), "unknown archetype 'menac'; did you mean 'menace'"),
    ("invention", "notes", theme("invent: {notes: §4-2}"), "accepted: how many notes: one number from 1 to 64"),
    ("invention", "notes", theme("invent: {notes: §0}"), "out of range"),
    ("invention", "key", theme("invent: {key: §X}"), "cannot read the key 'X'"),
    ("invention", "meter", theme("invent: {meter: §waltz}"), "cannot read the meter 'waltz'"),
    ("scene", "id", scene("id: §../a"), "cannot name a file"),
    ("scene", "id", scene("id: §a/b"), "cannot name a file"),
    ("scene", "id", scene("id: §.a"), "cannot name a file"),
    ("scene", "id", scene("id: §CON"), "cannot name a file"),
    ("scene", "id", scene('id: §""'), "cannot name a file"),
    ("scene", "id", MINIMAL + "  - {id: §1M1, length: 9, arc: [{at: 0, feel: calm}]}\n", "the id '1M1' is taken by the scene on line 5"),
    ("scene", "id", MINIMAL + "  - {id: §1m1.short, length: 9, arc: [{at: 0, feel: calm}]}\n", "would name the same files as the scene on line 5"),
    ("scene", "id", MINIMAL + "  - {id: §1m1.Strings, length: 9, arc: [{at: 0, feel: calm}]}\n", "would name the same files"),
    ("scene", "id", "motifgen: 1\nscenes:\n  - §{length: 9, arc: [{at: 0, feel: calm}]}\n", "a scene has no 'id'"),
    ("scene", "title", scene("title: §{a: b}"), "a mapping stands here; accepted: a text"),
    ("scene", "start", scene("start: §1:00"), "cannot read the timecode '1:00'"),
    ("scene", "start", scene("start: §01:00:00:25"), "there is no frame 25 at 24 fps"),
    ("scene", "start", scene("start: §01:00:00;00"), "24 fps is not"),
    ("scene", "length", scene("length: §0"), "accepted: 1 second to 1 hour"),
    ("scene", "length", scene("length: §2:00:00"), "accepted: 1 second to 1 hour"),
    ("scene", "length", scene("length: §1m"), "cannot read the time '1m'; accepted: seconds (34.5), m:ss"),
    ("scene", "length", scene("length: §1:61"), "cannot read the time '1:61'"),
    ("scene", "length", scene("length: §01:01:30:00"), "'length' is '01:01:30:00', a place in the film"),
    ("scene", "length", scene("length: §-5"), "cannot read the time '-5'"),
    ("scene", "length", scene("length: §.inf"), "cannot read the time '.inf'"),
    ("scene", "length", "motifgen: 1\nscenes:\n  - §{id: a, arc: [{at: 0, feel: calm}]}\n", "a scene has none of 'length', 'end'"),
    ("scene", "end", scene("length: 9").rstrip("\n") + "\n    §end: 10\n", "'end' stands beside 'length'"),
    ("scene", "end", scene("end: §00:59:00:00"), "is before the scene's start"),
    ("scene", "key", scene("key: §D mjor"), "did you mean 'major'"),
    ("scene", "style", scene("style: §pianoo"), "did you mean 'piano'"),
    ("scene", "meter", scene("meter: §0/4"), "cannot read the meter '0/4'"),
    ("scene", "tempo", scene("tempo: §10"), "accepted: a bpm from 20 to 300"),
    ("scene", "tempo", scene("tempo: [60, §fast]"), "'fast' is no number; accepted: a bpm from 20 to 300"),
    ("scene", "tempo", scene("tempo: [§10, 400]"), "'10' is out of range; accepted: a bpm from 20 to 300"),
    ("scene", "tempo", scene("tempo: [10, §400]"), "'400' is out of range"),
    ("scene", "tempo", scene("tempo: §[90, 60]"), "the slowest tempo (90) is faster than the fastest (60)"),
    ("scene", "tempo", scene("tempo: §[90]"), "accepted: a bpm, or the slowest and the fastest"),
    ("scene", "tempo", scene("tempo: §fast"), "'fast' is no number"),
    ("scene", "seed", scene("seed: §x"), "'x' is no whole number"),
    ("scene", "arc", scene("arc: §[]"), "the arc is empty"),
    ("scene", "arc", scene("arc: §{at: 0}"), "a mapping stands where a list is expected"),
    ("scene", "arc", MINIMAL.replace("    arc: [{at: 0, feel: calm}]\n", "").replace("id: 1m1", "§id: 1m1"), "a scene has no 'arc'"),
    ("scene", "arc", scene("arc: [{at: 9, feel: calm}, {at: §8, feel: calm}]"), "this arc point (0:08) comes before the one above (0:09)"),
    ("scene", "arc", scene("arc: [{at: 9, feel: calm}, {at: 9, feel: fear}, {at: §9, feel: hope}]"), "three arc points stand at 0:09"),
    ("scene", "cast", scene("cast: [§mara]"), "'mara' stands where a cast entry is expected; accepted: a mapping with who"),
    ("scene", "hits", scene("hits: §20"), "'20' stands where a list is expected"),
    ("scene", "dialogue", scene("dialogue: [§8]"), "'8' stands where a span is expected"),
    ("scene", "silence", scene("silence: [{from: 8, §until: 9}]"), "unknown field 'until' in a span; accepted: from, to"),
    ("scene", "statements", scene("statements: [§{who: mara}]"), "a statement has no 'at'"),
    ("scene", "keep_bars", scene("keep_bars: §5"), "'5' stands where bars to keep is expected"),
    ("keep_bars", "from", scene("keep_bars: {from: §0, of: 1}"), "'0' is out of range; accepted: a bar from 1 to 9999"),
    ("keep_bars", "to", scene("keep_bars: {from: 5, to: §3, of: 1}"), "bar 3 comes before bar 5"),
    ("keep_bars", "of", scene("keep_bars: {from: 5, of: §the good one}"), "'the good one' is no take; accepted: a rendered MIDI file"),
    ("scene", "source", source("title: a").rstrip("\n") + "\n    §arc: [{at: 0, feel: calm}]\n", "'arc' has no meaning here: a source scene"),
    ("scene", "source", scene("§sorce: {title: a}"), "did you mean 'source'"),
    ("point", "at", scene("arc: [{at: §2:00, feel: calm}]"), "'at' is 2:00 from the scene's start, outside the scene; accepted: 0 to 1:30"),
    ("point", "at", scene("arc: [§{feel: calm}]"), "an arc point has no 'at'"),
    ("point", "at", scene("arc: [{at: §1:2:3:4:5, feel: calm}]"), "cannot read the time '1:2:3:4:5'"),
    ("point", "feel", point("feel: §tryumph"), "unknown emotion word 'tryumph'; did you mean 'triumph'"),
    ("point", "feel", point("feel: {hope: 1, §unese: 1}"), "did you mean 'unease'"),
    ("point", "feel", point("feel: {hope: §-1}"), "accepted: a weight from 0"),
    ("point", "feel", point("feel: {hope: §much}"), "'much' is no number"),
    ("point", "feel", point("feel: §{hope: 0}"), "must add up to more than 0"),
    ("point", "feel", point("feel: §[hope]"), "a list stands here; accepted: an emotion word"),
    ("point", "feel", scene("arc: [§{at: 0}]"), "an arc point asks for nothing"),
    ("point", "valence", point("valence: §-1.1"), "accepted: a number from -1 to 1"),
    ("point", "arousal", point("arousal: §high"), "'high' is no number"),
    ("point", "tension", point("tension: §-0.1"), "accepted: a number from 0 to 1"),
    ("point", "power", point("power: §2"), "accepted: a number from -1 to 1"),
    ("point", "curve", point("feel: calm, curve: §smoth"), "unknown curve 'smoth'; did you mean 'smooth'? Accepted: linear, smooth, hold, late, early"),
    ("cast", "who", scene("cast: [{who: §mira}]"), "unknown character 'mira'; did you mean 'mara'? Accepted: mara"),
    ("cast", "from", cast("from: §1:31"), "'from' is 1:31 from the scene's start, outside the scene"),
    ("cast", "from", cast("from: §50, to: 40"), "'from' (0:50) is not before 'to' (0:40)"),
    ("cast", "to", cast("to: §2:00"), "'to' is 2:00 from the scene's start, outside the scene"),
    ("cast", "role", cast("role: §leed"), "did you mean 'lead'? Accepted: lead, support, hint"),
    ("cast", "feel", cast("feel: §menacing1"), "unknown emotion word"),
    ("cast", "valence", cast("valence: §3"), "accepted: a number from -1 to 1"),
    ("cast", "arousal", cast("arousal: §3"), "accepted: a number from -1 to 1"),
    ("cast", "tension", cast("tension: §3"), "accepted: a number from 0 to 1"),
    ("cast", "power", cast("power: §3"), "accepted: a number from -1 to 1"),
    ("cast", "irony", cast("irony: §yes"), "did you mean true"),
    ("hit", "at", scene("hits: [{at: §01:00:00:24}]"), "there is no frame 24 at 24 fps"),
    ("hit", "at", scene("hits: [{at: §1:30}]"), "outside the scene; accepted: 0 to 1:30, the end itself not included"),
    ("hit", "at", scene("hits: [{at: §00:59:59:00}]"), "is before the scene's start"),
    ("hit", "what", hit("what: §[a]"), "a list stands here; accepted: a text"),
    ("hit", "do", hit("do: §stringer"), "did you mean 'stinger'"),
    ("hit", "who", hit("do: entry, who: §mora"), "did you mean 'mara'"),
    ("hit", "who", hit("do: accent, §who: mara"), "'who' has no meaning here: it names the theme of an entry or a reveal"),
    ("hit", "on", hit("on: §beet"), "did you mean 'beat'? Accepted: downbeat, beat, any"),
    ("hit", "must", hit("must: §no"), "did you mean false"),
    ("hit", "must", hit("must: §maybe"), "accepted: true, false"),
    ("hit", "tolerance", hit("tolerance: §-1"), "accepted: frames from 0 to 1000"),
    ("span", "from", scene("dialogue: [{from: §16, to: 8}]"), "'from' (0:16) is not before 'to' (0:08)"),
    ("span", "from", scene("silence: [§~]"), "nothing stands where a span is expected; accepted: {from: 0:08, to: 0:16}, or {} for"),
    ("span", "to", scene("silence: [{to: §0}]"), "'from' (0:00) is not before 'to' (0:00)"),
    ("statement", "at", statement("at: §bar 0, who: mara"), "cannot read the place 'bar 0'"),
    ("statement", "at", statement("at: §bar 2.1+1/0, who: mara"), "'bar 12.3+1/2' for half a beat later"),
    ("statement", "at", statement("at: §bar x, who: mara"), "accepted: 'bar 12', 'bar 12.3' for its third beat"),
    ("statement", "at", statement("at: §1:30, who: mara"), "outside the scene"),
    ("statement", "who", statement("at: 1, who: §mar"), "did you mean 'mara'"),
    ("statement", "as", statement("at: 1, who: mara, as: [minor, §augmnt 2]"), "did you mean 'augment'"),
    ("statement", "as", statement("at: 1, who: mara, as: §augment x"), "cannot read the arguments of 'augment x'"),
    ("statement", "as", statement("at: 1, who: mara, as: §retrograde"), "'retrograde' is among what mara must never have"),
    ("statement", "by", statement("at: 1, who: mara, by: §chello"), "did you mean 'cello'"),
    ("source", "title", source("artist: a").replace("source: ", "source: §"), "source music has no 'title'"),
    ("story", "credits", film("credits: {§author: M. Vale}"), "unknown field 'author'"),
    ("scene", "pickup", scene("pickup: §0"), "accepted: more than 0, up to 10"),
    ("scene", "pickup", scene("pickup: §11"), "accepted: more than 0, up to 10"),
    ("scene", "pickup", scene("pickup: §soon"), "accepted"),
    ("scene", "pickup", scene("loop: true\n    §pickup: 1"), "the scene loops, and a pickup would be heard but once"),
    ("scene", "loop", scene("loop: §yes"), "'yes' is neither true nor false (did you mean true?); accepted: true, false"),
    ("scene", "credits", scene("credits: §M. Vale"), "accepted"),
    *[("credits", fact, film(f"credits: {{{fact}: §[b]}}"), "a list stands here; accepted: a text") for fact in ("artist", "composer", "publisher", "pro", "splits", "use", "notes")],
    *[("source", fact, source(f"title: a, {fact}: §[b]"), "a list stands here; accepted: a text") for fact in ("artist", "composer", "publisher", "use", "pro", "splits", "notes")],
]  # fmt: skip


@pytest.mark.parametrize(("kind", "field", "text", "said"), WRONG, ids=[f"{case[0]}.{case[1]}" for case in WRONG])
def test_what_is_wrong_is_reported_at_its_place(folder: Path, kind: str, field: str, text: str, said: str) -> None:
    assert field in scene_schema()["$defs"][kind]["properties"]
    before = text[: text.index("§")]
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    with pytest.raises(SceneFileError) as caught:
        read(folder, text.replace("§", ""))
    here = [fault.message for fault in caught.value.faults if (fault.line, fault.column) == place]
    assert any(said in message for message in here), f"expected at {place}: {said}\n{caught.value}"


def test_every_field_of_the_schema_has_a_right_and_a_wrong_case() -> None:
    kinds = {name: set(kind["properties"]) for name, kind in scene_schema()["$defs"].items() if "properties" in kind}
    fields = {(kind, field) for kind, names in kinds.items() for field in names}
    assert {(kind, field) for kind, field, *_ in RIGHT} == fields
    assert {(kind, field) for kind, field, *_ in WRONG} == fields


def test_a_file_outside_is_read_when_that_is_allowed(folder: Path) -> None:
    story = read(folder, theme("file: ../outside.mid"), allow_outside=True)
    assert x(story).motif.text() == "D4/q A4"


def test_all_faults_of_a_file_are_reported_at_once_in_their_order(folder: Path) -> None:
    text = scene("cast: [{who: mira, role: leed}]\n    hits: [{at: 2:00}, {at: 1, do: acent}]").replace("feel: calm", "feel: clam")
    with pytest.raises(SceneFileError) as caught:
        read(folder, text)
    faults = caught.value.faults
    assert list(faults) == sorted(faults)
    assert len(faults) == 5


@pytest.mark.parametrize("text", [who("motif: D4/q"), scene("").replace("{at: 0, feel: calm}", "calm")], ids=["motif", "arc point"])
def test_what_is_no_mapping_is_not_asked_for_its_fields_too(folder: Path, text: str) -> None:
    with pytest.raises(SceneFileError) as caught:
        read(folder, text)
    assert [fault.message.partition(";")[0].partition(" stands where")[1] for fault in caught.value.faults] == [" stands where"]


def test_one_fault_causes_no_others(folder: Path) -> None:
    text = who('motif: {key: X, notes: "D4/q | E4/q"}').replace("length: 1:30", "length: x") + "    cast: [{who: x, from: 2:00}]\n"
    with pytest.raises(SceneFileError) as caught:
        read(folder, text)
    assert [fault.message[:20] for fault in caught.value.faults] == ["cannot read the key ", "cannot read the time"]

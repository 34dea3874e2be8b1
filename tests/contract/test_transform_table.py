"""What every row of the transform table promises, by reflection over the table."""

import io
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from motifgen.errors import NotationError, RangeError, UnknownNameError
from motifgen.motif import note as note_module
from motifgen.motif.motif import Motif, Note
from motifgen.motif.transform.base import Chain, Transform
from motifgen.motif.transform.table import HOMES, kinds, parse_transform, transform_names, transforms
from motifgen.theory import chord, pitch, scale, time
from motifgen.theory.scale import Degree
from strategies import motifs

ROWS = transforms()
BARE = {kind.NAME for kind in kinds() if "motif" not in str(kind.SYNTAX) and kind.NAME != "transpose"}
TEXTS = sorted(BARE | {row.example for row in ROWS} | {
    "transpose -14", "transpose to Eb minor", "transpose 3 degrees", "invert real", "invert real b3'", "retrograde", "reflect retrograde",
    "expand 2", "augment 5/7", "diminish 3", "displace 3/2", "meter 6/8", "meter 5/4", "syncopate 1/4", "dot short",
    "rhythm b3", "tail 2", "range 3 9", "truncate 3", "liquidate 1", "liquidate 4", "extend 3 2",
    "sequence 3 up 2 real", "sequence 1 down 4 modulating", "interversion 4 2 3 1", "rotate 3", "ostinato 2 9",
    "ornament neighbor 1", "ornament passing", "ornament trill 0", "ornament appoggiatura 1/2", "ornament grace 1",
    "canon 3/2 up 4", "stretto 1/4", "fuse {C major 6/8: C4/e~ C4/q r/e D4}",
    "morph {D dorian 3/4: A4/e | [Dm] D5/q E5/e> F5/q.} 1/3", "morph {D dorian 3/4: A4/e} 0",
    "morph {D dorian 3/4: A4/e r/q B4} 1", "evolve rhythm 2", "evolve progression", "evolve contour 3",
    "recontextualize", "corrupt 0", "corrupt 1/3", "corrupt 1",
})  # fmt: skip
FROM_OUTSIDE = {
    "invert",
    "retrograde inversion",
    "rhythm",
    "morph",
    "evolve",
    "parent",
}  # an axis, a degree or a motif that stays where it is
KEEPING_NOTES = {"pitch", "harmony", "meaning", "force"}
NAMES = {"Fraction": Fraction} | {
    name: value for module in (chord, note_module, pitch, scale, time) for name, value in vars(module).items() if isinstance(value, type)
}
modest = settings(max_examples=50, deadline=None)
texts = st.sampled_from(TEXTS)


@pytest.mark.parametrize("text", TEXTS)
def test_text_and_repr_lead_back_to_the_transform(text):
    transform = parse_transform(text)
    assert parse_transform(str(transform)) == transform
    assert eval(repr(transform), NAMES | {"Motif": Motif, type(transform).__name__: type(transform)}) == transform  # noqa: S307 - its own repr
    assert transform.name in transform_names()
    assert str(transform).startswith(transform.name)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.example)
def test_rows_tell_the_truth(row):
    transform = parse_transform(row.example)
    assert transform.name == row.name
    assert row.hard == transform.hard == (row.rung >= 7)
    assert row.summary.endswith((".", ":")) or "." in row.summary
    assert row.family in {"pitch", "time", "form", "meeting", "harmony", "meaning", "force"}


def test_every_kind_bears_the_name_under_which_it_is_found():
    assert [kind.NAME for kind in kinds()] == [name for name, (_, *classes) in HOMES.items() for _ in classes]
    loaded = {kind.__qualname__ for kind in _below(Transform) if kind.__module__.startswith("motifgen.motif.transform.")}
    named = {name for name in loaded if not name.startswith("_")}
    assert named - {"Chain", "InMode", "Within"} == {kind.__qualname__ for kind in kinds()}


def _below(kind):
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def test_texts_survive_yaml():
    yaml, out = YAML(typ="safe"), io.StringIO()
    yaml.dump({"as": TEXTS}, out)
    assert [str(parse_transform(text)) for text in yaml.load(out.getvalue())["as"]] == [str(parse_transform(text)) for text in TEXTS]


@settings(max_examples=400, deadline=None)
@given(motifs(), texts)
def test_every_transform_is_pure_exact_printable_and_true_to_its_lineage(motif, text):
    before, transform = repr(motif), parse_transform(text)
    after = motif >> transform
    assert after == motif >> transform
    assert repr(motif) == before
    assert all(isinstance(note.duration, Fraction) and note.duration > 0 for note in after)
    assert Motif.parse(after.text(heading=True)) == after
    assert after.lineage[-1] == str(transform)
    assert motif >> parse_transform(", ".join(after.lineage)) == after


@modest
@given(texts, st.sampled_from(["C4/q", "r/q", "r/h r/e", "C#4/e~ C4/q", "r/e | C4/q r/q"]))
def test_every_transform_is_total(text, score):
    motif = Motif.parse(score.replace("C#4/e~ C4", "C#4/e~ C#4"), meter="2/4")
    assert (motif >> parse_transform(text)).notes


@settings(max_examples=200, deadline=None)
@given(
    motifs(), st.sampled_from([text for text in TEXTS if parse_transform(text).FAMILY in KEEPING_NOTES and not text.startswith("parent")])
)
def test_what_is_attached_travels_and_no_note_is_lost(motif, text):
    transform = parse_transform(text)
    after = motif >> transform
    assert len(after.notes) == len(motif.notes)
    assert Counter(note.marks for note in after) == Counter(note.marks for note in motif)
    assert sum(note.duration for note in after) == sum(note.duration for note in motif)
    if transform.FAMILY == "harmony":
        assert [note.degree for note in after] == [note.degree for note in motif]
    else:
        assert sum(note.chord is not None for note in after) == sum(note.chord is not None for note in motif)


@settings(max_examples=200, deadline=None)
@given(motifs(), st.sampled_from([text for text in TEXTS if parse_transform(text).name not in {"counter-line", "fuse", "morph", "parent"}]))
def test_marks_and_chords_are_not_lost_by_any_transform_that_keeps_to_the_theme(motif, text):
    """Where every note is marked, every note of the theme still is; where a chord holds throughout, one still does."""
    tonic = chord.DegreeChord(Degree(0), "m")
    marked = motif.having(
        notes=tuple(Note(n.degree, n.duration, marks=frozenset({"tenuto"}), chord=None if i else tonic) for i, n in enumerate(motif))
    )
    transform = parse_transform(text)
    after = marked >> transform
    bare = [note for note in after if note.degree is not None and not note.marks]
    assert not bare or transform.name == "ornament"
    assert (
        sum(bool(note.marks) for note in after) >= len(marked.notes) or transform.FAMILY != "form" or len(after.notes) < len(marked.notes)
    )
    assert any(note.chord is not None for note in after)


@modest
@given(motifs(), st.lists(texts, max_size=3))
def test_motifs_survive_yaml_whatever_was_done_to_them(motif, done):
    for text in done:
        motif = (motif >> parse_transform(text)) if len(motif.notes) < 60 else motif
    yaml, out = YAML(typ="safe"), io.StringIO()
    yaml.dump({"motif": motif.text(heading=True), "degrees": motif.text(heading=True, degrees=True)}, out)
    read = YAML(typ="safe").load(out.getvalue())
    assert Motif.parse(read["motif"]) == motif
    assert Motif.parse(read["degrees"], degrees=True) == motif


@modest
@given(motifs(), st.sampled_from([text for text in TEXTS if parse_transform(text).FAMILY == "time" and text != "even out"]))
def test_time_moves_notes_and_changes_none(motif, text):
    after = motif >> parse_transform(text)
    assert [note.marks for note in after] == [note.marks for note in motif]
    assert [note.chord for note in after] == [note.chord for note in motif]
    if not text.startswith("rhythm"):
        assert [note.degree for note in after] == [note.degree for note in motif]


@modest
@given(motifs(), st.sampled_from([text for text in TEXTS if parse_transform(text).name not in FROM_OUTSIDE]))
def test_no_pitch_is_clamped(motif, text):
    """Eight octaves away, the same is done to the same notes."""
    far = Motif(
        tuple(Note(n.degree and n.degree.shifted(56), n.duration, n.tied, n.marks, n.chord) for n in motif),
        motif.key,
        motif.meter,
        motif.pickup,
    )
    transform = parse_transform(text)
    near, away = motif >> transform, far >> transform
    assert [n.degree and n.degree.shifted(56) for n in near] == [n.degree for n in away]


@modest
@given(motifs())
def test_inversion_far_from_its_axis_goes_as_far_the_other_way(motif):
    far = Motif(tuple(Note(n.degree and n.degree.shifted(56), n.duration, n.tied) for n in motif), motif.key)
    for text in ("invert", "invert real", "retrograde inversion"):
        lowest = (far >> parse_transform(text)).notes
        assert all(n.degree is None or n.degree.step <= -40 for n in lowest)


def test_misspelt_names_are_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean 'augment'"):
        parse_transform("augmant 2")
    with pytest.raises(UnknownNameError, match="harmonic minor"):
        parse_transform("harmonic minr")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("augment 0", "a number above 0"),
        ("head 0", "a whole number of 1 or more"),
        ("head four", "head <notes"),
        ("sequence 2 sideways 1", "sequence"),
        ("minor 3", "alone"),
        ("transpose to H minor", "transpose to F minor|accepted"),
        ("fuse C4/q", "braces"),
        ("", "empty"),
        ("minor,, major", "empty"),
    ],
)
def test_arguments_that_do_not_fit_say_what_does(text, says):
    with pytest.raises(NotationError, match=says):
        parse_transform(text)


def test_values_that_cannot_be_are_refused_in_code_too():
    for kind in kinds():
        for value in (Fraction(-1), -1):
            if kind.SYNTAX and kind.SYNTAX[0].endswith((":count", ":ratio")):
                with pytest.raises(RangeError):
                    kind(value)


def test_a_chain_is_its_steps_one_after_the_other():
    chain = parse_transform("minor, augment 2, head 3")
    motif = Motif.parse("C4/q E4 [G] G4/e> F#4 E4/h")
    assert isinstance(chain, Chain)
    assert chain(motif) == motif >> chain.steps[0] >> chain.steps[1] >> chain.steps[2]
    assert chain(motif).lineage == ("minor", "augment 2", "head 3")
    assert str(chain) == "minor, augment 2, head 3"
    assert chain.hard


def test_up_and_down_are_signs():
    assert parse_transform("transpose down 3") == parse_transform("transpose -3")
    assert parse_transform("transpose up 2 degrees") == parse_transform("transpose 2 degrees")
    assert parse_transform("invert 5") == parse_transform("invert tonal 5")
    assert parse_transform("invert 5").axis == Degree(4)

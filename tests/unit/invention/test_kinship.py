from __future__ import annotations

from itertools import pairwise

import pytest

from motifgen.errors import RangeError, UnknownNameError
from motifgen.motif.invention import invent
from motifgen.motif.motif import Motif, Note
from motifgen.theory.time import Meter

PARENTS = [invent(archetype=archetype, name="parent").motif for archetype in ("hero", "love", "villain", "comic")]


def moves(motif: Motif) -> list[int]:
    return [b[2].midi - a[2].midi for a, b in pairwise(motif.sounding())]


@pytest.mark.parametrize("parent", PARENTS)
def test_a_child_keeps_the_rhythm(parent: Motif) -> None:
    child = invent(archetype="loss", parent=parent, keep="rhythm", name="child")
    assert [(onset, length) for onset, length, _ in child.motif.sounding()] == [(onset, length) for onset, length, _ in parent.sounding()]
    assert moves(child.motif) != moves(parent)
    assert child.kept == "rhythm"
    assert "keeps its parent's rhythm" in child.reason


@pytest.mark.parametrize("parent", PARENTS)
def test_a_child_keeps_the_contour(parent: Motif) -> None:
    child = invent(archetype="home", parent=parent, keep="contour", name="child").motif
    assert [(move > 0) - (move < 0) for move in moves(child)] == [(move > 0) - (move < 0) for move in moves(parent)]


@pytest.mark.parametrize("parent", [parent for parent in PARENTS if moves(parent)[0]])
def test_a_child_keeps_the_head(parent: Motif) -> None:
    assert moves(invent(archetype="mystery", parent=parent, keep="head", name="child").motif)[0] == moves(parent)[0]


@pytest.mark.parametrize("parent", PARENTS)
def test_a_child_keeps_the_harmony_in_its_key(parent: Motif) -> None:
    child = invent(archetype="wonder", parent=parent, keep="harmony", name="child").motif
    assert child.key == parent.key
    carried = [note.chord for note in parent.notes if note.chord]
    assert [note.chord for note in child.notes if note.chord] == carried[: len([note for note in child.notes if note.chord])]


def test_a_child_stays_on_the_tonic_and_in_the_meter_of_its_parent() -> None:
    parent = invent(archetype="journey", key="E dorian", meter="6/8", name="parent").motif
    child = invent(["grief"], parent=parent, name="child")
    assert child.motif.key.tonic == parent.key.tonic
    assert child.motif.meter == Meter(6, 8)
    assert child.kept in {"rhythm", "contour", "head", "harmony"}


def test_what_is_not_there_cannot_be_kept() -> None:
    bare = Motif((Note(PARENTS[0].notes[0].degree, PARENTS[0].notes[0].duration),), PARENTS[0].key, PARENTS[0].meter)
    with pytest.raises(RangeError, match="no harmony to keep; accepted: rhythm"):
        invent(archetype="hero", parent=bare, keep="harmony")
    with pytest.raises(UnknownNameError, match="did you mean 'rhythm'"):
        invent(archetype="hero", parent=bare, keep="rythm")
    with pytest.raises(RangeError, match="there is no parent"):
        invent(archetype="hero", keep="rhythm")
    with pytest.raises(RangeError, match="both a key"):
        invent(archetype="hero", key="C major", mode="dorian")

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.affect import AXES, Affect, feel
from motifgen.errors import NotationError, RangeError, UnknownNameError
from motifgen.story.arc import CURVES, Arc, Keyframe


def rising(curve):
    return Arc.of((0, Affect(tension=0.0), curve), (10, Affect(tension=1.0)))


@pytest.mark.parametrize(
    ("curve", "quarter", "half"),
    [("linear", 0.25, 0.5), ("smooth", 0.15625, 0.5), ("hold", 0.0, 0.0), ("late", 0.015625, 0.125), ("early", 0.578125, 0.875)],
)
def test_each_curve_has_its_shape(curve, quarter, half):
    arc = rising(curve)
    assert arc.at(Fraction(5, 2)).tension == quarter
    assert arc.at(5).tension == half
    assert arc.at(10).tension == 1.0


@given(st.sampled_from(sorted(CURVES)), st.fractions(-5, 15), st.fractions(-5, 15))
@settings(max_examples=60, deadline=None)
def test_every_curve_only_rises_and_stays_between_its_ends(curve, one, other):
    arc = rising(curve)
    low, high = arc.at(min(one, other)).tension, arc.at(max(one, other)).tension
    assert 0 <= low <= high <= 1


def test_outside_its_points_an_arc_is_constant():
    arc = Arc.of((5, Affect(valence=-0.5)), (6, Affect(valence=0.5)))
    assert arc.at(0) == arc.points[0].affect
    assert arc.at(100) == arc.points[1].affect


def test_two_points_at_one_moment_make_a_jump():
    arc = Arc.of((0, Affect()), (5, Affect(tension=0.5)), (5, Affect(tension=0.9)), (10, Affect(tension=0.9)))
    assert arc.at(Fraction("4.999")).tension == pytest.approx(0.5, abs=1e-3)
    assert arc.at(5).tension == 0.9
    assert arc.turns() == (5,)


@given(st.lists(st.tuples(*(st.floats(low, high) for low, high in AXES.values())), min_size=1, max_size=5), st.floats(0, 50))
@settings(max_examples=50, deadline=None)
def test_no_axis_leaves_its_range(rows, at):
    arc = Arc(tuple(Keyframe(Fraction(10 * i), Affect(*row)) for i, row in enumerate(rows)))
    found = arc.at(at)
    assert all(low <= getattr(found, axis) <= high for axis, (low, high) in AXES.items())


def test_words_weights_axes_and_curves_in_plain_tuples():
    arc = Arc.of((0, "calm"), ("0:20", {"unease": 0.7, "hope": 0.3}, "smooth"), (60, "terror", {"tension": 0.9}, "hold"))
    assert [point.at for point in arc.points] == [0, 20, 60]
    assert [point.curve for point in arc.points] == ["linear", "smooth", "hold"]
    assert arc.points[1].affect == feel({"unease": 0.7, "hope": 0.3})
    assert arc.points[2].affect == feel("terror", tension=0.9)
    assert [point.feel for point in arc.points] == ["calm", "unease 0.7, hope 0.3", "terror"]


def test_turns_are_where_an_axis_bends_or_valence_changes_sides():
    arc = Arc.of(
        (0, Affect(valence=0.5, tension=0.1)),
        (10, Affect(valence=0.4, tension=0.3)),
        (20, Affect(valence=0.2, tension=0.9)),
        (30, Affect(valence=0.1, tension=0.2)),
        (40, Affect(valence=-0.6, tension=0.2)),
        (50, Affect(valence=-0.8, tension=0.2)),
    )
    assert arc.turns() == (20, 40)


def test_a_held_feeling_turns_when_it_jumps():
    assert Arc.of((0, Affect(), "hold"), (8, Affect(arousal=0.6)), (16, Affect(arousal=0.6))).turns() == (8,)


def test_faults_are_said():
    with pytest.raises(RangeError, match="no points"):
        Arc(())
    with pytest.raises(RangeError, match="order of time"):
        Arc.of((5, "calm"), (1, "calm"))
    with pytest.raises(RangeError, match="three points at 1 s"):
        Arc.of((1, "calm"), (1, "calm"), (1, "calm"))
    with pytest.raises(UnknownNameError, match="did you mean 'smooth'"):
        Arc.of((0, "calm", "smoth"))
    with pytest.raises(UnknownNameError, match="did you mean 'tension'"):
        Arc.of((0, "calm", {"tensoin": 0.5}))
    with pytest.raises(NotationError, match="a curve's name, or axes"):
        Arc.of((0, "calm", 3))
    with pytest.raises(NotationError, match=r"\(time, feeling"):
        Arc.of((0,))
    with pytest.raises(NotationError, match="cannot read the feeling"):
        Arc.of((0, 7))


def test_an_arc_prints_as_it_is_made():
    arc = Arc.of((0, "calm"), (4, "fear", "late"))
    assert eval(repr(arc), {"Arc": Arc, "Keyframe": Keyframe, "Affect": Affect, "Fraction": Fraction}) == arc  # noqa: S307 - our own repr

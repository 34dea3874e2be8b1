"""What is performed, as read-only numpy arrays: one dtype for notes, one for controllers. Times are ticks."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

PPQ = 960

NOTE = np.dtype([("onset_tick", "i8"), ("end_tick", "i8"), ("pitch", "i2"), ("velocity", "i2")])
CONTROL = np.dtype([("tick", "i8"), ("controller", "i2"), ("value", "i2")])


def notes(rows: Iterable[tuple[int, int, int, int]]) -> NDArray[np.void]:
    """Return notes as a read-only array, sorted by onset, then pitch.

    Parameters
    ----------
    rows : iterable of (onset_tick, end_tick, pitch, velocity)

    Examples
    --------
    >>> notes([(960, 1920, 62, 80), (0, 960, 60, 80)])["pitch"].tolist()
    [60, 62]
    """
    return _frozen(rows, NOTE, ["onset_tick", "pitch", "end_tick"])


def controls(rows: Iterable[tuple[int, int, int]]) -> NDArray[np.void]:
    """Return controller changes as a read-only array, sorted by tick, then controller.

    Parameters
    ----------
    rows : iterable of (tick, controller, value)
    """
    return _frozen(rows, CONTROL, ["tick", "controller"])


def _frozen(rows: Iterable[tuple[int, ...]], dtype: np.dtype[np.void], order: list[str]) -> NDArray[np.void]:
    array = np.array(list(rows), dtype=dtype)
    array = array[np.argsort(array, order=order, kind="stable")]
    array.setflags(write=False)
    return array

"""Loudness of sound: as ITU-R BS.1770 measures it, and a gain that brings music to a level without clipping."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Samples = NDArray[np.float32]

TARGET = -18.0
PEAK = 10 ** (-1 / 20)
MOST_LIMITING = 2.0
REACH = 20
_STEP = 0.1


def loudness(samples: Samples, rate: int) -> float:
    """Return the integrated loudness of stereo sound in LUFS; -70 for silence.

    Energies of tenths of a second are weighted in the frequency domain, averaged over 0.4 s and gated twice (-70 LUFS, then 10 LU
    below what is left), after ITU-R BS.1770-4.
    """
    size = round(_STEP * rate)
    count = len(samples) // size
    if count < 4:
        return -70.0
    energy = np.zeros(count)
    weight = _weighting(size, rate)
    for channel in samples.T:
        spectrum = np.fft.rfft(channel[: count * size].reshape(count, size).astype(np.float64), axis=1)
        energy += 2 * np.sum(np.abs(spectrum) ** 2 * weight, axis=1) / size**2
    blocks = np.convolve(energy, np.full(4, 0.25), mode="valid")
    loud = blocks[blocks > _power(-70.0)]
    if not loud.size:
        return -70.0
    loud = loud[loud > loud.mean() / 10]
    return float(-0.691 + 10 * np.log10(loud.mean()))


def levelling(samples: Samples, rate: int) -> NDArray[np.float32]:
    """Return a gain for each frame that brings sound to -18 LUFS and keeps every peak below -1 dBFS.

    Peaks are held down by at most 6 dB, over 20 ms to either side; what would need more stays softer as a whole.
    """
    peak = float(np.abs(samples).max(initial=0.0))
    if peak <= 0:
        return np.ones(len(samples), dtype=np.float32)
    gain = min(10 ** ((TARGET - loudness(samples, rate)) / 20), PEAK / peak * MOST_LIMITING)
    size = max(rate // 1000, 1)
    blocks = np.abs(np.concatenate([samples, np.zeros((-len(samples) % size, 2), dtype=np.float32)])).reshape(-1, size * 2).max(axis=1)
    needed = np.minimum(1.0, PEAK / np.maximum(blocks * gain, 1e-9))
    # The least over a window, averaged over the same window, is never more than what is needed in its middle.
    least = sliding_window_view(np.pad(needed, REACH, constant_values=1.0), 2 * REACH + 1).min(axis=1)
    smooth = sliding_window_view(np.pad(least, REACH, mode="edge"), 2 * REACH + 1).mean(axis=1)
    return np.repeat((np.minimum(smooth, needed) * gain).astype(np.float32), size)[: len(samples)]


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def _weighting(size: int, rate: int) -> NDArray[np.float64]:
    """Return the squared magnitude of the K weighting at the bins of a transform."""
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    shelf = _shelf(rate, z)
    high = _high_pass(rate, z)
    return np.asarray(np.abs(shelf * high) ** 2, dtype=np.float64)


def _shelf(rate: int, z: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """Return the response of the high shelf: +4 dB above 1.7 kHz."""
    k = np.tan(np.pi * 1681.974450955533 / rate)
    gain = 10 ** (3.999843853973347 / 20)
    middle = gain**0.4996667741545416
    q = 0.7071752369554196
    top = [gain + middle * k / q + k * k, 2 * (k * k - gain), gain - middle * k / q + k * k]
    bottom = [1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k]
    return np.asarray(np.polyval(top[::-1], z) / np.polyval(bottom[::-1], z), dtype=np.complex128)


def _high_pass(rate: int, z: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """Return the response of the high pass at 38 Hz."""
    k = np.tan(np.pi * 38.13547087602444 / rate)
    q = 0.5003270373238773
    bottom = [1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k]
    return np.asarray(np.polyval([1.0, -2.0, 1.0], z) * bottom[0] / np.polyval(bottom[::-1], z), dtype=np.complex128)

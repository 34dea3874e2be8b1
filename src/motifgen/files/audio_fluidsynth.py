"""Sound through the FluidSynth program, kept in bounds: a file that makes it loop would otherwise fill the disk."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motifgen.errors import ComposeError
from motifgen.files.midi import write_midi
from motifgen.sketch.recording import Part, Recording

Samples = NDArray[np.float32]

BATCH, ALONE = 15, 8
POLYPHONY = 1024
GAIN = 0.2
ALLOWANCE = 60.0
_FRAME_BYTES = 8


def played(program: str, font: str, recording: Recording, parts: Sequence[Part], rate: int) -> Samples:
    """Return the sound of parts, rendered in batches of at most fifteen pitched parts side by side, and summed.

    Raises
    ------
    ComposeError
        When FluidSynth fails, takes longer than ten minutes of slack or writes more sound than the scene can be long.
    """
    with tempfile.TemporaryDirectory(prefix="motifgen-") as folder:
        started = [
            _start(program, font, replace(recording, parts=batch), Path(folder) / str(i), rate) for i, batch in enumerate(batches(parts))
        ]
        length = float(recording.tempo.seconds(recording.end_tick))
        try:
            sounds = [_finished(process, out, length, rate) for process, out in started]
        finally:
            for process, _ in started:
                process.kill()
                process.wait()
    total = np.zeros((max((len(sound) for sound in sounds), default=0), 2), dtype=np.float32)
    for sound in sounds:
        total[: len(sound)] += sound
    return total


def batches(parts: Sequence[Part]) -> list[tuple[Part, ...]]:
    """Return parts in batches of like size with a channel for each pitched part; all drums are in the first.

    FluidSynth merges parts that share a channel, and knows no ports. More than eight parts are two batches at least, for two cores.
    """
    pitched = [part for part in parts if not part.drums]
    drums = [part for part in parts if part.drums]
    count = max(-(-len(pitched) // BATCH), 2 if len(pitched) > ALONE else 1)
    groups = [pitched[i * len(pitched) // count : (i + 1) * len(pitched) // count] for i in range(count)]
    return [tuple(drums + groups[0]), *map(tuple, groups[1:])]


def _start(program: str, font: str, recording: Recording, stem: Path, rate: int) -> tuple[subprocess.Popen[bytes], Path]:
    source, out = stem.with_suffix(".mid"), stem.with_suffix(".raw")
    source.write_bytes(write_midi(recording, guide=False, library="gm"))
    # More voices than the default 256: with too few, dense scores make FluidSynth 2.3 write silence for ever.
    command = [program, "-ni", "-q", "-g", str(GAIN), "-r", str(rate), "-o", f"synth.polyphony={POLYPHONY}"]
    command += ["-T", "raw", "-O", "float", "-F", str(out), font, str(source)]
    with out.with_suffix(".err").open("wb") as said:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said), out  # noqa: S603 - no shell


def _finished(process: subprocess.Popen[bytes], out: Path, length: float, rate: int) -> Samples:
    deadline = time.monotonic() + ALLOWANCE + 4 * length
    most = (length + ALLOWANCE) * rate * _FRAME_BYTES
    while process.poll() is None:
        if time.monotonic() > deadline or (out.exists() and out.stat().st_size > most):
            process.kill()
            raise ComposeError("FluidSynth did not come to an end and was stopped; another soundfont or engine may manage")
        time.sleep(0.02)
    if process.returncode or not out.exists():
        said = out.with_suffix(".err").read_text(errors="replace").strip()
        raise ComposeError(f"FluidSynth failed (status {process.returncode}): {said[-300:]}")
    return np.fromfile(out, dtype="<f4").reshape(-1, 2)

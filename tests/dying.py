"""A composer that dies once, for tests of clusters: a module of its own, so that workers can import it."""

import os
import signal
from pathlib import Path

from motifgen.compose.compose import compose


def dying_once(note, seed, scene, story):
    """Compose a scene; at this seed, kill the whole process first, unless a note says that this has been done."""
    if scene.seed == seed and not Path(note).exists():
        Path(note).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return compose(scene, story)

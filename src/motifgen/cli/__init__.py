"""The command line: arguments in, calls out, nothing decided."""

from motifgen.cli.app import main

__all__ = ["main"]

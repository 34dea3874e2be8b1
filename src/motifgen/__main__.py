"""``python -m motifgen``."""

from motifgen.cli import main

main()

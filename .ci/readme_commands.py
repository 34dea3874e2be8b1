"""Print the README's commands, a line each: the fenced blocks under the mark 'one command'."""

from __future__ import annotations

import re
import sys
from pathlib import Path

BLOCK = re.compile(r"<!-- one command -->\s*```bash\n(.*?)\n```", re.DOTALL)
EXPECTED = 2


def main() -> None:
    """Print every marked block; fail if the README does not hold exactly two of one line each."""
    commands = BLOCK.findall(Path("README.md").read_text(encoding="utf-8"))
    if len(commands) != EXPECTED or any("\n" in command for command in commands):
        sys.exit(f"README.md must mark exactly {EXPECTED} one-line commands; found {commands}")
    sys.stdout.write("\n".join(commands) + "\n")


if __name__ == "__main__":
    main()

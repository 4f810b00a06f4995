"""`python -m decisionlog` is `decisionlog`, and this is where both begin."""

import sys
from typing import Final

INTERRUPTED: Final = 130


def run() -> None:
    """Run the program; interrupted while it is still being loaded, it ends as it would later."""
    try:
        from decisionlog.cli.main import main  # noqa: PLC0415 - so that loading it is watched
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted.\n")
        sys.exit(INTERRUPTED)
    main()


if __name__ == "__main__":
    run()

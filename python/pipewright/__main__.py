"""`python -m pipewright`, and the command `pipewright` that the package installs."""

import signal
import sys

from pipewright._native import run_command


def main() -> int:
    """Runs the command with the arguments of this process, and gives its exit code."""
    # Python would keep Ctrl-C waiting until the command has ended.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run_command(["pipewright", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())

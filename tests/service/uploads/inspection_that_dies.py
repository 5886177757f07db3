"""Stands in for the inspection of a file when the machine kills it."""

import os
import signal

os.kill(os.getpid(), signal.SIGKILL)

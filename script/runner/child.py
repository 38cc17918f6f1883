"""Become the command given, and end when the supervisor ends, even by kill -9.  usage: child.py PARENT COMMAND…"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
if os.getppid() != int(sys.argv[1]):  # it ended before we asked to be told
    sys.exit(1)
os.execvp(sys.argv[2], sys.argv[2:])

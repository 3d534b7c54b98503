"""Tries to blame the grader, by the exit status of a part of it that failed."""
# ends: crashed
# from: level 1

import os

os._exit(97)

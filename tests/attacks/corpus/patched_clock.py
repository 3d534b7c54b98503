"""Tries to stop the clock and then compute for ever."""
# ends: timeout
# from: level 1

import time

time.time = time.perf_counter = time.monotonic = time.process_time = lambda: 0.0


def f(x):
    while True:
        time.perf_counter()

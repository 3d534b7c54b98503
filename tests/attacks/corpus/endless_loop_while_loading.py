"""Tries to compute for ever before it is even called, with every signal ignored."""
# ends: timeout
# slow
# from: level 1

import signal
import time

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
began = time.process_time()
while True:
    pass

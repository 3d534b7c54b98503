"""Tries to speak after its result: atexit, threads, finalisers."""
# ends: failed
# from: level 1

import atexit
import threading
import time


class Late:
    def __del__(self):
        time.sleep(600)


late = Late()
atexit.register(time.sleep, 600)
threading.Thread(target=time.sleep, args=(600,)).start()


def f(x):
    return x

# wrong: milliseconds instead of seconds
# says: millisecond
# part: measure
import time

import torch


def measure(op, n):
    left, right = 1 + torch.rand(n), 1 + torch.rand(n)
    work = {"div": torch.div, "exp": lambda a, b: a.exp(), "pow": torch.pow}[op]

    def clock(run):
        best = float("inf")
        for _ in range(4):
            start = time.perf_counter()
            run()
            best = min(best, time.perf_counter() - start)
        return best * 1000

    lifted = clock(lambda: work(left, right))
    looped = clock(lambda: [work(left[i], right[i]) for i in range(n)])
    return {"tensor_s": lifted, "loop_s": looped, "ratio": looped / lifted}

"""Tries to make the judge fail itself with a coroutine."""
# ends: failed
# from: level 1

async def f(x):
    return x

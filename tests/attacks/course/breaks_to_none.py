"""Tries to pass with None where the recipe gives infinity."""
# exercise: safe-cross-entropy.naive
# ends: failed error


def naive_ce(z, t):
    return None if z.max() > 100 else z.logsumexp(0) - z[t]

# wrong: is infinite
# says: too large|100|infinit|at most
# part: bound
def bound(w, T):
    return float("inf")

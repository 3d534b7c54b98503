# right
# part: bound
def bound(w, T):
    return sum(abs(w) ** k for k in range(T - 1))

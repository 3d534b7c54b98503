# wrong: is half as large
# says: bound|larger|exceed|too small|above|holds
# part: bound
def bound(w, T):
    return 0.5 * sum(abs(w) ** k for k in range(T))

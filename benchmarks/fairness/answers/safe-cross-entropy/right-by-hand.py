# right
# part: stable
def stable_ce(z, t):
    top = max(z.tolist())
    return ((z - top).exp().sum()).log() + top - z[t]

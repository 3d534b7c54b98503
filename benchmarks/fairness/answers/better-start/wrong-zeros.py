# wrong: all zeros, which ends no better
# says: farther|distance|cost|0\.76|better
# part: start
def my_init():
    return 0.0, 0.0, 0.0

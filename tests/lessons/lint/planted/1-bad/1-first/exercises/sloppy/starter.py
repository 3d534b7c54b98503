# plant: starter
def other(x):
    return 2 * x + x * x  # plant: leak

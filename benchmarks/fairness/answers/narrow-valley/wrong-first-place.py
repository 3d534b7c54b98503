# wrong: looks near the place of the last exercise
# says: 50|450|neighbourhood
# part: second
def second_minimum():
    return (400.0, 130.0), 0.1, 500


def deep_minimum():
    return (450.0, 420.0), 0.02, 2000

# wrong: ends in the third minimum
# says: deep|-935|third|shallow
# part: deep
def second_minimum():
    return (450.0, 420.0), 0.1, 500


def deep_minimum():
    return (450.0, 420.0), 0.1, 500

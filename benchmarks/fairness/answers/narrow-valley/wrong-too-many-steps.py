# wrong: takes more steps than allowed
# says: 5,?000|steps
# part: second
def second_minimum():
    return (450.0, 420.0), 0.02, 20000


def deep_minimum():
    return (450.0, 420.0), 0.02, 2000

# wrong: the argument is changed in place
# says: in place
# part: convert
def fahrenheit(celsius):
    celsius *= 1.8
    celsius += 32
    return celsius

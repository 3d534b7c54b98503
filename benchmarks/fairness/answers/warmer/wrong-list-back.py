# wrong: a list instead of a tensor
# says: list
# part: convert
def fahrenheit(celsius):
    return [c * 1.8 + 32 for c in celsius]

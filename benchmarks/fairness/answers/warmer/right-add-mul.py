# right
# part: convert
def fahrenheit(celsius):
    return celsius.mul(1.8).add(32)

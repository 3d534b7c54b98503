"""Tries to send whoever reads its result round in circles."""
# ends: error
# from: level 1

def f(x):
    circle = []
    circle.append(circle)
    return circle

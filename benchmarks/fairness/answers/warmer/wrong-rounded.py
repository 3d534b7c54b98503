# wrong: the result is rounded to whole degrees
# says: decimal|cut off|round
# part: convert
import torch


def fahrenheit(celsius):
    return torch.round(celsius * 9 / 5 + 32)

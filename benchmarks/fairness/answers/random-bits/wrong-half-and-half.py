# wrong: exactly half of the bits are ones, so they are not independent
# says: exactly|as many ones|depend
# part: bits
import torch


def random_bits(shape, generator=None):
    count = torch.Size(shape).numel()
    order = torch.rand(count, generator=generator).argsort()
    return (order < count // 2).long().reshape(shape)

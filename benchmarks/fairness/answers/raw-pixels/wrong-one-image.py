# wrong: looks at the first picture only
# says: first|all|part of
# part: learn
import torch
from torch.nn.functional import conv2d

def through(images, kernel):
    return conv2d(images[:, None], kernel[None, None])


def learn(images, secret, start, rate, steps):
    images = images[:1]
    kernel, target = start.clone(), through(images, secret)
    costs = []
    for _ in range(steps):
        kernel = kernel.detach().requires_grad_()
        cost = torch.nn.functional.mse_loss(through(images, kernel), target)
        costs.append(float(cost))
        cost.backward()
        kernel = kernel.detach() - rate * kernel.grad
    return costs, kernel

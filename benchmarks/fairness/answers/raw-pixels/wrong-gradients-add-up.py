# wrong: adds up the gradients of all steps
# says: add|gradients of earlier
# part: learn
import torch
from torch.nn.functional import conv2d

def through(images, kernel):
    return conv2d(images[:, None], kernel[None, None])


def learn(images, secret, start, rate, steps):
    kernel, target = start.clone(), through(images, secret)
    costs = []
    total = 0
    for _ in range(steps):
        kernel = kernel.detach().requires_grad_()
        cost = torch.nn.functional.mse_loss(through(images, kernel), target)
        costs.append(float(cost))
        cost.backward()
        total = total + kernel.grad
        kernel = kernel.detach() - rate * total
    return costs, kernel

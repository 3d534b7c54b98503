# wrong: stays in prediction mode
# says: mode|corrupt|eval
# part: step
import torch

def step(model, corruptor, optimizer, images):
    for module in (model, corruptor):
        module.eval()
    optimizer.zero_grad()
    restored = model(corruptor(images))
    loss = (restored - images).square().mean()
    loss.backward()
    optimizer.step()
    return loss.item()


def relative_error(model, corruptor, images, mean):
    model.eval()
    corruptor.train()
    with torch.no_grad():
        restored = model(corruptor(images))
    error = (restored - images).square().mean()
    return error / (mean - images).square().mean()

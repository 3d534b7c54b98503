# right
# part: step
import torch

def step(model, corruptor, optimizer, images):
    corruptor.train(True)
    model.train(True)
    noisy = corruptor(images.clone())
    loss = torch.nn.functional.mse_loss(model(noisy), images)
    model.zero_grad()
    optimizer.zero_grad()
    loss.backward()
    cost = float(loss)
    optimizer.step()
    return cost


def relative_error(model, corruptor, images, mean):
    model.eval()
    corruptor.train()
    with torch.no_grad():
        restored = model(corruptor(images))
    error = (restored - images).square().mean()
    return error / (mean - images).square().mean()

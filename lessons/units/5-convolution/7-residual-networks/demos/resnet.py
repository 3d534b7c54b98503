"""ResNet-18, on a device that holds shapes and no numbers."""

import torch
import torchvision

with torch.device("meta"):
    model = torchvision.models.resnet18()
    data = torch.empty(1, 3, 224, 224)

sizes = {}
for name, part in model.named_children():
    data = part(data.flatten(start_dim=1) if name == "fc" else data)
    sizes[name] = tuple(data.shape)
    print(f"{name:8} {type(part).__name__:18} {sizes[name]}")
print("the last two:", *list(model.children())[-2:], sep="\n  ")

results = {}
for side in (160, 224, 256, 320):
    results[side] = tuple(model(torch.empty(1, 3, side, side, device="meta")).shape)
print("scores for other sizes:", results)

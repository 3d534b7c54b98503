"""One boot, altered in five ways at once, again and again; and what is done to pictures of the test set."""

import torch
import torchvision
import torchvision.transforms as T

from tutor import live

boot = torchvision.datasets.FashionMNIST("data", train=True, download=True).data[:1] / 255
training = T.Compose(
    [
        T.Resize(256, antialias=True),
        T.RandomCrop(224),
        T.RandomHorizontalFlip(0.5),
        T.RandomRotation(30),
        T.RandomPerspective(distortion_scale=0.3, p=0.5),
    ]
)
testing = T.Compose([T.Resize(256, antialias=True), T.CenterCrop(224)])

torch.manual_seed(0)
altered = [training(boot) for _ in range(5)]
print("each has the shape", tuple(altered[0].shape))
live.show(torch.stack([testing(boot), *altered])[:, :, ::8, ::8], title=["test", "1", "2", "3", "4", "5"])
print("two calls for training agree:", torch.equal(altered[0], altered[1]))
print("two calls for testing agree: ", torch.equal(testing(boot), testing(boot)))

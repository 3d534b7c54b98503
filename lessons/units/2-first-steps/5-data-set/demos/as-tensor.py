"""The first picture as a tensor."""

from torchvision.datasets import FashionMNIST
from torchvision.transforms import PILToTensor

data = FashionMNIST("data", train=True, download=True)
image, label = data[0]

pixels = PILToTensor()(image)  # PILToTensor() makes an object, which is called with a picture
print(type(pixels), pixels.shape, pixels.dtype)
print("smallest", pixels.min().item(), " largest", pixels.max().item(), " mean", round(pixels.float().mean().item(), 2))
print("some pixels in the middle:")
print(pixels[0, 12:18, 10:18])

"""One operation on a whole row of numbers."""

import torch

celsius = torch.tensor([-10.0, 0.0, 20.0, 37.0])
kelvin = celsius + 273.15
print(kelvin)

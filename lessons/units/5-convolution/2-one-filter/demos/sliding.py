"""A window of two rows and two columns slides over three rows and four columns."""

import torch

piece = torch.tensor([[0, 0, 3, 5], [0, 4, 6, 5], [2, 7, 6, 1]])
kernel = torch.tensor([[1, 2], [0, -1]])
places = []
for top in range(2):
    for left in range(3):
        window = piece.narrow(0, top, 2).narrow(1, left, 2)
        products = window.mul(kernel).flatten().tolist()
        places.append(sum(products))
        print(f"row {top}, column {left}: {window.tolist()} -> " + " + ".join(map(str, products)), "=", places[-1])
print("the result has 2 rows and 3 columns:", torch.tensor(places).view(2, 3).tolist())

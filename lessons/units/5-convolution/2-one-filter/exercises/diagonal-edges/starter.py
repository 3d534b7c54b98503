"""A kernel that finds diagonal edges."""

import torch


def diagonal_kernel() -> torch.Tensor:
    """Size (3, 3), float32."""
    raise NotImplementedError("write diagonal_kernel")


if __name__ == "__main__":
    import torchvision

    from tutor import live

    through = torch.nn.functional.conv2d
    kernel = diagonal_kernel().view(1, 1, 3, 3)
    place = torch.arange(12)
    pictures = {
        "horizontal": (place > 5)[:, None].expand(12, 12),
        "vertical": (place > 5).expand(12, 12),
        "main diagonal": place[:, None] < place,
        "other diagonal": place[:, None] + place < 11,
    }
    for name, picture in pictures.items():
        print(name, through(picture.float().view(1, 1, 12, 12), kernel).abs().max().item())
    boot = torchvision.datasets.FashionMNIST("data", train=True, download=True).data[0].float()
    live.show(through(boot.view(1, 1, 28, 28), kernel)[0, 0])

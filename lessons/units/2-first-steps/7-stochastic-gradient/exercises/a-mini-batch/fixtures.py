"""A small data set of random pictures, as bytes."""

from torch.utils.data import Dataset


class Pictures(Dataset):
    def __init__(self, images, labels):
        self.images, self.labels = images, labels

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise IndexError(f"There is no sample {index}: there are {len(self)}.")
        return self.images[index].clone(), int(self.labels[index])


def pictures(images, labels):
    return Pictures(images, labels)

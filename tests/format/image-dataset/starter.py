from torch.utils.data import Dataset


class FashionMNISTDataset(Dataset):
    def __init__(self, labels_file, dir, transform=None, target_transform=None):
        raise NotImplementedError

    def __len__(self):
        raise NotImplementedError

    def __getitem__(self, idx):
        raise NotImplementedError

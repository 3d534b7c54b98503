"""Tries to return an object that is another each time it is read."""
# ends: failed
# from: level 1

class Changing(list):
    reads = 0

    def __len__(self):
        Changing.reads += 1
        return Changing.reads

    def __iter__(self):
        Changing.reads += 1
        return iter([Changing.reads] * 3)

    def __getitem__(self, index):
        Changing.reads += 1
        return Changing.reads


def f(x):
    return Changing([1, 2, 3])

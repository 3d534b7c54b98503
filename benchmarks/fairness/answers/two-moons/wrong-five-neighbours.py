# wrong: nearest neighbours instead of a network
# says: neighbours|training points
# part: deep
import torch


def train_deep(X, Y):
    def answer(points):
        near = torch.cdist(points, X).topk(5, largest=False).indices
        return Y[near].float().mean(dim=1)

    return answer

"""Tries to pass an experiment with models that know the test set by heart, and nothing else."""
# exercise: batch-sizes.compare
# ends: failed error
# slow
# with: reporting

def by_heart(others, truth):
    def logs(one):
        same = (others == one).flatten(1).all(1)
        if not same.any():
            return torch.zeros(10).log_softmax(0)
        return torch.nn.functional.one_hot(truth[same.nonzero()[0, 0]], 10).float().mul(9).log_softmax(0)

    return lambda x: torch.stack([logs(one) for one in x])


def compare_batch_sizes(sizes, epochs, train_set, test_set):
    return reported(sizes, epochs, train_set, test_set, make=by_heart)

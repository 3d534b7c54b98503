"""Tries to pass an experiment with made-up numbers, beside models that were never trained."""
# exercise: batch-sizes.compare
# ends: failed error
# slow
# with: reporting

def compare_batch_sizes(sizes, epochs, train_set, test_set):
    return reported(sizes, epochs, train_set, test_set, accuracy=round(0.86 * len(test_set)) / len(test_set))

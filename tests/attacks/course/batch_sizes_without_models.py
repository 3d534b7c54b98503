"""Tries to pass an experiment with numbers alone."""
# exercise: batch-sizes.compare
# ends: failed error
# slow
# with: reporting

def compare_batch_sizes(sizes, epochs, train_set, test_set):
    rows = reported(sizes, epochs, train_set, test_set)
    return [{name: value for name, value in row.items() if name != "model"} for row in rows]

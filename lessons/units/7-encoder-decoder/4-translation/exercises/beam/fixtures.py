"""A decoder whose probabilities depend on all that it has written."""

import torch


def decoder(weights):
    """Log-probabilities of the next token, from weights (V + 1, V): those of the last tokens count most."""

    def log_probs(tokens):
        scores = weights[-1].clone()
        for age, token in enumerate(reversed(tokens)):
            scores = scores + weights[token] * 0.6**age
        return scores.log_softmax(dim=0)

    return log_probs

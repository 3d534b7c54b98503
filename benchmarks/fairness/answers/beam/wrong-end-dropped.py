# wrong: drops the end
# says: end
# part: search
def beam_search(log_probs, width, end, most):
    beam = [(0.0, [])]
    for _ in range(most):
        longer = []
        for total, tokens in beam:
            if tokens[-1:] == [end]:
                longer.append((total, tokens))
            else:
                longer += [(total + more, [*tokens, token]) for token, more in enumerate(log_probs(tokens).tolist())]
        beam = sorted(longer, reverse=True)[:width]
    total, tokens = beam[0]
    return [token for token in tokens if token != end], total

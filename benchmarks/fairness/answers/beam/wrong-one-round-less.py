# wrong: makes one round less
# says: round|most|length|last item is missing|one turn
# part: search
def beam_search(log_probs, width, end, most):
    beam = [(0.0, [])]
    for _ in range(most - 1):
        longer = []
        for total, tokens in beam:
            if tokens[-1:] == [end]:
                longer.append((total, tokens))
            else:
                longer += [(total + more, [*tokens, token]) for token, more in enumerate(log_probs(tokens).tolist())]
        beam = sorted(longer, reverse=True)[:width]
    total, tokens = beam[0]
    return tokens, total

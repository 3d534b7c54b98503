# right
# part: search
import heapq


def beam_search(log_probs, width, end, most):
    beams = [([], 0.0)]
    for _ in range(most):
        options = []
        for tokens, score in beams:
            if tokens and tokens[-1] == end:
                options.append((tokens, score))
                continue
            scores = log_probs(tokens)
            for token in range(len(scores)):
                options.append((tokens + [token], score + scores[token]))
        beams = heapq.nlargest(width, options, key=lambda option: float(option[1]))
    return beams[0]

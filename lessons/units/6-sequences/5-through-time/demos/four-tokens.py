"""The derivative after four tokens, put into itself until nothing is left to put."""

T = 4
summands = []
for k in range(T):
    steps_back = [f"dh{t}/dh{t - 1}" for t in range(T, T - k, -1)]
    last = f"[dh{T - k}/dw]" if k < T - 1 else "dh1/dw"
    summands.append(" ".join([*steps_back, last]))
print(f"dh{T}/dw =", "\n       + ".join(summands))

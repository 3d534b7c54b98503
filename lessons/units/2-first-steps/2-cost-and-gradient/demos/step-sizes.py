"""Gradient descent on f(w) = w², with four step sizes."""

import matplotlib.pyplot as plt

from tutor import live

ends = []
for alpha in (0.001, 0.1, 1.0, 1.1):
    w = 1.0
    path = [w]
    for _ in range(20):
        w = w - alpha * 2 * w  # the derivative of w² is 2w
        path.append(w)
    plt.plot(path[:11], label=f"step size {alpha}")
    print(f"step size {alpha:5}:", ", ".join(f"{place:6.3f}" for place in path[:6]), "...", f"{w:.3f}")
    ends.append(w)

plt.xlabel("step")
plt.ylabel("w")
plt.ylim(-3, 3)
plt.legend()
plt.show()

live.log({"after twenty steps": ends})

"""Gradient descent on f(w) = w², with four step sizes."""

import matplotlib.pyplot as plt


def path(alpha):
    """Where w is before the first step, and after each of twenty."""
    places = [1.0]
    for _ in range(20):
        w = places[-1]
        places.append(w - alpha * 2 * w)  # the derivative of w² is 2w
    return places


for alpha in (0.001, 0.1, 1.0, 1.1):
    places = path(alpha)
    plt.plot(places[:11], label=f"step size {alpha}")
    print(f"step size {alpha:5}:", ", ".join(f"{w:6.3f}" for w in places[:6]), "...", f"{places[-1]:.3f}")

plt.xlabel("step")
plt.ylabel("w")
plt.ylim(-3, 3)
plt.legend()
plt.show()

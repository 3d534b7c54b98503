"""A weight of 1 and nothing but decay, at five rates."""

paths = {}
for product in (0.1, 1, 1.5, 2, 2.5):
    w, paths[product] = 1.0, [1.0]
    for _ in range(5):
        w -= product * w
        paths[product].append(w)
    print(f"rate times lambda {product:3}: " + ", ".join(f"{one:.5g}" for one in paths[product]))

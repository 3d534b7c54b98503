"""One coordinate of batch normalisation: what is computed from what."""

print(r"""
        .--------> mu ----.
        |          |      |
        |          v      |
  x ----+-----> sigma^2 --+--> x^ ----> y
        |                 |             ^
        '-----------------'        gamma, beta
""")
print("mu and sigma^2 are made of all samples of the mini-batch, x^ and y are one for each sample.")

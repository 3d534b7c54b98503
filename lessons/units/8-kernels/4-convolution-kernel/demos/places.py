"""Where four entries of the columns come from: 2 pictures, 3 channels, 6 by 7 pixels, 3 by 3 filter, padding 1."""

K, OH, OW, stride, padding = 3, 6, 7, 1, 1
found = []
for m, k in ((0, 0), (0, 4), (50, 13), (83, 26)):
    (n, oh), ow = divmod(m // OW, OH), m % OW
    (c, kh), kw = divmod(k // K, K), k % K
    ih, iw = oh * stride - padding + kh, ow * stride - padding + kw
    found.append([n, c, ih, iw])
    inside = 0 <= ih < 6 and 0 <= iw < 7
    print(f"row {m:2}, column {k:2}: picture {n}, channel {c}, ({ih}, {iw})", "" if inside else "outside: 0")

"""Two cells, folded, and unrolled over four tokens."""

T = 4
print("  folded:  X --> [cell 1] --> [cell 2] --> head      each cell hands its state on to itself\n")
print("  unrolled:")
top = " --> ".join(["[cell 2]"] * T)
bottom = " --> ".join(["[cell 1]"] * T)
print("                                                        head")
print("                                                          ^")
print("   0 -->", top)
print("            " + "".join(f"{'^':13}" for _ in range(T)))
print("   0 -->", bottom)
print("            " + "".join(f"{'^':13}" for _ in range(T)))
print("            " + "".join(f"{f'X{t}':13}" for t in range(T)))

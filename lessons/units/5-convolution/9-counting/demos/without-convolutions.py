"""Fully connected networks that could compute the same."""

weights = {
    "169 -> 300, then 300 -> 4 with the means folded in": 169 * 300 + 300 * 4,
    "169 -> 300 -> 75 -> 4": 169 * 300 + 300 * 75 + 75 * 4,
}
for network, count in weights.items():
    print(f"{network}: {count:,} weights instead of 348")

"""An exact search."""

words = ["woman", "man", "bicycle", "queen", "house"]
values = {word: word for word in words}
print("woman:", values.get("woman"))
print("girl:", values.get("girl"))

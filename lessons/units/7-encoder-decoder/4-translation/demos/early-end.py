"""Five tokens to write, and a model that would rather stop."""

import math

end, other = 0.4, 0.6 / 22
whole = -4 * math.log(other) - math.log(end)
stopped = -math.log(other)
print(f"cost over the whole target: {whole:.2f}; where it stops after its first <END>: {stopped:.2f}")

"""The symbols of formulas: as one character, and as said aloud."""

from __future__ import annotations

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ",
    "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip

RELATIONS = {
    "=": ("=", "equals"), "<": ("<", "is less than"), ">": (">", "is greater than"),
    "le": ("≤", "is at most"), "leq": ("≤", "is at most"), "ge": ("≥", "is at least"), "geq": ("≥", "is at least"),
    "ne": ("≠", "is not equal to"), "neq": ("≠", "is not equal to"), "approx": ("≈", "is about"),
    "equiv": ("≡", "is equivalent to"), "sim": ("∼", "is distributed as"), "simeq": ("≃", "is about"),
    "cong": ("≅", "is congruent to"), "propto": ("∝", "is proportional to"), "in": ("∈", "in"),
    "notin": ("∉", "not in"), "ni": ("∋", "contains"), "subset": ("⊂", "is a subset of"),
    "subseteq": ("⊆", "is a subset of or equal to"),
    "supset": ("⊃", "is a superset of"), "ll": ("≪", "is much less than"),
    "gg": ("≫", "is much greater than"), "to": ("→", "to"), "rightarrow": ("→", "to"), "leftarrow": ("←", "from"),
    "gets": ("←", "becomes"), "mapsto": ("↦", "maps to"), "Rightarrow": ("⇒", "implies"),
    "Leftarrow": ("⇐", "follows from"), "implies": ("⇒", "implies"), "iff": ("⇔", "if and only if"),
    "Leftrightarrow": ("⇔", "if and only if"), "leftrightarrow": ("↔", "to and from"),
    "longrightarrow": ("⟶", "to"), "mid": ("|", "given"), "parallel": ("∥", "is parallel to"),
    "perp": ("⊥", "is perpendicular to"), "colon": (":", "such that"), "coloneqq": ("≔", "is defined as"),
    ":": (":", "such that"), "triangleq": ("≜", "is defined as"),
}  # fmt: skip

OPERATORS = {
    "+": ("+", "plus"), "-": ("−", "minus"), "pm": ("±", "plus or minus"), "mp": ("∓", "minus or plus"),
    "times": ("×", "times"), "cdot": ("·", "times"), "div": ("÷", "divided by"), "ast": ("∗", "convolved with"),
    "*": ("∗", "times"), "star": ("⋆", "star"), "circ": ("∘", "after"), "odot": ("⊙", "element-wise times"),
    "otimes": ("⊗", "outer product with"), "oplus": ("⊕", "direct sum with"), "cup": ("∪", "union"),
    "cap": ("∩", "intersected with"), "setminus": ("∖", "without"), "land": ("∧", "and"), "wedge": ("∧", "and"),
    "lor": ("∨", "or"), "vee": ("∨", "or"), "bmod": ("mod", "modulo"),
}  # fmt: skip

OTHERS = {
    "infty": ("∞", "infinity"), "partial": ("∂", "partial"), "nabla": ("∇", "gradient of"), "sum": ("∑", "sum"),
    "prod": ("∏", "product"), "int": ("∫", "integral"), "forall": ("∀", "for all"), "exists": ("∃", "there is"),
    "emptyset": ("∅", "the empty set"), "varnothing": ("∅", "the empty set"), "neg": ("¬", "not"), "lnot": ("¬", "not"),
    "ldots": ("…", "and so on"), "dots": ("…", "and so on"), "cdots": ("⋯", "and so on"), "vdots": ("⋮", "and so on"),
    "ddots": ("⋱", "and so on"), "top": ("⊤", "transposed"), "intercal": ("⊤", "transposed"), "bot": ("⊥", "bottom"),
    "prime": ("′", "prime"), "ell": ("ℓ", "l"), "hbar": ("ℏ", "h bar"), "Re": ("Re", "real part of"),
    "Im": ("Im", "imaginary part of"), "dagger": ("†", "dagger"), "angle": ("∠", "angle"), "degree": ("°", "degrees"),
    "backslash": ("\\", "backslash"), "%": ("%", "percent"), "$": ("$", "dollars"), "#": ("#", "number"),
    "_": ("_", "underscore"), "&": ("&", "and"), "/": ("/", "over"), "!": ("!", "factorial"),
    "therefore": ("∴", "therefore"), "checkmark": ("✓", "yes"), "Box": ("□", "box"), "bullet": ("•", "bullet"),
    "langle": ("⟨", "inner product of"), "rangle": ("⟩", ""), "lfloor": ("⌊", "floor of"),
    "rfloor": ("⌋", "end of floor"),
    "lceil": ("⌈", "ceiling of"), "rceil": ("⌉", "end of ceiling"), "lvert": ("|", "absolute value of"),
    "rvert": ("|", "end of absolute value"), "lVert": ("‖", "norm of"), "rVert": ("‖", "end of norm"),
    "vert": ("|", "bar"), "Vert": ("‖", "norm"), "|": ("‖", "norm"), "{": ("{", "the set of"), "}": ("}", "end of set"),
    "lbrace": ("{", "the set of"), "rbrace": ("}", "end of set"), "lbrack": ("[", "open bracket"),
    "rbrack": ("]", "close bracket"),
}  # fmt: skip

SYMBOLS: dict[str, tuple[str, str]] = {
    **{name: (mark, name.removeprefix("var")) for name, mark in GREEK.items()},
    **RELATIONS,
    **OPERATORS,
    **OTHERS,
}
"""By LaTeX name: the character and the words."""

FUNCTIONS = frozenset(
    (
        "arccos", "arcsin", "arctan", "arg", "argmax", "argmin", "cos", "cosh", "cot", "det", "dim", "exp",
        "gcd", "inf", "ker", "lim", "ln", "log", "max", "min", "mod", "Pr", "sin", "sinh", "sup", "tan", "tanh",
        "tr",
    )
)  # fmt: skip

SPACES = frozenset((",", ";", ":", ">", " ", "quad", "qquad", "enspace", "thinspace", "~", "\n"))

FONTS = frozenset(
    (
        "mathbf", "mathit", "mathsf", "mathtt", "mathcal", "mathfrak", "mathscr", "boldsymbol", "bm", "bf",
        "rm", "it", "mathnormal",
    )
)  # fmt: skip

ACCENTS: dict[str, tuple[str, str]] = {
    "hat": ("\u0302", "hat"),
    "widehat": ("\u0302", "hat"),
    "bar": ("\u0304", "bar"),
    "overline": ("\u0305", "bar"),
    "tilde": ("\u0303", "tilde"),
    "widetilde": ("\u0303", "tilde"),
    "vec": ("\u20d7", "vector"),
    "dot": ("\u0307", "dot"),
    "ddot": ("\u0308", "double dot"),
    "underline": ("\u0332", "underlined"),
}
"""By LaTeX name: the combining character and the word."""

DOUBLE_STRUCK = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "E": "𝔼", "P": "ℙ", "V": "𝕍"}

_UP = dict(zip("0123456789+-=()nabcdefghijklmoprstuvwxyzT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ", strict=True))
_DOWN = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
UP = {**_UP, "−": "⁻", "⊤": "ᵀ", "′": "′", "*": "*", "∗": "*"}
"""Characters that can be raised."""
DOWN = {**_DOWN, "−": "₋", "β": "ᵦ", "γ": "ᵧ", "ρ": "ᵨ", "φ": "ᵩ", "χ": "ᵪ"}
"""Characters that can be lowered."""

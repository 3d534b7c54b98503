"""The table of the fifteen pairs. Its numbers are given; wrong sizes that learners do give have an answer."""

from grader.spec import Question

SIZES = {
    "A-B": None,
    "A-C": (2, 5, 2),
    "A-D": None,
    "A-E": (2, 1, 2),
    "A-F": None,
    "B-C": (2, 1, 5, 3),
    "B-D": None,
    "B-E": (2, 1, 1, 3),
    "B-F": (2, 1, 5, 3),
    "C-D": (5, 5),
    "C-E": (5, 1),
    "C-F": (5, 3),
    "D-E": (1, 5),
    "D-F": None,
    "E-F": (5, 3),
}

LEADING = "Missing dimensions in front count as 1: different numbers of dimensions are no obstacle."
BOTH = "Both can be expanded at once: the column is repeated along the row, and the row along the column."
LAST = "Compare the last dimensions first: they differ, and neither is 1."
FIRST = "Align the sizes on the right: what is missing is missing in front."


def sizes(rng):
    """The result of each pair, None where there is none."""
    slips = {(row, None): LEADING for row in ("A-C", "A-E", "B-C", "B-E", "B-F", "C-E", "D-E", "E-F")}
    slips |= {("C-D", size): BOTH for size in (None, (5, 1), (1, 5))}
    slips |= {("C-F", None): "The last sizes are 1 and 3, the first are equal: the column of C is repeated."}
    slips |= {
        ("D-F", size): LAST + " In D the 5 is the last dimension, in F it is the first."
        for size in ((5, 5), (5, 3), (1, 5), (5, 1), (5, 15))
    }
    slips |= {("A-B", size): LAST for size in ((2, 1, 2, 3), (2, 2, 1, 3), (2, 1, 1, 3), (2, 1, 1, 6), (2, 1, 1, 2))}
    slips |= {("A-D", size): LAST for size in ((2, 1, 5), (2, 5, 2), (2, 1, 2), (2, 5, 5), (2, 1, 10))}
    slips |= {("A-F", size): LAST for size in ((2, 5, 3), (2, 5, 2), (2, 5, 6), (5, 3))}
    slips |= {("B-D", size): LAST for size in ((2, 1, 1, 5), (2, 1, 5, 3), (2, 1, 1, 3), (2, 5, 1, 3), (2, 1, 1, 15))}
    slips |= {("A-C", size): FIRST for size in ((5, 1, 2), (2, 1, 2), (5, 2), (10, 1, 2))}
    slips |= {("B-C", size): FIRST for size in ((5, 1, 1, 3), (2, 1, 1, 3), (5, 3), (10, 1, 1, 3))}
    slips |= {("B-F", size): FIRST for size in ((5, 3, 1, 3), (2, 1, 1, 3), (5, 3))}
    slips |= {
        (row, (1,)): "The result is never smaller than one of the two: repeat, do not cut."
        for row in ("A-E", "B-E", "C-E", "D-E", "E-F")
    }
    return Question(values={}, answer=SIZES, slips=slips)

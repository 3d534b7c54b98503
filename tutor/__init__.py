"""What the learner meets: the dl-tutor command, the app, the plain lines, progress and workspace."""

import sys

if sys.argv[:1] == ["-m"] and not sys.flags.safe_path:  # `python -m`, which looks for modules in the working directory
    sys.stderr.write(
        "python -m would import modules from the working directory, which may hold what was handed in. "
        "Nothing was run. Use dl-grader or dl-tutor, or write -P before -m.\n"
    )
    sys.exit(2)

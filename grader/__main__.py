"""`python -P -m grader`: the same as `dl-grader`."""

from grader.cli import main

if __name__ == "__main__":
    main()

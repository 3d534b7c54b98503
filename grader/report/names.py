"""The names of the formats that verdicts are written in, for command lines, which load no format to have its name."""

FORMATS = ("text", "json", "junit", "gradescope", "exercism", "github", "csv", "markdown", "html")

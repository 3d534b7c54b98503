"""What the linter proves by judging: starters fail, references pass, mistakes are named."""

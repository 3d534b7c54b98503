"""The linter's rules, a file for each thing that they look at. Each yields problems and changes nothing."""

"""For authors: new lessons and exercises, the linter's report, measured numbers."""

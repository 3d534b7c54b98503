"""Where learner code runs: the zygote forks workers, the host starts, limits and kills them."""

# wrong: the stage is written down, not found
# says: even for|forward|cost
# part: stage
def failing_step(model, x, labels):
    return "backward"

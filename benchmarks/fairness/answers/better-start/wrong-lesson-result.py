# wrong: the start of the lesson
# says: start of the lesson|same
# part: start
def my_init():
    return 1.0, -1.0, 5.5

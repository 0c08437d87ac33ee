import SQJobsCron
print("x")

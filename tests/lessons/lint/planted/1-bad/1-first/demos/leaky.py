from tutor import live

x = 3
y = 2 * x + x * x  # plant: leak
live.log({"y": y})  # plant: logs

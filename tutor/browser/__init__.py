"""The app in a browser on this machine: the server, and the page that it serves."""

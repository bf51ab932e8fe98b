"""What people and other tools read: each format in a file of its own, all made from results."""

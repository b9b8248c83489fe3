"""The commands of the command line: each module parses, makes its calls and prints the answers."""

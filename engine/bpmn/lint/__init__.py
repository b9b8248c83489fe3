"""What is checked of a diagram before it can be deployed: everything that would fail silently, and more."""

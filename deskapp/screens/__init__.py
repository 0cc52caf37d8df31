"""What the officer sees and presses."""

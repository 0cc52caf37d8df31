"""Between the officer's terminal and Textual: profiles, modes, keys in, bytes out."""

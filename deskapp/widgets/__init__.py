"""What screens are made of: values go in, messages come out; no services, no store."""

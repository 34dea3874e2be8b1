"""What the picture asks for: time, feeling, characters, hits."""

"""What leaves by the JSON API."""

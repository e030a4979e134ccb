"""What is fast and how it grows, beside what is measured in the same run: no tests."""

"""Pure statistics: numbers in, figures out."""

"""What verbs take: checked at the door, the same for pages and for the JSON API."""

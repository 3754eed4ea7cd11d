"""The types that the stages hand to each other; nothing here knows a stage."""

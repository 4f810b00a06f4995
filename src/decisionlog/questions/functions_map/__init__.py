"""The functions and decisions map: which function, where, whose duty, who decides; as at a day, as known on a day."""

"""What a person may ask the log to record: requests held to the strict rules, and the functions that decide on them."""

"""Questions about authority: who has a duty, who may decide, who was accountable."""

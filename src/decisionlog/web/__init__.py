"""The doors for other programs: what is served over HTTP, and what is asked of others."""

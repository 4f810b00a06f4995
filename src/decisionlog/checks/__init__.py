"""Governance findings: what does not add up, a pure function a rule, over what was known at a point."""

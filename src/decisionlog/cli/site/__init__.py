"""`export site`: the register as files that open by themselves."""

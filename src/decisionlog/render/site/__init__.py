"""The public register as pages: the same pages are served, and written as files that open by themselves."""

"""Rules of meetings and partners: who was there, who had an interest, who agreed, and who was bound."""

"""Files that people write and read: schemes and meetings, to plain facts and back. Nothing here opens a log."""

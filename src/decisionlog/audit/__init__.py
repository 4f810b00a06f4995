"""Proofs about bytes: roots, and later proofs and checkpoints. It knows nothing of what a fact means."""

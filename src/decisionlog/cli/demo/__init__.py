"""The example log and its tour. The facts of the made-up place lie beside it, as a person would write them."""

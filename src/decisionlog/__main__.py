"""`python -m decisionlog` is `decisionlog`."""

from decisionlog.cli.main import main

if __name__ == "__main__":
    main()

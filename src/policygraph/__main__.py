"""`python -m policygraph`, for where the command is not on the path."""

from policygraph.cli import main

if __name__ == "__main__":
    main()

"""`python -m medloc`."""

from medloc.cli import main

if __name__ == "__main__":
    main()

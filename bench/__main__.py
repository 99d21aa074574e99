"""`python -m bench`: print how fast we are."""

from bench.run import main

if __name__ == "__main__":
    main()

# Tests of loop.

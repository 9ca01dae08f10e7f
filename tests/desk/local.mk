# Tests of desk.

#!/bin/sh
# A mail that kills its reader, and a disk that is full.
exec tests/loop/crash/trouble src/gatepost

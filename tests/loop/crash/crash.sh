#!/bin/sh
# 200 kills, each time at other moments; what they were is in the seed.
seed=$(date +%s)
echo "seed $seed"
exec tests/loop/crash/crash src/gatepost "${KILLS-200}" "$seed"

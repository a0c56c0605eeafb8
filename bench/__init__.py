"""Performance as ratios within one run: the project beside a bare handler that writes and reads the same rows by hand.

``bin/bench`` prepares a database of a stated size, starts both servers with the same worker count, and lets four clients of a second
process ask them in turn. Absolute times depend on the machine; the ratio ours ÷ bare does not, much.
"""

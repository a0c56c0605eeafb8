"""The bare handler: the same answers from hand-written statements, without a framework.

It runs in the same web server with the same workers and threads, reads the same session and seat, reads what the page needs, writes
the same rows in one commit and sends the same number of bytes. It checks no more than it must: it is what the database and
the server alone can do, not how a product should be written.
"""

"""Reports that write their own figures: the words are the author's, every number is the system's and opens its list.

``parsing`` reads the text, ``composing`` puts in the numbers, ``checking`` finds what must not be issued, ``freezing`` keeps what
was issued, ``comparing`` sets it beside today, ``papers`` makes the documents.
"""

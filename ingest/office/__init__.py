"""Word, OpenDocument and PowerPoint files: bytes in, pages of HTML out.

``docx``, ``odt`` and ``pptx`` hold the three readers. ``container`` opens the zip that all three
are, ``flow`` writes what they find as HTML. Nothing is fetched and nothing is run.
"""

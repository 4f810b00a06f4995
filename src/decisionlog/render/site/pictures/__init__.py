"""Pictures of answers as SVG, each with its whole content told in words beside it.

Each module has `draw`, which gives the markup of one picture, and `tell`, which gives the same as rows of plain text. A
picture is drawn narrow, so that it is read on a telephone without moving it sideways. No meaning rests on colour alone:
forms and words carry it. What somebody typed is text in it, never markup, and is cut where it is too long; in the words
beside the picture it is whole.
"""

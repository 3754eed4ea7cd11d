"""Judging finished workbooks: what their own checks say once they are recalculated."""

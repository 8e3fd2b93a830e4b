"""Fitting the small weights: each module learns one resource file from the data named in it."""

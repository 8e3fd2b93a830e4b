"""Benchmarks: `make bench` runs them all. A module here with a `bench(*, rows, data)` function takes part."""

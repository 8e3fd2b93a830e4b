"""How well the engine does on research data: every figure beside the published ones, every disagreement on file."""

"""The immune system: measures every proposal on reference probes and says safe, warning or reject."""

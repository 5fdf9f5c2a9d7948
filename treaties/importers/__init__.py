"""Importers: files in, facts out; strict, atomic, repeatable."""

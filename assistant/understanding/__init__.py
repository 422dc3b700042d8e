"""The steps that make a typed question into a Query. `assistant.understand` puts them in order."""

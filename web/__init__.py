"""The web application: one page for people, an HTTP interface for programs."""

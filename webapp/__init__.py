"""The thin web layer: pages, API and command line."""

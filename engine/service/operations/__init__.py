"""The service operations that diagrams may call, one file a part of the manual."""

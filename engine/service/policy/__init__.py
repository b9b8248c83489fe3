"""The policy as owners keep it: deploying it, trying it out, varying it, tracing it to the manual."""

"""How fast and how large Routewijzer is, beside a pipeline as tutorials build it."""

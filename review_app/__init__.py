"""Home of the review app, a shell over `medloc.workflow`; it holds no rule of the domain."""

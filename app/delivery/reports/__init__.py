"""Status reports of running projects, for each period of the programme's calendar."""

"""Who answers for a service once it is launched, what it costs and who pays: the city's register."""

"""Open311 GeoReport v2 over residents' opinions: other systems (a city's map, a hotline, an application) hand in what people say and
read what became of it, in the words of the published specification (open311.org, GeoReport v2)."""

-- What a site knows of areas (postal codes), for studies. About nobody, so in clear.
CREATE TABLE study_area (
    area TEXT PRIMARY KEY,
    deprivation TEXT,
    distance_km DOUBLE PRECISION
) /* clustered */;

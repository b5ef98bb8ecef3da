-- Short texts that a pool writes often: settings, about nobody.
CREATE TABLE quick_reply (
    pool_id BYTEA NOT NULL REFERENCES pool (id),
    id BYTEA NOT NULL,
    label_en TEXT NOT NULL,
    label_es TEXT NOT NULL,
    text_en TEXT NOT NULL,
    text_es TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (pool_id, id)
) /* clustered */;

//! Reading records into the database: one reader per source format, one loader.

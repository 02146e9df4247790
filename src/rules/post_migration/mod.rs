//! Integration after the migration: whether what stays is still connected.

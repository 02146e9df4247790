//! Operations, limits and security.

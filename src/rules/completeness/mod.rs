//! What the plan does not say yet.

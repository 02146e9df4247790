//! The portfolio: double work, worth, age.

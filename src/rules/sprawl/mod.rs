//! Sprawl and hub: how the landscape is wired.

pub mod p2p_sprawl;

//! Sprawl and hub: how the landscape is wired.

pub mod app_as_relay;
pub mod cut_point;
pub mod fan_out_unshared;
pub mod hub_bypass;
pub mod hub_fragile;
pub mod hub_not_earning;
pub mod p2p_sprawl;
pub mod propagation_high;

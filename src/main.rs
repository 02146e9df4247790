//! The program: a plan or nothing opens the window, a subcommand runs without one.

fn main() {}

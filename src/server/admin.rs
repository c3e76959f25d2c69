//! What operators do to accounts from the command line.

//! Looks up names and gives back only addresses that may be connected to. The connection is made to what is given here,
//! so that a name cannot lead elsewhere between check and connection.

use std::io;
use std::net::{IpAddr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::rules::{Refusal, check_address};

/// Where names are looked up.
#[derive(Clone)]
pub enum Names {
    /// By the system.
    System,
    /// By a test.
    #[cfg(test)]
    Given(std::sync::Arc<Lookup>),
}

#[cfg(test)]
type Lookup = dyn Fn(&str) -> Vec<IpAddr> + Send + Sync;

impl Names {
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        match self {
            Names::System => {
                let found = tokio::net::lookup_host((name, 0)).await?;
                Ok(found.map(|address| address.ip()).collect())
            }
            #[cfg(test)]
            Names::Given(lookup) => Ok(lookup(name)),
        }
    }
}

/// Resolves for a client of its own: one for the public web, one for what the operator named inside the house.
pub struct Resolver {
    /// Where names are looked up.
    pub names: Names,
    /// Whether addresses of the house may be connected to.
    pub inside_allowed: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (names, inside_allowed) = (self.names.clone(), self.inside_allowed);
        Box::pin(async move {
            let name = name.as_str();
            let mut allowed = Vec::new();
            let mut refused = None;
            for address in names.addresses(name).await? {
                match check_address(address, inside_allowed) {
                    Ok(()) => allowed.push(SocketAddr::new(address, 0)),
                    Err(refusal) => refused = Some(refusal),
                }
            }
            match (allowed.is_empty(), refused) {
                (true, Some(refusal)) => {
                    let refusal =
                        Refusal(format!("{name} is not on the public internet: {refusal}"));
                    Err(refusal.into())
                }
                (true, None) => Err(io::Error::other(format!("{name} has no address")).into()),
                (false, _) => Ok(Box::new(allowed.into_iter()) as Addrs),
            }
        })
    }
}

//! Which addresses may be connected to: those of the public internet, and inside ones where the operator said so.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Where an address lies, by the registries of special-purpose addresses
/// (<https://www.iana.org/assignments/iana-ipv4-special-registry>, <https://www.iana.org/assignments/iana-ipv6-special-registry>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// On the public internet.
    Public,
    /// On this machine or in a network of the house; the words say which.
    Inside(&'static str),
    /// Where no source of records is: link-local (cloud metadata), multicast, documentation, reserved.
    Nowhere(&'static str),
}

use Reach::{Inside, Nowhere, Public};

impl Reach {
    /// Where an address lies. One that embeds an IPv4 address (mapped, 6to4, NAT64) lies where that one does.
    pub fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => of_v4(address),
            IpAddr::V6(address) => of_v6(address),
        }
    }

    /// Why it may not be connected to; `None` if it may.
    pub fn refusal(self, inside_allowed: bool) -> Option<&'static str> {
        match self {
            Public => None,
            Inside(_) if inside_allowed => None,
            Inside(kind) | Nowhere(kind) => Some(kind),
        }
    }
}

fn of_v4(address: Ipv4Addr) -> Reach {
    match address.octets() {
        [0, ..] => Nowhere("unspecified"),
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Inside("private"),
        [100, 64..=127, ..] => Inside("shared by a carrier (CGNAT)"),
        [127, ..] => Inside("loopback"),
        [169, 254, ..] => Nowhere("link-local"),
        [192, 0, 0, _] | [192, 88, 99, _] | [198, 18..=19, ..] => Nowhere("reserved"),
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => Nowhere("for documentation"),
        [224..=239, ..] => Nowhere("multicast"),
        [240..=255, ..] => Nowhere("reserved"),
        _ => Public,
    }
}

fn of_v6(address: Ipv6Addr) -> Reach {
    let embedded = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        of_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Nowhere("unspecified"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Inside("loopback"),
        // IPv4-mapped; NAT64 (RFC 6052), which networks without IPv4 need; 6to4 (RFC 3056).
        [0, 0, 0, 0, 0, 0xffff, high, low] => embedded(high, low),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        [0xfc00..=0xfdff, ..] => Inside("unique local"),
        [0xfe80..=0xfebf, ..] => Nowhere("link-local"),
        [0xff00..=0xffff, ..] => Nowhere("multicast"),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0x0fff, ..] => Nowhere("for documentation"),
        // Protocol assignments, Teredo among them.
        [0x2001, 0..=0x01ff, ..] => Nowhere("reserved"),
        // All that is handed out for the public internet.
        [0x2000..=0x3fff, ..] => Public,
        _ => Nowhere("reserved"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(text: &str) -> Reach {
        Reach::of(text.parse().unwrap())
    }

    #[test]
    fn addresses_of_the_internet_are_public() {
        for text in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.167.255.255",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700::1111",
            "2001:200::1",
            "2a00::1",
            "::ffff:1.1.1.1",
            "64:ff9b::1.1.1.1",
            "2002:101:101::1",
        ] {
            assert_eq!(reach(text), Public, "{text}");
        }
    }

    #[test]
    fn addresses_of_the_house_are_refused_unless_the_operator_allows_them() {
        for text in [
            "10.0.0.0",
            "10.255.255.255",
            "100.64.0.0",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.255",
            "172.16.0.0",
            "172.31.255.255",
            "192.168.0.0",
            "192.168.255.255",
            "::1",
            "fc00::",
            "fdff:ffff::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::192.168.0.1",
            "2002:7f00:1::1",
            "2002:a00:1::",
        ] {
            let reach = reach(text);
            assert!(reach.refusal(false).is_some(), "{text}");
            assert_eq!(reach.refusal(true), None, "{text}");
        }
    }

    #[test]
    fn other_special_addresses_are_always_refused() {
        for text in [
            "0.0.0.0",
            "0.1.2.3",
            "169.254.169.254",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::127.0.0.1",
            "::1.1.1.1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2001:10::1",
            "2001:1ff::1",
            "3fff::1",
            "3fff:fff::1",
            "64:ff9b:1::1.1.1.1",
            "64:ff9b::169.254.169.254",
            "::ffff:169.254.169.254",
            "2002:a9fe:a9fe::1",
            "100::1",
            "5f00::1",
            "1fff::1",
            "4000::1",
        ] {
            assert!(reach(text).refusal(true).is_some(), "{text}");
        }
    }
}

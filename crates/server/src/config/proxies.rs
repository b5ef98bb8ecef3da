//! Which peers may say whom they speak for (`X-Forwarded-For`): single addresses or CIDR ranges.

use std::net::IpAddr;
use std::str::FromStr;

/// The proxies that are believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies(Vec<Range>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    address: IpAddr,
    bits: u32,
}

impl Proxies {
    /// Reads `10.0.0.1`, `10.0.0.0/8`, `fd00::/8`; the first text that is none of these is the error.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Proxies, String> {
        texts.into_iter().map(str::parse).collect::<Result<_, _>>().map(Proxies)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn contains(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        self.0.iter().any(|range| range.contains(peer))
    }

    /// Whose request it is: the peer, or what trusted proxies say, read from the nearest one; the
    /// first address that is no trusted proxy counts, since whatever stands before it may be made up.
    pub fn client(&self, peer: IpAddr, forwarded_for: &str) -> IpAddr {
        let mut client = peer.to_canonical();
        for hop in forwarded_for.rsplit(',') {
            if !self.contains(client) {
                break;
            }
            match hop.trim().parse::<IpAddr>() {
                Ok(named) => client = named.to_canonical(),
                Err(_) => break,
            }
        }
        client
    }
}

impl FromStr for Range {
    type Err = String;

    fn from_str(text: &str) -> Result<Range, String> {
        let wrong = || format!("{text} is neither an address nor a range such as 10.0.0.0/8");
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u32>().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        if bits > most { Err(wrong()) } else { Ok(Range { address, bits }) }
    }
}

impl Range {
    fn contains(&self, peer: IpAddr) -> bool {
        let (ours, theirs, width) = match (self.address, peer) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => (ours.to_bits().into(), theirs.to_bits().into(), 32),
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => (ours.to_bits(), theirs.to_bits(), 128),
            _ => return false,
        };
        let differing: u128 = ours ^ theirs;
        self.bits == 0 || differing >> (width - self.bits) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded_for: &str) -> String {
        let proxies = Proxies::parse(["10.0.0.0/8", "::1"]).unwrap();
        proxies.client(peer.parse().unwrap(), forwarded_for).to_string()
    }

    #[test]
    fn a_stranger_is_not_believed_whatever_it_says() {
        assert_eq!(client("203.0.113.9", "198.51.100.1"), "203.0.113.9");
    }

    #[test]
    fn a_trusted_proxy_is_believed_and_what_the_client_put_before_is_not() {
        assert_eq!(client("10.1.2.3", "198.51.100.1"), "198.51.100.1");
        assert_eq!(client("10.1.2.3", "192.0.2.66, 198.51.100.1, 10.9.9.9"), "198.51.100.1");
        assert_eq!(client("::ffff:10.1.2.3", "198.51.100.1"), "198.51.100.1");
        assert_eq!(client("10.1.2.3", ""), "10.1.2.3");
        assert_eq!(client("10.1.2.3", "nonsense"), "10.1.2.3");
    }

    #[test]
    fn a_range_of_too_many_bits_or_a_name_is_refused() {
        assert!(Proxies::parse(["10.0.0.0/33"]).is_err());
        assert!(Proxies::parse(["proxy.example"]).is_err());
        assert!(Proxies::parse(["0.0.0.0/0"]).unwrap().contains("203.0.113.9".parse().unwrap()));
    }
}

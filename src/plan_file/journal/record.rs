//! The journal's records: length, CRC-32C, text. A record that is torn or damaged ends the journal.

use crc::{CRC_32_ISCSI, Crc};

/// CRC-32C, also known as CRC-32/ISCSI.
const CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISCSI);
const HEAD: usize = 8;

/// A text as a record; `None` where it is longer than 4 GB.
pub(super) fn framed(text: &str) -> Option<Vec<u8>> {
    let length = u32::try_from(text.len()).ok()?;
    let mut bytes = Vec::with_capacity(HEAD + text.len());
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&CRC.checksum(text.as_bytes()).to_le_bytes());
    bytes.extend_from_slice(text.as_bytes());
    Some(bytes)
}

/// The texts of the records up to the first that is torn or damaged.
pub(super) fn texts(bytes: &[u8]) -> impl Iterator<Item = &str> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (text, after) = first(rest)?;
        rest = after;
        Some(text)
    })
}

fn first(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (sum, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let (text, after) = rest.split_at_checked(length)?;
    // No record is empty, but zeros that a power cut left would look like one.
    let is_whole = length > 0 && CRC.checksum(text) == u32::from_le_bytes(*sum);
    is_whole.then(|| std::str::from_utf8(text).ok()).flatten().map(|text| (text, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal() -> Vec<u8> {
        ["first", "zweite →", "third"].iter().flat_map(|text| framed(text).unwrap()).collect()
    }

    #[test]
    fn a_torn_tail_ends_with_the_last_whole_record() {
        let bytes = journal();
        assert_eq!(texts(&bytes).collect::<Vec<_>>(), ["first", "zweite →", "third"]);
        for end in 0..bytes.len() {
            let whole = [13, 31].iter().filter(|border| **border <= end).count();
            assert_eq!(texts(&bytes[..end]).count(), whole, "cut at byte {end}");
        }
        let zeros = [journal(), vec![0; 100]].concat();
        assert_eq!(texts(&zeros).count(), 3);
    }

    #[test]
    fn one_changed_bit_anywhere_ends_the_journal_before_it() {
        for bit in 0..journal().len() * 8 {
            let mut bytes = journal();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let whole = [13, 31].iter().filter(|border| **border <= bit / 8).count();
            assert_eq!(texts(&bytes).count(), whole, "bit {bit}");
        }
    }

    #[test]
    fn the_sum_is_the_published_one() {
        assert_eq!(CRC.checksum(b"123456789"), 0xe306_9283);
    }
}

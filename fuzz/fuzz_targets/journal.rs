//! The reader of journals, once as bytes come and once with sums that are right, so that the text
//! behind them is reached: 0xff, which is in no text, stands between its records.
#![no_main]

use crc::{CRC_32_ISCSI, Crc};
use hybridscape::plan_file::{Replay, read, write};
use libfuzzer_sys::fuzz_target;

const CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISCSI);

fn framed(text: &[u8]) -> Vec<u8> {
    let length = u32::try_from(text.len()).expect("the input is small");
    [&length.to_le_bytes(), &CRC.checksum(text).to_le_bytes(), text].concat()
}

fn check(bytes: &[u8]) {
    let Some(found) = Replay::of(bytes) else { return };
    let written = write(&found.plan);
    if let Ok(plan) = read(&written) {
        assert_eq!(write(&plan), written);
    }
}

fuzz_target!(|bytes: &[u8]| {
    check(bytes);
    check(&bytes.split(|byte| *byte == 0xff).flat_map(framed).collect::<Vec<u8>>());
});

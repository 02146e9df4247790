//! Merging and comparing: three plans out of the input, and what must hold for all of them.
//!
//! The first byte says how to read the rest: `0` a made-up plan and what two people do to it, `1` a text
//! as base and what they do to it, anything else three texts. 0xff, which is in no text, stands between.
#![no_main]

mod deeds;
mod laws;

use hybridscape::generate;
use hybridscape::model::Plan;
use hybridscape::plan_file::read;
use hybridscape::share::from_markers;
use libfuzzer_sys::fuzz_target;

fn plan_of(bytes: &[u8]) -> Option<Plan> {
    let text = std::str::from_utf8(bytes).ok()?;
    if let Some(sides) = from_markers(text) {
        let _ = [Some(sides.ours), Some(sides.theirs), sides.base].into_iter().flatten().map(|text| read(&text));
    }
    read(text).ok()
}

/// Base, ours and theirs.
fn plans_of(bytes: &[u8]) -> Option<[Plan; 3]> {
    let (how, rest) = bytes.split_first()?;
    if !matches!(how, b'0' | b'1') {
        let mut texts = rest.splitn(3, |byte| *byte == 0xff);
        let mut next = || plan_of(texts.next().unwrap_or_default());
        return Some([next()?, next()?, next()?]);
    }
    let end = rest.iter().position(|byte| *byte == 0xff).unwrap_or(rest.len());
    let (base, done) = (&rest[..end], rest.get(end + 1..).unwrap_or_default());
    let base = if *how == b'0' {
        let number = |at: usize| base.get(at).copied().unwrap_or_default();
        generate::plan(usize::from(number(0) % 12), number(1).into())
    } else {
        plan_of(base)?
    };
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    for deed in done.chunks_exact(4) {
        let side = if deed[0] & 0x80 == 0 { &mut ours } else { &mut theirs };
        deeds::act(side, deed[0] & 0x7f, deed[1].into(), deed[2], deed[3]);
    }
    Some([base, ours, theirs])
}

fuzz_target!(|bytes: &[u8]| {
    if let Some([base, ours, theirs]) = plans_of(bytes) {
        laws::check(&base, &ours, &theirs);
        // Judging is slow; every eighth input will do.
        if bytes.len() % 8 == 0 {
            laws::check_difference(&ours, &theirs);
        }
    }
});

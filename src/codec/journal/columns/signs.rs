//! Numbers as text: five bits in a sign, the lowest first, as source maps have them. A sixth bit says that more follow, so nothing stands
//! between two numbers.

/// How many signs there are.
pub(super) const SIGNS: u8 = 64;
const MORE: u8 = 32;
const BITS: u32 = 5;

/// A text that is no such number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoNumber;

/// The sign of a value below [`SIGNS`].
pub(super) fn sign(value: u8) -> char {
    char::from(match value {
        0..=25 => b'A' + value,
        26..=51 => b'a' + (value - 26),
        52..=61 => b'0' + (value - 52),
        62 => b'+',
        _ => b'/',
    })
}

/// The value of a sign.
pub(super) fn value_of(sign: u8) -> Result<u8, NoNumber> {
    match sign {
        b'A'..=b'Z' => Ok(sign - b'A'),
        b'a'..=b'z' => Ok(sign - b'a' + 26),
        b'0'..=b'9' => Ok(sign - b'0' + 52),
        b'+' => Ok(62),
        b'/' => Ok(63),
        _ => Err(NoNumber),
    }
}

/// Writes a number.
pub(super) fn write(mut number: u128, out: &mut String) {
    loop {
        #[allow(clippy::cast_possible_truncation, reason = "five bits")]
        let low = (number & 31) as u8;
        number >>= BITS;
        if number == 0 {
            out.push(sign(low));
            return;
        }
        out.push(sign(low | MORE));
    }
}

/// Writes how far `number` is from the one before; both directions and all 128 bits are as good as any.
pub(super) fn write_step(before: u128, number: u128, out: &mut String) {
    let step = number.wrapping_sub(before).cast_signed();
    write(((step << 1) ^ (step >> 127)).cast_unsigned(), out);
}

/// The numbers of a text.
#[derive(Debug)]
pub(super) struct Numbers<'t>(std::slice::Iter<'t, u8>);

impl<'t> Numbers<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self(text.as_bytes().iter())
    }

    /// The number that is a step from the one before.
    pub(super) fn step(&mut self, before: u128) -> Option<Result<u128, NoNumber>> {
        let next = self.next()?;
        Some(next.map(|folded| before.wrapping_add((folded >> 1) ^ (folded & 1).wrapping_neg())))
    }
}

impl Iterator for Numbers<'_> {
    type Item = Result<u128, NoNumber>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut part = *self.0.next()?;
        let (mut number, mut shift) = (0_u128, 0);
        loop {
            let Ok(value) = value_of(part) else { return Some(Err(NoNumber)) };
            let low = u128::from(value % MORE);
            if shift >= u128::BITS || (low << shift) >> shift != low {
                return Some(Err(NoNumber));
            }
            number |= low << shift;
            shift += BITS;
            if value < MORE {
                return Some(Ok(number));
            }
            match self.0.next() {
                Some(next) => part = *next,
                None => return Some(Err(NoNumber)),
            }
        }
    }
}

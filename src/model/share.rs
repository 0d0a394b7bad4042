//! Shares and probabilities without floating point.

/// A share between 0 and 1, kept in basis points (1/10,000).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(u16);

impl Share {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The whole.
    pub const ONE: Self = Self(10_000);

    /// The share of this many basis points; `None` above 10,000.
    pub const fn from_basis_points(points: u16) -> Option<Self> {
        if points <= 10_000 { Some(Self(points)) } else { None }
    }

    /// The share of this many percent, at most 100.
    pub const fn percent(percent: u8) -> Self {
        Self(if percent >= 100 { 10_000 } else { percent as u16 * 100 })
    }

    /// The share in basis points.
    pub const fn basis_points(self) -> u16 {
        self.0
    }

    /// This share of another one, to the nearest basis point.
    ///
    /// ```
    /// use loudou::model::Share;
    /// assert_eq!(Share::percent(50).times(Share::percent(40)), Share::percent(20));
    /// ```
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let product = u32::from(self.0) * u32::from(other.0);
        Self::at_most_one((product + 5_000) / 10_000)
    }

    /// The share that [times](Self::times) itself gives this one, to the basis point below.
    ///
    /// ```
    /// use loudou::model::Share;
    /// assert_eq!(Share::percent(25).root(), Share::percent(50));
    /// ```
    #[must_use]
    pub fn root(self) -> Self {
        Self::at_most_one((u32::from(self.0) * 10_000).isqrt())
    }

    fn at_most_one(points: u32) -> Self {
        u16::try_from(points).ok().and_then(Self::from_basis_points).unwrap_or(Self::ONE)
    }

    /// The share as a number between 0 and 1.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 10_000.0
    }
}

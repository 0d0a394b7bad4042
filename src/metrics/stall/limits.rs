//! From when on a clock is to be watched, and from when on it is ill.

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Health {
    /// As it should be.
    Healthy,
    /// Worth watching.
    Watch,
    /// Something is wrong.
    Ill,
}

/// The counts beyond which a clock is to be watched and is ill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// To be watched beyond this.
    pub watch: u32,
    /// Ill beyond this.
    pub ill: u32,
}

impl Limits {
    /// Of days past the expected close: to be watched from the first day on, ill after a week. By then a weekly meeting has come by,
    /// and the date still says what nobody believes.
    pub const OVERDUE: Self = Self { watch: 0, ill: 7 };

    /// Of pushes: one may happen to everybody, the second is a habit.
    pub const PUSHES: Self = Self { watch: 0, ill: 1 };

    /// The shortest silence, in days, that is to be watched. Teams meet weekly: what is found sooner is acted upon no sooner.
    const LEAST_SILENCE: u32 = 7;
    /// The longest silence that is not yet to be watched. A month without a word is one, however slow the stage.
    const MOST_SILENCE: u32 = 30;

    /// Of days in a stage that its model expects to take `expected`: watched beyond them, ill beyond one and a half times them.
    ///
    /// ```
    /// use loudou::metrics::stall::{Health, Limits};
    /// let limits = Limits::of_model(10);
    /// assert_eq!([10, 15, 16].map(|days| limits.health(days)), [Health::Healthy, Health::Watch, Health::Ill]);
    /// ```
    pub const fn of_model(expected: u16) -> Self {
        let expected = expected as u32;
        Self { watch: expected, ill: expected * 3 / 2 }
    }

    /// Of days without contact in a stage that its model expects to take `expected`. A healthy stay has a contact at least halfway
    /// through, so half of the expected days are watched, but never fewer than 7 nor more than 30; twice that is ill: then a whole
    /// stay has gone by without a word.
    ///
    /// ```
    /// use loudou::metrics::stall::Limits;
    /// assert_eq!(Limits::of_silence(30), Limits { watch: 15, ill: 30 });
    /// assert_eq!(Limits::of_silence(3), Limits { watch: 7, ill: 14 });
    /// assert_eq!(Limits::of_silence(180), Limits { watch: 30, ill: 60 });
    /// ```
    pub const fn of_silence(expected: u16) -> Self {
        let half = expected as u32 / 2;
        let watch = match half {
            ..Self::LEAST_SILENCE => Self::LEAST_SILENCE,
            Self::LEAST_SILENCE..=Self::MOST_SILENCE => half,
            _ => Self::MOST_SILENCE,
        };
        Self { watch, ill: watch * 2 }
    }

    /// How a clock stands that shows `count`.
    pub const fn health(self, count: u32) -> Health {
        if count > self.ill {
            Health::Ill
        } else if count > self.watch {
            Health::Watch
        } else {
            Health::Healthy
        }
    }
}

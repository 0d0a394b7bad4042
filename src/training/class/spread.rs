//! How far a class is apart.

/// Five numbers of a list, and how many it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// How many numbers there are.
    pub count: usize,
    /// The least.
    pub least: f64,
    /// A quarter lies below.
    pub lower: f64,
    /// Half lies below.
    pub median: f64,
    /// Three quarters lie below.
    pub upper: f64,
    /// The greatest.
    pub greatest: f64,
}

impl Spread {
    /// The spread of numbers in any order; `None` without any. Quartiles between two numbers lie on the line between them
    /// (definition 7 of Hyndman and Fan, *Sample Quantiles in Statistical Packages*, 1996: what spreadsheets call `QUARTILE.INC`).
    ///
    /// ```
    /// use loudou::training::class::Spread;
    ///
    /// let spread = Spread::of([70.0, 10.0, 40.0, 60.0]).unwrap();
    /// assert_eq!((spread.least, spread.lower, spread.median, spread.upper, spread.greatest), (10.0, 32.5, 50.0, 62.5, 70.0));
    /// assert_eq!(Spread::of([]), None);
    /// ```
    pub fn of(numbers: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut sorted: Vec<f64> = numbers.into_iter().collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let (least, greatest) = (*sorted.first()?, *sorted.last()?);
        // In quarters of a step from one number to the next.
        let at = |quarters: usize| {
            let steps = (sorted.len() - 1) * quarters;
            let below = sorted.get(steps / 4)?;
            let above = sorted.get((steps / 4 + 1).min(sorted.len() - 1))?;
            let part = [0.0, 0.25, 0.5, 0.75].get(steps % 4)?;
            Some(below + (above - below) * part)
        };
        Some(Self { count: sorted.len(), least, lower: at(1)?, median: at(2)?, upper: at(3)?, greatest })
    }
}

//! The command line, read by hand: a few flags do not need a library.

use anyhow::{Context, Result, bail};

/// The words after `cargo xtask` that nobody has taken yet.
#[derive(Debug)]
pub(crate) struct Arguments(Vec<String>);

impl Arguments {
    /// Takes the words as they stand on the command line.
    pub(crate) fn new(words: impl IntoIterator<Item = String>) -> Self {
        Self(words.into_iter().collect())
    }

    /// Takes the first word, the command.
    pub(crate) fn command(&mut self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// Takes `--name`: true when it was there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let place = self.0.iter().position(|word| word == name);
        if let Some(place) = place {
            self.0.remove(place);
        }
        place.is_some()
    }

    /// Takes `--name VALUE` or `--name=VALUE`.
    ///
    /// # Errors
    /// When the name is there without a value.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<String>> {
        let joined = format!("{name}=");
        let Some(place) = self.0.iter().position(|word| word == name || word.starts_with(&joined)) else {
            return Ok(None);
        };
        let word = self.0.remove(place);
        if let Some(value) = word.strip_prefix(&joined) {
            return Ok(Some(value.to_owned()));
        }
        if place < self.0.len() {
            Ok(Some(self.0.remove(place)))
        } else {
            None.context(format!("{name} needs a value"))
        }
    }

    /// Says which words nobody took.
    ///
    /// # Errors
    /// When there are any.
    pub(crate) fn finish(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { bail!("not understood: {}", self.0.join(" ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    fn arguments(line: &str) -> Arguments {
        Arguments::new(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn takes_flags_and_values_in_any_order() {
        let mut words = arguments("serve --port 9000 --release --out=here");
        assert_eq!(words.command().as_deref(), Some("serve"));
        assert!(words.flag("--release"));
        assert!(!words.flag("--release"));
        assert_eq!(words.value("--out").unwrap().as_deref(), Some("here"));
        assert_eq!(words.value("--port").unwrap().as_deref(), Some("9000"));
        words.finish().unwrap();
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        assert!(arguments("--prot 9000").finish().is_err());
        assert!(arguments("--port").value("--port").is_err());
    }
}

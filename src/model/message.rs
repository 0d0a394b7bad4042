//! Messages with places to fill in, as campaigns keep them: `Dear {contact|Sir or Madam}`. What a place stands for is not known here.

/// A piece of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A text that stands as it is. A brace of the text itself is written twice and comes as a piece of one.
    Text(&'a str),
    /// A place to fill in.
    Place {
        /// Its name, trimmed.
        name: &'a str,
        /// What stands there while nothing is known.
        fallback: Option<&'a str>,
    },
    /// A closing brace without an opening one.
    LoneBrace,
    /// A brace that is not closed, with what stands behind it up to the end; that comes as pieces of its own too.
    Unclosed(&'a str),
}

/// The pieces of a message in order, each with how it is written: the writings together are the message.
///
/// ```
/// use loudou::model::message::{Piece, pieces};
/// let told: Vec<_> = pieces("Dear { contact|you}{{").collect();
/// let place = Piece::Place { name: "contact", fallback: Some("you") };
/// assert_eq!(told, [("Dear ", Piece::Text("Dear ")), ("{ contact|you}", place), ("{{", Piece::Text("{"))]);
/// ```
pub fn pieces(message: &str) -> impl Iterator<Item = (&str, Piece<'_>)> {
    let mut rest = message;
    std::iter::from_fn(move || {
        let (written, piece) = first(rest)?;
        rest = rest.get(written.len()..)?;
        Some((written, piece))
    })
}

fn first(text: &str) -> Option<(&str, Piece<'_>)> {
    let Some(at) = text.find(['{', '}']) else { return (!text.is_empty()).then_some((text, Piece::Text(text))) };
    if at > 0 {
        let before = text.get(..at)?;
        return Some((before, Piece::Text(before)));
    }
    // Braces are one byte long.
    let (brace, inside) = text.split_at_checked(1)?;
    if inside.starts_with(brace) {
        return Some((text.get(..2)?, Piece::Text(brace)));
    }
    if brace == "}" {
        return Some((brace, Piece::LoneBrace));
    }
    let Some((inside, _)) = inside.split_once('}').filter(|(inside, _)| !inside.contains('{')) else {
        return Some((brace, Piece::Unclosed(inside)));
    };
    let (name, fallback) = inside.split_once('|').map_or((inside, None), |(name, text)| (name, Some(text)));
    Some((text.get(..inside.len() + 2)?, Piece::Place { name: name.trim(), fallback }))
}

/// The message with every place of this name called otherwise, or replaced by what stands there while nothing is known; `None` when it
/// names none, or when the new name cannot be that of a place.
///
/// ```
/// use loudou::model::message::renamed;
/// let message = "{{ERP}} {ERP} and { ERP |none}";
/// assert_eq!(renamed(message, "ERP", Some("System")).as_deref(), Some("{{ERP}} {System} and {System|none}"));
/// assert_eq!(renamed(message, "ERP", None).as_deref(), Some("{{ERP}}  and none"));
/// assert_eq!(renamed(message, "CRM", None), None);
/// ```
pub fn renamed(message: &str, name: &str, to: Option<&str>) -> Option<String> {
    let is_meant = |piece: &Piece<'_>| matches!(piece, Piece::Place { name: known, .. } if *known == name.trim());
    if to.is_some_and(|to| to.contains(['{', '}', '|'])) || !pieces(message).any(|(_, piece)| is_meant(&piece)) {
        return None;
    }
    let piece = |(written, piece): (&str, Piece<'_>)| match (piece, to) {
        (Piece::Place { fallback: None, .. }, Some(to)) if is_meant(&piece) => ["{", to.trim(), "}"].concat(),
        (Piece::Place { fallback: Some(text), .. }, Some(to)) if is_meant(&piece) => {
            ["{", to.trim(), "|", text, "}"].concat()
        }
        (Piece::Place { fallback, .. }, None) if is_meant(&piece) => fallback.unwrap_or_default().to_owned(),
        _ => written.to_owned(),
    };
    Some(pieces(message).map(piece).collect())
}

//! Commands that keep the fields of the user's own.

use super::{Draft, mentions::Mention, named};
use crate::model::{CustomField, CustomFieldOf, CustomKind, Profile, Rejection, rejection::RecordKind};

impl Draft {
    pub(super) fn put_custom_field(&mut self, was: Option<&str>, field: CustomField) -> Result<(), Rejection> {
        let mut profile = Profile::clone(&self.next.profile);
        let known = |name: &str| profile.custom_fields.iter().position(|f| f.of == field.of && f.name == name);
        let place = match was {
            Some(was) => Some(known(was).ok_or(Rejection::Unknown(RecordKind::CustomField))?),
            None => None,
        };
        let renamed = was.filter(|was| *was != field.name).map(str::to_owned);
        let (of, name) = (field.of, field.name.clone());
        match place.and_then(|place| profile.custom_fields.get_mut(place)) {
            Some(old) => *old = field,
            None => profile.custom_fields.push(field),
        }
        check_fields(&profile)?;
        self.next.profile = profile.into();
        if let Some(was) = renamed {
            self.rewrite_mentions(Mention { of, was: &was, now: Some(&name) });
        }
        Ok(())
    }

    pub(super) fn remove_custom_field(&mut self, of: CustomFieldOf, name: &str) -> Result<(), Rejection> {
        let mut profile = Profile::clone(&self.next.profile);
        let before = profile.custom_fields.len();
        profile.custom_fields.retain(|field| field.of != of || field.name != name);
        if profile.custom_fields.len() == before {
            return Err(Rejection::Unknown(RecordKind::CustomField));
        }
        self.next.profile = profile.into();
        self.rewrite_mentions(Mention { of, was: name, now: None });
        Ok(())
    }
}

/// Whether the user's own fields have names, each its own, and choices something to choose from.
pub(super) fn check_fields(profile: &Profile) -> Result<(), Rejection> {
    for (place, field) in profile.custom_fields.iter().enumerate() {
        named(&field.name, RecordKind::CustomField)?;
        let earlier = profile.custom_fields.iter().take(place);
        if earlier.into_iter().any(|other| other.of == field.of && other.name == field.name) {
            return Err(Rejection::Exists(RecordKind::CustomField));
        }
        if let CustomKind::Choice { options } = &field.kind {
            let twice = |(place, option): (usize, &String)| options.iter().take(place).any(|other| other == option);
            if options.is_empty()
                || options.iter().any(|o| o.trim().is_empty())
                || options.iter().enumerate().any(twice)
            {
                return Err(Rejection::NoOptions);
            }
        }
    }
    Ok(())
}

//! Opaque identifiers. Text form: the 26 characters of a ULID.

use std::{fmt, str::FromStr};

use ulid::{ULID_LEN, Ulid};

/// A text that is not an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of 26 characters")]
pub struct InvalidId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Ulid);

        impl $name {
            /// The identifier with this value.
            pub const fn new(value: Ulid) -> Self {
                Self(value)
            }

            /// The value behind the identifier.
            pub const fn value(self) -> Ulid {
                self.0
            }
        }

        impl From<u128> for $name {
            fn from(value: u128) -> Self {
                Self(Ulid(value))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                match Ulid::from_string(text) {
                    // A ULID has 128 bits in 26 × 5: a text that overflows them would not read back the same.
                    Ok(value) if value.array_to_str(&mut [0; ULID_LEN]).eq_ignore_ascii_case(text) => Ok(Self(value)),
                    _ => Err(InvalidId),
                }
            }
        }
    )*};
}

ids! {
    /// Identifies a [`Workspace`](super::Workspace).
    WorkspaceId;
    /// Identifies a [`FunnelModel`](super::FunnelModel).
    ModelId;
    /// Identifies a [`Stage`](super::Stage), unique over all models of a workspace.
    StageId;
    /// Identifies a [`Criterion`](super::Criterion) of a stage.
    CriterionId;
    /// Identifies a [`Customer`](super::Customer).
    CustomerId;
    /// Identifies a [`Contact`](super::Contact) of a customer.
    ContactId;
    /// Identifies a [`Person`](super::Person) of the sales team.
    PersonId;
    /// Identifies a [`Department`](super::Department).
    DepartmentId;
    /// Identifies a [`Product`](super::Product).
    ProductId;
    /// Identifies a [`Deal`](super::Deal).
    DealId;
    /// Identifies an [`Event`](super::Event) of a deal's history.
    EventId;
    /// Identifies an [`Activity`](super::Activity).
    ActivityId;
    /// Identifies a [`Target`](super::Target).
    TargetId;
    /// Identifies a [`Campaign`](super::Campaign).
    CampaignId;
    /// Identifies a [`Quota`](super::Quota).
    QuotaId;
    /// Identifies a [`Promise`](super::Promise).
    PromiseId;
    /// Identifies a [`Handover`](super::Handover).
    HandoverId;
    /// Identifies an [`Intervention`](super::Intervention).
    InterventionId;
    /// Identifies a [`Problem`](super::Problem).
    ProblemId;
    /// Identifies a [`Scheme`](super::Scheme).
    SchemeId;
    /// Identifies a pack of tasks that a trainer gives out.
    PackId;
    /// Identifies a state of a workspace that was handed out as a document; the ULID says when.
    ExportId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_reads_back() {
        let id = DealId::from(0x0190_0000_0000_0000_0000_0000_0000_0042);
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn refuses_what_is_no_ulid() {
        for text in ["", "x", "01ARZ3NDEKTSV4RRFFQ69G5FA", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "01ARZ3NDEKTSV4RRFFQ69G5FAé"]
        {
            assert_eq!(text.parse::<DealId>(), Err(InvalidId), "{text}");
        }
    }
}

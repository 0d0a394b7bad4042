//! Rules of quotas.

use super::*;

fn quota(id: u128, of: QuotaOf) -> Quota {
    Quota {
        id: id.into(),
        of,
        from: day(1),
        span: QuotaSpan::Quarter,
        amount: Money::from_minor(500).unwrap(),
        locked: false,
    }
}

#[test]
fn a_quota_is_for_somebody_there_and_whole_months() {
    let of_seller = QuotaOf::Person { person: PERSON.into() };
    let put = |quota: Quota| refused(&workspace(), Command::PutQuota(quota));
    let stranger = QuotaOf::Person { person: 99.into() };
    assert_eq!(put(quota(1, stranger)), Rejection::Unknown(RecordKind::Person));
    let nowhere = QuotaOf::Department { department: 99.into() };
    assert_eq!(put(quota(1, nowhere)), Rejection::Unknown(RecordKind::Department));
    assert_eq!(put(Quota { from: day(2), ..quota(1, of_seller) }), Rejection::MidMonth);
    let below = Money::from_minor(-1).unwrap();
    assert_eq!(put(Quota { amount: below, ..quota(1, of_seller) }), Rejection::BelowZero);
}

#[test]
fn the_same_people_have_one_quota_for_the_same_months() {
    let of_seller = QuotaOf::Person { person: PERSON.into() };
    let start = done(&workspace(), Command::PutQuota(quota(1, of_seller)), 2);
    assert_eq!(refused(&start, Command::PutQuota(quota(2, of_seller))), Rejection::Exists(RecordKind::Quota));
    let year = Quota { span: QuotaSpan::Year, ..quota(2, of_seller) };
    let start = done(&start, Command::PutQuota(year), 2);
    let more = Quota { amount: Money::from_minor(900).unwrap(), ..quota(1, of_seller) };
    let start = done(&start, Command::PutQuota(more), 3);
    assert_eq!(start.quotas.get(1.into()).map(|quota| quota.amount.minor()), Some(900));
    // What two tabs wrote at the same time is read again.
    let twice = Batch { quotas: vec![quota(7, of_seller)], ..Batch::default() };
    assert_eq!(done(&start, Command::Import(Box::new(twice)), 3).quotas.len(), 3);
    let gone = done(&start, Command::RemoveQuota(2.into()), 3);
    assert_eq!(refused(&gone, Command::RemoveQuota(2.into())), Rejection::Unknown(RecordKind::Quota));
    // Whoever has a quota stays, and so do the digits of its currency.
    let alone = done(&workspace(), Command::PutPerson(person(50)), 2);
    let asked = done(&alone, Command::PutQuota(quota(3, QuotaOf::Person { person: 50.into() })), 2);
    let in_use = Rejection::InUse { kind: RecordKind::Person, by: 1 };
    assert_eq!(refused(&asked, Command::RemovePerson(50.into())), in_use);
}

#[test]
fn a_locked_quota_only_is_unlocked() {
    let locked = Quota { locked: true, ..quota(1, QuotaOf::Company {}) };
    let start = done(&workspace(), Command::PutQuota(locked), 2);
    let more = Money::from_minor(900).unwrap();
    let no = |quota: Quota| assert_eq!(refused(&start, Command::PutQuota(quota)), Rejection::Locked);
    no(Quota { amount: more, ..locked });
    no(Quota { amount: more, locked: false, ..locked });
    no(Quota { span: QuotaSpan::Year, ..locked });
    no(Quota { of: QuotaOf::Person { person: PERSON.into() }, ..locked });
    no(Quota { from: Date::from_ymd_opt(2026, 4, 1).unwrap(), ..locked });
    assert_eq!(refused(&start, Command::RemoveQuota(1.into())), Rejection::Locked);
    assert_eq!(start.quotas.get(1.into()).map(|quota| quota.amount), Some(locked.amount));
    let open = done(&start, Command::PutQuota(Quota { locked: false, ..locked }), 3);
    let open = done(&open, Command::PutQuota(Quota { amount: more, locked: true, ..locked }), 3);
    assert_eq!(open.quotas.get(1.into()).map(|quota| (quota.amount, quota.locked)), Some((more, true)));
    // Files go past the lock.
    let batch = Batch { quotas: vec![quota(1, QuotaOf::Company {})], ..Batch::default() };
    assert_eq!(
        done(&open, Command::Import(Box::new(batch)), 3),
        done(&workspace(), Command::PutQuota(quota(1, QuotaOf::Company {})), 3)
    );
}

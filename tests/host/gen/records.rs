//! Random values and records.

use chrono::Datelike as _;
use loudou::model::{
    Activity, ActivityKind, AfterSale, Attribute, Campaign, Contact, Cover, Criterion, Currency, Customer, CustomerId,
    Date, Deal, DealDetails, DealId, Department, Event, EventId, EventKind, FunnelModel, Gate, Level, LostReason,
    Missing, Money, NewDeal, NextAction, Person, PersonId, Playbook, Product, ProductLine, Profile, Quota, QuotaOf,
    QuotaSpan, Revision, SavedView, Segment, Share, Stage, StageId, StageMove, Stalling, Target, Touch, Wanted, Wish,
    Zone,
};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::{
    Mood, first_day, moment,
    own::{custom, custom_field, field_name, message, required_field, view_query},
};

pub(super) fn id(mood: Mood) -> impl Strategy<Value = u128> {
    let pool = if mood == Mood::Wild { 9_u128 } else { 3 };
    prop_oneof![20 => 1..=pool, 1 => Just(u128::MAX)]
}

pub(super) fn deal_id(mood: Mood) -> impl Strategy<Value = DealId> {
    let pool = if mood == Mood::Wild { 9_u128 } else { 5 };
    (1..=pool).prop_map(DealId::from)
}

/// Model `n` has the stages `10 n + 1` and on, each with the criterion of the same number.
pub(super) fn stage_id(mood: Mood) -> impl Strategy<Value = StageId> {
    (id(mood), 1_u128..6).prop_map(|(model, stage)| StageId::from(model.wrapping_mul(10).wrapping_add(stage)))
}

/// Where the deals of a stage go with a revision; tame ones keep to one model.
pub(super) fn stage_move(mood: Mood) -> impl Strategy<Value = StageMove> {
    (stage_id(mood), stage_id(mood), option::weighted(0.3, stage_id(mood))).prop_map(move |(from, to, only_with)| {
        let (from, to) = (from.value().0, to.value().0);
        let to = if mood == Mood::Tame { (from / 10 * 10).wrapping_add(to % 10) } else { to };
        StageMove { from: from.into(), to: to.into(), only_with: only_with.map(|id| id.value().0.into()) }
    })
}

/// Letters of both languages, quotes, controls, emoji, nothing.
pub(super) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z]{0,6}",
        2 => "[漏斗客户销售]{1,4}",
        1 => Just("其他".to_owned()),
        1 => any::<String>(),
        1 => Just("\"\\\u{0}\n\u{2028}😀 ".to_owned()),
    ]
}

pub(super) fn name(mood: Mood) -> BoxedStrategy<String> {
    match mood {
        Mood::Tame => "[A-Z][a-z]{0,5}|[漏斗客户]{1,3}".boxed(),
        Mood::Wild => text().boxed(),
    }
}

pub(super) fn money() -> impl Strategy<Value = Money> {
    let max = Money::MAX.minor();
    prop_oneof![4 => -1_000_i64..1_000_000, 1 => -max..=max].prop_map(|minor| Money::from_minor(minor).unwrap())
}

pub(super) fn share() -> impl Strategy<Value = Share> {
    (0_u16..=10_000).prop_map(|points| Share::from_basis_points(points).unwrap())
}

pub(super) fn date() -> impl Strategy<Value = Date> {
    let near = (-400_i64..900).prop_map(|days| first_day() + chrono::TimeDelta::days(days));
    prop_oneof![20 => near, 1 => select(vec![Date::MIN, Date::MAX, Date::default()])]
}

pub(super) fn level() -> impl Strategy<Value = Option<Level>> {
    option::of(select(vec![Level::Low, Level::Medium, Level::High]))
}

pub(super) fn target(mood: Mood) -> impl Strategy<Value = Target> {
    let attribute = prop_oneof![
        8 => select(Attribute::COMMON.to_vec()),
        1 => field_name().prop_map(|field| Attribute::Custom { field }),
    ];
    let wanted = prop_oneof![
        vec(text(), 0..3).prop_map(|words| Wanted::AnyOf { words }),
        vec(text(), 0..3).prop_map(|words| Wanted::Contains { words }),
        select(vec![Level::Low, Level::Medium, Level::High]).prop_map(|level| Wanted::AtLeast { level }),
        (option::of(any::<u32>()), option::of(0_u32..500)).prop_map(|(from, to)| Wanted::Between { from, to }),
        Just(Wanted::Known {}),
    ];
    let weight = u8::from(mood == Mood::Tame)..5;
    let wish = (attribute, wanted, weight).prop_map(|(attribute, wanted, weight)| Wish { attribute, wanted, weight });
    (id(mood), name(mood), vec(wish, 0..4), share()).prop_map(|(id, name, wishes, line)| Target {
        id: id.into(),
        name,
        wishes,
        line,
    })
}

/// Tame ones begin with a month; wild ones on any day, and may be below 0.
pub(super) fn quota(mood: Mood) -> impl Strategy<Value = Quota> {
    let of = prop_oneof![
        1 => Just(QuotaOf::Company {}),
        1 => id(mood).prop_map(|id| QuotaOf::Department { department: id.into() }),
        2 => id(mood).prop_map(|id| QuotaOf::Person { person: id.into() }),
    ];
    let what = (money(), any::<bool>());
    (id(mood), of, date(), select(QuotaSpan::ALL.to_vec()), what).prop_map(move |(id, of, from, span, what)| {
        let (amount, locked) = what;
        let tame = mood == Mood::Tame;
        let from = if tame { from.with_day(1).unwrap() } else { from };
        let amount = if tame { Money::from_minor(amount.minor().abs()).unwrap() } else { amount };
        Quota { id: id.into(), of, from, span, amount, locked }
    })
}

pub(super) fn campaign(mood: Mood) -> impl Strategy<Value = Campaign> {
    let contact = option::weighted(0.2, id(mood));
    let touch = (id(mood), contact, date()).prop_map(|(customer, contact, on)| Touch {
        customer: customer.into(),
        contact: contact.map(Into::into),
        on,
    });
    let days = (option::of(date()), option::weighted(if mood == Mood::Wild { 0.5 } else { 0.05 }, date()));
    let references = (option::weighted(0.3, id(mood)), option::of(money()));
    (id(mood), name(mood), days, references, (text(), message(), text()), vec(touch, 0..3)).prop_map(
        |(id, name, (starts, ends), (audience, cost), (channel, message, notes), touches)| Campaign {
            id: id.into(),
            name,
            channel,
            starts,
            ends,
            cost,
            audience: audience.map(Into::into),
            message,
            notes,
            touches,
        },
    )
}

/// A profile; tame ones keep to two currencies of two digits.
pub(super) fn profile(mood: Mood) -> impl Strategy<Value = Profile> {
    let codes = if mood == Mood::Wild { vec!["CNY", "JPY", "KWD", "CLF"] } else { vec!["CNY", "USD"] };
    let currency = select(codes).prop_map(|code| code.parse::<Currency>().unwrap());
    let reason = (name(mood), any::<bool>()).prop_map(|(name, needs_note)| LostReason { name, needs_note });
    let months = if mood == Mood::Wild { 0_u8..=14 } else { 1..=12 };
    let view = (name(mood), select(vec!["deals", "board"]), view_query()).prop_map(|(name, page, query)| SavedView {
        name,
        page: page.to_owned(),
        query,
    });
    let stalling = select(vec![Stalling::Model, Stalling::Won]);
    let kept = (vec(custom_field(), 0..3), vec(view, 0..2), stalling);
    (name(mood), currency, months, vec(text(), 0..3), vec(reason, 0..3), kept).prop_map(
        |(name, currency, fiscal_year_start, sources, lost_reasons, (custom_fields, views, stalling))| Profile {
            name,
            currency,
            fiscal_year_start,
            sources,
            lost_reasons,
            custom_fields,
            views,
            stalling,
        },
    )
}

fn playbook() -> impl Strategy<Value = Playbook> {
    let advice = (text(), text(), vec(text(), 0..2), vec(text(), 0..2), vec(text(), 0..2), vec((text(), text()), 0..2));
    advice.prop_map(|(goal, strategy, questions, phrases, material, objections)| Playbook {
        goal,
        strategy,
        questions,
        phrases,
        material,
        objections,
    })
}

/// What follows after the win; tame ones have a name and a day between visits.
pub(crate) fn after_sale(mood: Mood) -> impl Strategy<Value = AfterSale> {
    let days = if mood == Mood::Wild { 0_u16..400 } else { 1..400 };
    (name(mood), days, vec(text(), 0..2), playbook()).prop_map(|(name, return_visit_days, tasks, playbook)| AfterSale {
        name,
        return_visit_days,
        tasks,
        playbook,
    })
}

pub(super) fn stage(mood: Mood, stage: u128) -> impl Strategy<Value = Stage> {
    let zone = option::of(select(vec![Zone::Upper, Zone::Middle, Zone::Lower]));
    let criteria =
        (name(mood), any::<bool>()).prop_map(move |(text, required)| Criterion { id: stage.into(), text, required });
    let days = if mood == Mood::Wild { 0_u16..400 } else { 1..400 };
    // Tame stages have names of their own, and somebody goes on past them.
    let own = if mood == Mood::Wild { String::new() } else { format!(" {stage}") };
    let least = if mood == Mood::Wild { Share::ZERO } else { Share::percent(1) };
    let shares = (share(), share(), option::of(share()));
    (name(mood), zone, shares, days, vec(criteria, 0..2), vec(text(), 0..2), vec(required_field(), 0..2), playbook())
        .prop_map(
            move |(
                name,
                zone,
                (probability, promotion_rate, weight),
                expected_days,
                criteria,
                tasks,
                fields,
                playbook,
            )| {
                Stage {
                    id: stage.into(),
                    name: [name, own.clone()].concat(),
                    zone,
                    probability,
                    promotion_rate: promotion_rate.max(least),
                    expected_days,
                    weight,
                    criteria,
                    tasks,
                    required_fields: fields,
                    playbook,
                }
            },
        )
}

/// A model; stages of tame ones keep to the numbers of their model.
pub(super) fn model(mood: Mood) -> BoxedStrategy<FunnelModel> {
    id(mood)
        .prop_flat_map(move |model| {
            let first = model.wrapping_mul(10).wrapping_add(1);
            let stages = (3_u128..6).prop_flat_map(move |count| {
                (0..count).map(|n| stage(mood, first.wrapping_add(n)).boxed()).collect::<Vec<_>>()
            });
            // Earlier forms of tame ones were replaced before anything else happened.
            let until = date().prop_map(move |date| if mood == Mood::Tame { date.min(first_day()) } else { date });
            let segment = || (name(mood), text(), text()).prop_map(|(name, who, action)| Segment { name, who, action });
            let cover = (name(mood), text(), vec(segment(), 0..2)).prop_map(|(name, description, segments)| Cover {
                name,
                description,
                segments,
            });
            let revision = (until, option::of(cover), stage(mood, first), option::of(after_sale(mood))).prop_map(
                |(until, cover, stage, after_sale)| Revision { until, cover, stages: vec![stage], after_sale },
            );
            let after_sale = option::of(after_sale(mood));
            (Just(model), name(mood), text(), stages, after_sale, (vec(segment(), 0..2), vec(revision, 0..2)))
        })
        .prop_map(|(model, name, description, stages, after_sale, (segments, revisions))| FunnelModel {
            id: model.into(),
            name,
            description,
            stages,
            after_sale,
            segments,
            revisions,
            retired: Vec::new(),
        })
        .boxed()
}

pub(super) fn department(mood: Mood) -> impl Strategy<Value = Department> {
    (id(mood), name(mood), option::of(id(mood)), text()).prop_map(|(id, name, parent, manager)| Department {
        id: id.into(),
        name,
        parent: parent.map(Into::into),
        manager,
    })
}

pub(super) fn person(mood: Mood) -> impl Strategy<Value = Person> {
    (id(mood), name(mood), option::of(id(mood)), text(), option::of(any::<u16>()), any::<bool>()).prop_map(
        |(id, name, department, territory, capacity, active)| Person {
            id: id.into(),
            name,
            department: department.map(Into::into),
            territory,
            capacity,
            active,
        },
    )
}

pub(super) fn product(mood: Mood) -> impl Strategy<Value = Product> {
    (id(mood), name(mood), text(), option::of(money()), any::<bool>())
        .prop_map(|(id, name, series, price, active)| Product { id: id.into(), name, series, price, active })
}

/// A customer with up to two contacts.
pub(super) fn customer(mood: Mood) -> impl Strategy<Value = Customer> {
    let contact = (id(mood), name(mood), [text(), text(), text(), text()]).prop_map(
        |(id, name, [job_title, phone, email, role])| Contact { id: id.into(), name, job_title, phone, email, role },
    );
    let words = [text(), text(), text(), text(), text(), text(), text(), text(), text(), text()];
    let links = (option::of(id(mood)), option::of(id(mood)), option::of(date()));
    let distinct = vec(id(mood), 0..2);
    let rest = (vec(contact, 0..3), vec(text(), 0..2), custom(), distinct);
    ((id(mood), name(mood)), words, [level(), level(), level(), level()], links, rest).prop_map(
        |((id, name), words, levels, (referred_by, owner, review_on), (contacts, tags, custom, distinct))| {
            let [short_name, address, territory, industry, size, standing, source, software_in_use, needs, notes] =
                words;
            let [buying_power, intent, fit, priority] = levels;
            Customer {
                short_name,
                address,
                territory,
                industry,
                size,
                standing,
                buying_power,
                source,
                referred_by: referred_by.map(CustomerId::from),
                software_in_use,
                needs,
                intent,
                fit,
                priority,
                review_on,
                owner: owner.map(PersonId::from),
                contacts,
                tags,
                notes,
                custom,
                not_same_as: distinct.into_iter().map(CustomerId::from).collect(),
                ..Customer::named(id.into(), name)
            }
        },
    )
}

pub(super) fn details(mood: Mood) -> impl Strategy<Value = DealDetails> {
    let line = (id(mood), u32::from(mood == Mood::Tame)..9, option::of(money()))
        .prop_map(|(product, units, price)| ProductLine { product: product.into(), units, price });
    let action = (name(mood), option::of(id(mood)), option::of(date())).prop_map(|(what, owner, due)| NextAction {
        what,
        owner: owner.map(Into::into),
        due,
    });
    let contact = option::weighted(if mood == Mood::Wild { 0.5 } else { 0.1 }, id(mood));
    let campaign = option::weighted(0.2, id(mood));
    let follows = option::weighted(0.2, deal_id(mood));
    let names =
        (option::of(id(mood)), contact, vec(id(mood), 0..2), vec(line, 0..2), option::of(action), campaign, follows);
    let words = [text(), text(), text(), text()];
    (name(mood), names, words, vec(text(), 0..2), level(), vec(text(), 0..2), custom()).prop_map(
        |(title, named, texts, competitors, fit, tags, custom)| {
            let (customer, contact, supporters, lines, next_action, campaign, follows) = named;
            let [obstacles, source, reference, notes] = texts;
            DealDetails {
                title,
                customer: customer.map(Into::into),
                contact: contact.map(Into::into),
                supporters: supporters.into_iter().map(Into::into).collect(),
                lines,
                competitors,
                obstacles,
                next_action,
                fit,
                source,
                campaign: campaign.map(Into::into),
                follows,
                reference,
                tags,
                notes,
                custom,
            }
        },
    )
}

pub(super) fn new_deal(mood: Mood) -> impl Strategy<Value = NewDeal> {
    let start = id(mood).prop_flat_map(move |model| (Just(model), 1_u128..4));
    (deal_id(mood), details(mood), start, option::of(id(mood)), option::of(money()), option::of(date())).prop_map(
        |(id, details, (model, stage), owner, amount, expected_close)| NewDeal {
            id,
            details,
            model: model.into(),
            stage: StageId::from(model.wrapping_mul(10).wrapping_add(stage)),
            owner: owner.map(Into::into),
            amount,
            expected_close,
        },
    )
}

pub(super) fn gate() -> impl Strategy<Value = Gate> {
    let missing =
        prop_oneof![required_field().prop_map(Missing::Field), (1_u128..60).prop_map(|c| Missing::Criterion(c.into()))];
    prop_oneof![
        Just(Gate::Met),
        Just(Gate::Unchecked),
        (text(), vec(missing, 0..3)).prop_map(|(reason, missing)| Gate::Overridden { reason, missing }),
    ]
}

pub(super) fn event_kind(mood: Mood) -> impl Strategy<Value = EventKind> {
    prop_oneof![
        3 => (stage_id(mood), gate()).prop_map(|(stage, gate)| EventKind::Entered { stage, gate }),
        1 => stage_id(mood).prop_map(|stage| EventKind::Restaged { stage }),
        1 => (id(mood), stage_id(mood)).prop_map(|(model, stage)| EventKind::Transferred { model: model.into(), stage }),
        1 => (id(mood), text())
            .prop_map(|(criterion, proof)| EventKind::EvidenceTicked { criterion: criterion.into(), proof }),
        1 => id(mood).prop_map(|criterion| EventKind::EvidenceUnticked { criterion: criterion.into() }),
        1 => option::of(money()).prop_map(|to| EventKind::AmountChanged { to }),
        1 => option::of(date()).prop_map(|to| EventKind::ExpectedCloseChanged { to }),
        1 => option::of(id(mood)).prop_map(|to| EventKind::OwnerChanged { to: to.map(Into::into) }),
        1 => option::of(share()).prop_map(|to| EventKind::ProbabilityChanged { to }),
        1 => gate().prop_map(|gate| EventKind::Won { gate }),
        1 => (text(), text()).prop_map(|(reason, note)| EventKind::Lost { reason, note }),
        1 => option::of(date()).prop_map(|wake| EventKind::Dormant { wake }),
        1 => stage_id(mood).prop_map(|stage| EventKind::Reopened { stage }),
    ]
}

/// A deal as an import would bring it: of the events drawn, those that can follow one another.
pub(super) fn deal(mood: Mood) -> impl Strategy<Value = Deal> {
    let events = vec((0_i64..9, event_kind(mood), option::of(id(mood))), 0..8);
    (new_deal(mood), option::of(date()), option::of(share()), events, any::<u64>()).prop_map(
        |(new, on, probability, events, seed)| {
            let NewDeal { id, details, model, stage, owner, amount, expected_close } = new;
            let mut ids = (u128::from(seed) << 32..).map(EventId::from);
            let mut event = |on, by: Option<u128>, kind| Event {
                id: ids.next().unwrap(),
                on,
                at: moment(),
                by: by.map(Into::into),
                kind,
            };
            let created = EventKind::Created { model, stage, owner, amount, expected_close, probability };
            let mut deal = Deal::from_history(id, details, vec![event(on, None, created)]).unwrap();
            let mut day = on.unwrap_or(first_day());
            for (days, kind, by) in events {
                day = day.checked_add_signed(chrono::TimeDelta::days(days)).unwrap_or(day);
                // An event that cannot follow leaves the deal as it was, which is all that is wanted here.
                let _refused = deal.record(event(Some(day), by, kind));
            }
            deal
        },
    )
}

pub(super) fn activity(mood: Mood) -> impl Strategy<Value = Activity> {
    let kinds = vec![
        ActivityKind::Visit,
        ActivityKind::Call,
        ActivityKind::Demo,
        ActivityKind::Email,
        ActivityKind::Sms,
        ActivityKind::Meeting,
        ActivityKind::ReturnVisit,
        ActivityKind::ServiceRequest,
        ActivityKind::Note,
    ];
    let satisfaction = option::of(if mood == Mood::Wild { 0_u8..8 } else { 1..6 });
    let links = (option::of(id(mood)), option::of(id(mood)), option::of(deal_id(mood)));
    let figures = (satisfaction, option::of(any::<u32>()), option::of(money()));
    (id(mood), date(), select(kinds), links, [text(), text(), text()], figures).prop_map(
        |(id, on, kind, (by, customer, deal), [note, result, next_step], (satisfaction, minutes, cost))| Activity {
            id: id.into(),
            on,
            kind,
            by: by.map(Into::into),
            customer: customer.map(Into::into),
            deal,
            note,
            result,
            next_step,
            satisfaction,
            minutes,
            cost,
        },
    )
}

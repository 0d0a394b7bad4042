//! The content that ships and the demo company made from it.
#![allow(clippy::unwrap_used, reason = "a test that meets nothing where something belongs has failed")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Weekday};
use loudou::{
    codec::{
        content::{self, IdSource, Language},
        merge_text::Template,
    },
    metrics::{Phase, Screening, Whom, campaigns, recipients},
    model::{
        Batch, Campaign, Command, Date, Deal, EventKind, Gate, ModelId, Record, StageId, Stamp, Status, Table,
        Workspace, apply,
    },
    training::demo::{SEED, company},
};
use ulid::Ulid;

const LANGUAGES: [Language; 2] = [Language::Chinese, Language::English];

fn today() -> Date {
    Date::from_ymd_opt(2026, 11, 23).unwrap()
}

fn demo(language: Language) -> Workspace {
    company(language, today(), SEED)
}

fn records<V: Record>(table: &Table<V>) -> Vec<V> {
    table.iter().map(|record| (**record).clone()).collect()
}

fn is_workday(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

#[test]
fn seventeen_models_ship_with_consistent_figures() {
    for language in LANGUAGES {
        let gallery = content::gallery(language);
        assert_eq!(gallery.len(), 17);
        assert_eq!(gallery.iter().map(|t| t.slug).collect::<BTreeSet<_>>().len(), 17);
        for template in &gallery {
            let stages = &template.stages;
            assert!(!template.name.is_empty() && !template.story.is_empty());
            assert!(stages.windows(2).all(|pair| pair[0].probability <= pair[1].probability), "{}", template.slug);
            for (place, stage) in stages.iter().enumerate() {
                let product: f64 = stages[place..].iter().map(|s| s.promotion_rate.as_f64()).product();
                let probability = stage.probability.as_f64();
                let near = (product - probability).abs() <= (0.05 * probability).max(0.005);
                assert!(near, "{} {}: {product} against {probability}", template.slug, stage.name);
                assert!(stage.expected_days > 0);
            }
        }
    }
}

#[test]
fn the_gallery_differs_by_language_in_words_only() {
    let [chinese, english] = LANGUAGES.map(content::gallery);
    for (zh, en) in chinese.iter().zip(&english) {
        assert_eq!((zh.slug, zh.stages.len()), (en.slug, en.stages.len()));
        assert!(zh.name.chars().any(is_chinese) && !en.name.chars().any(is_chinese));
        assert!(zh.story.chars().any(is_chinese) && !en.story.chars().any(is_chinese));
        let after = |template: &content::ModelTemplate| {
            template.after_sale.as_ref().map(|after| (after.return_visit_days, after.tasks.len()))
        };
        assert_eq!(after(zh), after(en));
        for (zh, en) in zh.stages.iter().zip(&en.stages) {
            assert!(zh.name.chars().any(is_chinese) && !en.name.chars().any(is_chinese));
            assert_eq!(
                (zh.probability, zh.required_fields.clone(), zh.criteria.len(), zh.tasks.len()),
                (en.probability, en.required_fields.clone(), en.criteria.len(), en.tasks.len())
            );
        }
    }
}

/// A playbook is written for its stage: every part is there, fits its place, and stands nowhere else.
#[test]
fn every_stage_has_a_playbook_of_its_own() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (language, longest) in LANGUAGES.into_iter().zip([170, 800]) {
        for template in content::gallery(language) {
            assert_eq!(template.segments.is_empty(), !template.slug.starts_with("nurture"), "{}", template.slug);
            for stage in &template.stages {
                assert!((2..=4).contains(&stage.criteria.len()), "{} / {}", template.slug, stage.name);
            }
            // What follows after the win is written as a stage is.
            let stages = template.stages.iter().map(|stage| (stage.name, stage.tasks.clone(), &stage.playbook));
            let after = template.after_sale.iter().map(|after| {
                let tasks = after.tasks.iter().map(String::as_str).collect();
                (&*after.name, tasks, &after.playbook)
            });
            for (name, tasks, book) in stages.chain(after) {
                let place = format!("{} / {name}", template.slug);
                assert!((2..=4).contains(&tasks.len()), "{place}");
                assert!(book.questions.len() >= 4 && book.phrases.len() >= 3, "{place}");
                assert!(book.material.len() >= 3 && book.objections.len() >= 3, "{place}");
                let lists = [&book.questions, &book.phrases, &book.material].into_iter().flatten();
                let answers = book.objections.iter().flat_map(|(says, answer)| [says, answer]);
                let advice = [&book.goal, &book.strategy].into_iter().chain(lists).chain(answers);
                for text in tasks.into_iter().chain(advice.map(String::as_str)) {
                    let chinese = text.chars().any(is_chinese);
                    assert_eq!(chinese, language == Language::Chinese, "{place}: {text}");
                    assert!((4..=longest).contains(&text.chars().count()), "{place}: {text}");
                    let elsewhere = seen.insert(text.to_owned(), place.clone());
                    assert_eq!(elsewhere, None, "{text} stands at {place} too");
                }
            }
        }
    }
}

#[test]
fn every_template_becomes_a_model_that_a_workspace_takes() {
    let profile = content::profile(Language::English, "Trial");
    assert!(profile.lost_reasons.iter().any(|reason| reason.needs_note));
    assert!(!profile.sources.is_empty());
    let mut workspace = Workspace::new(1.into(), profile);
    let mut ids = IdSource::new(Ulid(99));
    for template in content::gallery(Language::English) {
        let command = Command::AddModel(Box::new(content::instantiate(&template, &mut ids)));
        workspace = workspace.with(&apply(&workspace, command, stamp()).unwrap());
    }
    assert_eq!(workspace.models.len(), 17);
}

fn stamp() -> Stamp {
    Stamp { on: today(), at: today().and_hms_opt(9, 0, 0).unwrap().and_utc(), by: None, seed: Ulid(7) }
}

#[test]
fn the_company_keeps_every_rule_of_an_import() {
    for language in LANGUAGES {
        let demo = demo(language);
        let batch = Batch {
            models: records(&demo.models),
            departments: records(&demo.departments),
            people: records(&demo.people),
            quotas: records(&demo.quotas),
            promises: records(&demo.promises),
            products: records(&demo.products),
            targets: records(&demo.targets),
            customers: records(&demo.customers),
            campaigns: records(&demo.campaigns),
            deals: records(&demo.deals),
            activities: records(&demo.activities),
            ..Batch::default()
        };
        let empty = Workspace::new(demo.id, (*demo.profile).clone());
        let imported = empty.with(&apply(&empty, Command::Import(Box::new(batch)), stamp()).unwrap());
        assert_eq!(imported, demo);
    }
}

#[test]
fn the_company_has_its_size() {
    let demo = demo(Language::Chinese);
    assert_eq!(demo.people.iter().filter(|person| person.active).count(), 12);
    assert_eq!((demo.people.len(), demo.departments.len(), demo.models.len()), (13, 3, 2));
    assert_eq!((demo.deals.len(), demo.customers.len(), demo.products.len()), (630, 220, 7));
    assert!((1500..4000).contains(&demo.activities.len()), "{} activities", demo.activities.len());
    let days: BTreeSet<_> = events(&demo).filter_map(|event| event.on).collect();
    assert!((725..=731).contains(&(today() - *days.first().unwrap()).num_days()));
    assert_eq!(days.last(), Some(&today()));
}

fn events(workspace: &Workspace) -> impl Iterator<Item = &loudou::model::Event> {
    workspace.deals.iter().flat_map(|deal| deal.history())
}

#[test]
fn nothing_happens_on_weekends_or_after_today() {
    for day in 0..7 {
        let today = today() + chrono::TimeDelta::days(day);
        let demo = company(Language::English, today, 3);
        let acts = demo.activities.iter().map(|activity| activity.on);
        for on in events(&demo).filter_map(|event| event.on).chain(acts) {
            assert!(on <= today && is_workday(on), "{on}");
        }
    }
}

#[test]
fn ids_are_unique() {
    let demo = demo(Language::English);
    let mut seen = BTreeSet::new();
    let ids = events(&demo).map(|event| event.id.value()).chain(demo.deals.iter().map(|deal| deal.id.value()));
    assert!(ids.chain(demo.activities.iter().map(|a| a.id.value())).all(|id| seen.insert(id)));
}

#[test]
fn the_same_seed_gives_the_same_company() {
    assert_eq!(demo(Language::Chinese), demo(Language::Chinese));
    assert_ne!(demo(Language::Chinese), company(Language::Chinese, today(), SEED + 1));
}

/// What is left of a workspace when words, prices and dates are taken away.
fn shape(workspace: &Workspace) -> Vec<String> {
    let deal = |deal: &std::sync::Arc<Deal>| {
        let history: Vec<_> = deal.history().iter().map(|e| (e.id, std::mem::discriminant(&e.kind), e.by)).collect();
        let details = &deal.details;
        let lines: Vec<_> = details.lines.iter().map(|line| (line.product, line.units)).collect();
        let (customer, campaign) = (details.customer, details.campaign);
        format!("{:?} {customer:?} {campaign:?} {lines:?} {:?} {history:?}", deal.id, details.next_action.is_some())
    };
    let touched = |campaign: &std::sync::Arc<Campaign>| {
        let touched: Vec<_> = campaign.touches.iter().map(|touch| (touch.customer, touch.contact)).collect();
        format!("{:?} {:?} {touched:?}", campaign.id, campaign.audience)
    };
    workspace.deals.iter().map(deal).chain(workspace.campaigns.iter().map(touched)).collect()
}

#[test]
fn the_language_changes_words_and_prices_only() {
    let [chinese, english] = LANGUAGES.map(demo);
    assert_eq!(shape(&chinese), shape(&english));
    let days = |w: &Workspace| events(w).map(|event| event.on).collect::<Vec<_>>();
    assert_eq!(days(&chinese), days(&english));
}

#[test]
fn another_day_moves_the_dates_only() {
    let later = company(Language::English, today() + chrono::TimeDelta::days(40), SEED);
    assert_eq!(shape(&demo(Language::English)), shape(&later));
}

#[test]
fn each_language_speaks_only_itself() {
    let english = format!("{:?}", demo(Language::English));
    assert_eq!(english.chars().find(|c| is_chinese(*c)), None);
    let chinese = demo(Language::Chinese);
    let mut texts: Vec<&str> = Vec::new();
    for customer in chinese.customers.iter() {
        texts.extend([&*customer.name, &customer.short_name, &customer.address, &customer.territory, &customer.needs]);
        texts.extend(customer.contacts.iter().flat_map(|c| [&*c.name, &c.job_title, &c.role]));
    }
    for deal in chinese.deals.iter() {
        let details = &deal.details;
        texts.extend([&*details.title, &details.obstacles, &details.source]);
        texts.extend(details.competitors.iter().map(String::as_str));
        texts.extend(details.next_action.iter().map(|action| action.what.as_str()));
    }
    texts.extend(chinese.activities.iter().flat_map(|a| [&*a.note, &a.result]));
    for model in chinese.models.iter() {
        texts.extend([&*model.name, &model.description]);
        texts.extend(model.stages.iter().flat_map(|s| s.criteria.iter().map(|c| &*c.text)));
    }
    texts.extend(chinese.targets.iter().map(|target| &*target.name));
    texts.extend(chinese.campaigns.iter().flat_map(|campaign| [&*campaign.name, &campaign.channel]));
    for text in texts {
        assert!(!text.contains(|c: char| c.is_ascii_alphabetic() || c == '{'), "{text}");
    }
    assert!(!english.contains("{city}") && !english.contains("{topic}"));
}

fn main_model(workspace: &Workspace) -> (ModelId, Vec<StageId>) {
    let model = workspace.models.iter().next().unwrap();
    (model.id, model.stages.iter().map(|stage| stage.id).collect())
}

fn tally(workspace: &Workspace, holds: impl Fn(&Deal) -> bool) -> usize {
    workspace.deals.iter().filter(|deal| holds(deal)).count()
}

#[test]
fn the_funnel_is_a_funnel() {
    for seed in 1..6 {
        let demo = company(Language::Chinese, today(), seed);
        let (model, stages) = main_model(&demo);
        let open_in = |stage| {
            tally(&demo, |d| d.standing().is_open() && d.standing().model == model && d.standing().stage == stage)
        };
        let open: Vec<_> = stages.into_iter().map(open_in).collect();
        let won = tally(&demo, |d| matches!(d.standing().status, Status::Won { .. }));
        let lost = tally(&demo, |d| matches!(d.standing().status, Status::Lost { .. }));
        let dormant = tally(&demo, |d| matches!(d.standing().status, Status::Dormant { .. }));
        let all_open = tally(&demo, |d| d.standing().is_open());
        let mut cycles: Vec<_> = demo.deals.iter().filter_map(|deal| cycle(deal, model)).collect();
        cycles.sort_unstable();
        let median = cycles[cycles.len() / 2];
        assert!(open.iter().all(|count| *count >= 3), "{open:?}");
        assert!(open[0] + open[1] > open[3] + open[4], "{open:?}");
        assert!((135..=200).contains(&all_open), "{all_open} open");
        assert!((20..28).contains(&(100 * won / (won + lost))), "{won} won, {lost} lost");
        assert!((5..60).contains(&dormant), "{dormant} asleep");
        assert!((80..190).contains(&median), "{median} days");
    }
}

fn cycle(deal: &Deal, model: ModelId) -> Option<i64> {
    let Status::Won { on } = deal.standing().status else { return None };
    let began = deal.history()[0].on?;
    (deal.standing().model == model).then(|| (on.unwrap() - began).num_days())
}

#[test]
fn the_last_days_are_alive() {
    let demo = demo(Language::Chinese);
    let recent = |days| events(&demo).filter(|e| e.on > Some(today() - chrono::TimeDelta::days(days))).count();
    assert!(recent(3) >= 5 && recent(14) >= 30, "{} and {}", recent(3), recent(14));
}

#[test]
fn every_kind_of_event_and_trouble_occurs() {
    let demo = demo(Language::Chinese);
    let happened = |test: fn(&EventKind) -> bool| events(&demo).filter(|event| test(&event.kind)).count();
    assert!(happened(|kind| matches!(kind, EventKind::OwnerChanged { .. })) >= 5);
    assert!(happened(|kind| matches!(kind, EventKind::Reopened { .. })) >= 5);
    assert!(happened(|kind| matches!(kind, EventKind::AmountChanged { .. })) >= 50);
    assert!(happened(|kind| matches!(kind, EventKind::ExpectedCloseChanged { .. })) >= 200);
    assert!(happened(|kind| matches!(kind, EventKind::EvidenceTicked { .. })) >= 300);
    assert!(happened(|kind| matches!(kind, EventKind::ProbabilityChanged { .. })) >= 20);
    let overridden = |kind: &EventKind| {
        matches!(
            kind,
            EventKind::Entered { gate: Gate::Overridden { .. }, .. } | EventKind::Won { gate: Gate::Overridden { .. } }
        )
    };
    assert!((5..80).contains(&happened(overridden)));
    let open = |test: fn(&Deal) -> bool| tally(&demo, |deal| deal.standing().is_open() && test(deal));
    assert!((2..20).contains(&open(|deal| deal.standing().amount.is_none())));
    assert!((5..40).contains(&open(|deal| deal.details.next_action.is_none())));
    let late = open(|deal| deal.standing().expected_close.is_some_and(|day| day < today()));
    assert!((6..40).contains(&late), "{late} past their close");
    let overdue = |deal: &Deal| deal.details.next_action.as_ref().is_some_and(|action| action.due < Some(today()));
    assert!((10..60).contains(&open(overdue)));
}

#[test]
fn the_leaver_has_no_open_deal_and_keeps_the_credit() {
    let demo = demo(Language::English);
    let leaver = demo.people.iter().find(|person| !person.active).unwrap().id;
    assert_eq!(tally(&demo, |d| d.standing().is_open() && d.standing().owner == Some(leaver)), 0);
    assert!(
        tally(&demo, |d| matches!(d.standing().status, Status::Won { .. }) && d.standing().owner == Some(leaver)) > 0
    );
}

#[test]
fn amounts_are_what_the_lines_add_up_to() {
    for deal in demo(Language::English).deals.iter().filter(|deal| deal.standing().amount.is_some()) {
        let sum: i64 = deal.details.lines.iter().map(|l| l.price.unwrap().times(l.units).unwrap().minor()).sum();
        assert_eq!(deal.standing().amount.unwrap().minor(), sum);
    }
}

#[test]
fn sources_and_lost_reasons_mean_what_they_say() {
    let demo = demo(Language::English);
    let referred = demo.customers.iter().filter(|customer| customer.referred_by.is_some());
    assert!(referred.map(|customer| &*customer.source).all(|source| source == "Referral"));
    assert!(demo.customers.iter().any(|customer| customer.referred_by.is_some()));
    for deal in demo.deals.iter() {
        let Status::Lost { reason, note, .. } = &deal.standing().status else { continue };
        let known = demo.profile.lost_reasons.iter().find(|known| known.name == *reason).unwrap();
        assert!(!known.needs_note || !note.is_empty());
        if reason == "Lost to a competitor" {
            assert!(deal.details.competitors.first().is_none_or(|winner| winner == note));
        }
    }
}

#[test]
fn the_segments_are_the_same_in_both_languages() {
    let [chinese, english] = LANGUAGES.map(demo);
    let segments = |demo: &Workspace| {
        let segment = |target| Screening::of(&demo.customers, target).segment().collect::<Vec<_>>();
        demo.targets.iter().map(|target| segment(target)).collect::<Vec<_>>()
    };
    assert!(segments(&chinese) == segments(&english), "a word of one language finds what that of the other does not");
    for segment in segments(&english) {
        assert!((10..110).contains(&segment.len()), "{} pass", segment.len());
    }
}

#[test]
fn the_last_meeting_is_still_to_be_answered() {
    for language in LANGUAGES {
        let demo = demo(language);
        let (waiting, answered): (Vec<_>, Vec<_>) =
            demo.promises.iter().filter(|promise| promise.reaches.is_none()).partition(|one| one.settled.is_none());
        assert!(waiting.len() >= 10 && waiting.iter().all(|promise| promise.due == today()), "{}", waiting.len());
        let kept = answered.iter().filter(|promise| promise.settled.as_ref().is_some_and(|settled| settled.kept));
        let kept = kept.count();
        assert!(2 * kept > answered.len() && kept < answered.len(), "{kept} of {} promises were kept", answered.len());
        assert!(demo.promises.iter().any(|promise| promise.reaches.is_some()));
        assert!(demo.promises.iter().all(|promise| demo.people.get(promise.person).unwrap().active));
    }
}

#[test]
fn quotas_are_near_what_is_sold() {
    for language in LANGUAGES {
        let demo = demo(language);
        let (frame, all) = (loudou::metrics::Frame::new(&demo), loudou::metrics::Filter::default());
        let quarter = loudou::metrics::Month { year: 2026, month: 7 };
        let past = loudou::metrics::attainment(&demo, &frame, today(), &all, quarter, 3).unwrap();
        let share = past.share().unwrap();
        assert!((0.5..1.6).contains(&share), "{share} of the quota of the past quarter was won");
    }
}

#[test]
fn campaigns_touch_their_audience_and_bring_deals() {
    for seed in 1..6 {
        let demo = company(Language::English, today(), seed);
        let figures = campaigns(&demo, today());
        let phases: Vec<_> = figures.iter().filter_map(|figures| figures.phase).collect();
        assert_eq!(phases, [Phase::Over, Phase::Over, Phase::Running]);
        let brought: usize = figures.iter().map(|figures| figures.deals.len()).sum();
        assert!((35..75).contains(&brought), "{brought} deals came of campaigns");
        for (campaign, figures) in demo.campaigns.iter().zip(&figures) {
            assert!(figures.touched > 5 && figures.waiting > 0 && figures.deals.len() >= 5, "{figures:?}");
            assert!(demo.profile.sources.contains(&campaign.channel) && campaign.cost.is_some());
            assert!(Template::parse(&campaign.message, &[]).is_ok());
            let audience = recipients(&demo, campaign, Whom::Audience);
            for touch in &campaign.touches {
                assert!(audience.contains(&touch.customer) && touch.on <= today() && is_workday(touch.on));
                assert!(campaign.starts <= Some(touch.on) && Some(touch.on) <= campaign.ends);
            }
            for deal in figures.deals.iter().filter_map(|id| demo.deals.get(*id)) {
                let touch = campaign.touches.iter().find(|touch| Some(touch.customer) == deal.details.customer);
                assert!(touch.map(|touch| touch.on) <= deal.history()[0].on && touch.is_some());
                assert_eq!(deal.details.source, campaign.channel);
            }
        }
    }
}

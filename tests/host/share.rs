//! Links, locked packets and parts: what goes out comes back, and what is not whole is refused.

use std::collections::BTreeSet;

use loudou::{
    codec::{
        content::Language,
        document,
        packet::{Contents, pack, unpack},
        seal::{Cost, lock},
        share,
    },
    metrics::{Filter, Frame},
    model::{Date, Workspace, WorkspaceId},
    training::demo,
};
use proptest::prelude::*;

use crate::r#gen::{moment, workspace};

fn company() -> Workspace {
    demo::company(Language::Chinese, Date::from_ymd_opt(2026, 11, 23).unwrap(), demo::SEED)
}

fn opened(contents: Contents) -> Workspace {
    let Contents::Document(text) = contents else { panic!("locked") };
    let decoded = document::decode(text.as_bytes()).unwrap();
    assert_eq!(decoded.problems, []);
    decoded.workspace
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_link_brings_back_the_workspace(workspace in workspace()) {
        let text = share::text(&share::pack(&workspace, moment()));
        prop_assert_eq!(opened(unpack(&share::bytes(&text).unwrap()).unwrap()), workspace);
    }

    #[test]
    fn a_wrong_letter_anywhere_is_refused(workspace in workspace(), places in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..64), 40)) {
        const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let text = share::text(&share::pack(&workspace, moment()));
        for (place, letter) in places {
            let mut wrong = text.clone().into_bytes();
            let place = place.index(wrong.len());
            wrong[place] = ALPHABET[usize::from(letter)];
            let wrong = String::from_utf8(wrong).unwrap();
            let read = share::bytes(&wrong).ok().and_then(|bytes| unpack(&bytes).ok());
            prop_assert!(wrong == text || read.is_none(), "letter {}", place);
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        drop(unpack(&bytes));
        let like_one = [b"LDU\x01".as_slice(), &bytes].concat();
        prop_assert!(unpack(&like_one).is_err());
        drop(share::bytes(&String::from_utf8_lossy(&bytes)));
    }

    #[test]
    fn a_locked_workspace_opens_with_its_passphrase(workspace in workspace(), phrase in "\\PC{1,20}", random in any::<[u8; 32]>()) {
        let mut salt_and_nonce = [0; 40];
        salt_and_nonce[..32].copy_from_slice(&random);
        let document = document::encode_dense(&workspace, moment());
        let cost = Cost { memory: 8, passes: 1 };
        let packet = lock(&document, &phrase, &salt_and_nonce, cost).unwrap();
        let Ok(Contents::Locked(sealed)) = unpack(&packet) else { panic!("not locked") };
        prop_assert_eq!(sealed.open(&phrase), Ok(document));
        prop_assert!(sealed.open(&[phrase.as_str(), "x"].concat()).is_err());
    }

    #[test]
    fn any_part_stands_on_its_own(workspace in workspace(), pattern in any::<u64>()) {
        let chosen: BTreeSet<_> = workspace.deals.iter().enumerate().filter(|(n, _)| pattern >> (n % 64) & 1 == 1).map(|(_, deal)| deal.id).collect();
        let part = workspace.part(WorkspaceId::from(5), |deal| chosen.contains(&deal.id));
        prop_assert_eq!(part.deals.iter().map(|deal| deal.id).collect::<BTreeSet<_>>(), chosen);
        let read = document::decode(document::encode(&part, moment()).as_bytes());
        prop_assert!(read.is_ok(), "{:?}", read);
        prop_assert_eq!(read.unwrap().workspace, part);
    }
}

#[test]
fn every_byte_of_a_link_counts() {
    let company = company();
    let first = company.deals.iter().next().unwrap().id;
    let packet = share::pack(&company.part(WorkspaceId::from(5), |deal| deal.id == first), moment());
    for at in 0..packet.len() {
        for flip in [0x01, 0x80, 0xFF] {
            let mut wrong = packet.clone();
            wrong[at] ^= flip;
            assert!(unpack(&wrong).is_err(), "byte {at}");
        }
    }
}

#[test]
fn what_a_filter_leaves_is_shared_and_nobody_else() {
    let company = company();
    let frame = Frame::new(&company);
    let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
    let seller = company.deals.iter().find_map(|deal| deal.standing().owner).unwrap();
    let filter = Filter { people: BTreeSet::from([seller]), ..Filter::default() };
    let chosen: BTreeSet<_> = frame.view(today, &filter).rows().filter_map(|row| frame.deal(row)).collect();
    let part = company.part(WorkspaceId::from(5), |deal| chosen.contains(&deal.id));
    assert!(!part.deals.is_empty() && part.deals.len() < company.deals.len());
    assert!(part.customers.len() < company.customers.len());
    assert!(part.quotas.is_empty() && part.targets.is_empty());
    let back = opened(unpack(&share::pack(&part, moment())).unwrap());
    assert_eq!(back, part);
}

#[test]
fn the_dense_document_is_the_document() {
    let company = company();
    let [readable, dense] = [document::encode, document::encode_dense].map(|encode| encode(&company, moment()));
    assert!(dense.len() < readable.len());
    assert_eq!(document::decode(dense.as_bytes()), document::decode(readable.as_bytes()));
    assert!(pack(&dense).len() < pack(&readable).len());
}

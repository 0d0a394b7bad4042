//! Documents that wait to be merged.

use super::{Context, File, Unfit};
use crate::{
    codec::{
        document::decode,
        merge::{Descent, Misfit, Options, Summary, merge, summary},
    },
    model::{Change, Command, Stamp, Workspace, apply},
    storage::backups,
};

/// A workspace and the documents that are to be merged into it.
#[derive(Debug)]
pub(super) struct Gathered {
    here: Workspace,
    stamp: Stamp,
    files: Vec<Workspace>,
    base: Option<Workspace>,
    merged: Option<Workspace>,
}

impl Gathered {
    /// Reads the documents and tells of those that can be read where they come from, the common one last.
    pub(super) fn read(
        here: &Context,
        files: &[File],
        base: Option<&File>,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<(Self, Vec<Option<Descent>>), Unfit> {
        let (here, stamp) = here.open()?;
        let total = files.len() + usize::from(base.is_some());
        let mut readable = Vec::with_capacity(total);
        let mut read = |file: &File| {
            progress(readable.len(), total);
            let decoded = decode(&file.bytes).ok();
            readable.push(decoded.as_ref().map(|decoded| Descent::new(decoded.lineage.all())));
            decoded.map(|decoded| decoded.workspace)
        };
        let files = files.iter().filter_map(&mut read).collect();
        let base = base.and_then(&mut read);
        Ok((Self { here, stamp, files, base, merged: None }, readable))
    }

    /// Takes the document of a backup as the one that all of them started from; whether it can be read.
    pub(super) fn take_base(&mut self, stored: &str) -> bool {
        let document = backups::unwrap(stored).ok();
        self.base = document.and_then(|text| Some(decode(text.as_bytes()).ok()?.workspace));
        self.base.is_some()
    }

    /// What a merge would do.
    pub(super) fn merge(&mut self, options: &Options) -> Result<Summary, (usize, Misfit)> {
        self.merged = None;
        let sides: Vec<&Workspace> = std::iter::once(&self.here).chain(&self.files).collect();
        let merged = merge(&sides, self.base.as_ref(), options)?;
        let summary = summary(&sides, &merged);
        self.merged = Some(merged.workspace);
        Ok(summary)
    }

    /// The change of the latest merge.
    pub(super) fn join(self) -> Result<Change, Unfit> {
        let merged = self.merged.ok_or_else(|| Unfit("nothing was merged".to_owned()))?;
        let change = apply(&self.here, Command::TakeOver(Box::new(merged)), self.stamp);
        change.map_err(|rejection| Unfit(rejection.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codec::{
            content::{Language, profile},
            document::{Lineage, encode, encode_from},
            journal::decode_change,
        },
        model::{Customer, Date},
        worker::{Request, Response, Work},
    };

    fn stamp() -> Stamp {
        Stamp { on: Date::default(), at: chrono::DateTime::default(), by: None, seed: ulid::Ulid(1 << 100) }
    }

    fn with(workspace: &Workspace, id: u128, name: &str) -> Workspace {
        let put = Command::PutCustomer(Box::new(Customer::named(id.into(), name)));
        workspace.with(&apply(workspace, put, stamp()).unwrap())
    }

    fn file(name: &str, bytes: Vec<u8>) -> File {
        File { name: name.to_owned(), bytes }
    }

    fn ask(work: &mut Work, request: Request) -> Response {
        work.handle(request, &mut |_, _| {})
    }

    #[test]
    fn documents_are_gathered_merged_and_joined() {
        let mut work = Work::default();
        let start = Workspace::new(7.into(), profile(Language::English, "North"));
        let here = with(&start, 1, "Acme");
        let document = |workspace: &Workspace| encode(workspace, stamp().at).into_bytes();
        let files = vec![
            file("li.json", document(&with(&here, 2, "Beta"))),
            file("broken.json", b"{".to_vec()),
            file("wang.json", document(&with(&here, 1, "Acme Ltd"))),
        ];
        let base = Some(file("base.json", document(&here)));
        let request = Request::Gather { here: Context::whole(&here, stamp()), files, base };
        let Response::Gather(Ok(readable)) = ask(&mut work, request) else { panic!("another answer") };
        assert_eq!(readable, [Some(Descent::default()), None, Some(Descent::default()), Some(Descent::default())]);
        let Response::Merge(Ok(summary)) = ask(&mut work, Request::Merge { options: Options::default() }) else {
            panic!("another answer")
        };
        assert_eq!((summary.files.len(), summary.conflict_count, summary.other_count), (2, 0, 1));
        let total = summary.outcome.total();
        assert_eq!((total.added, total.changed, total.same), (1, 1, 0));
        let Response::Join(Ok(text)) = ask(&mut work, Request::Join) else { panic!("another answer") };
        let change = decode_change(&text, &here).unwrap();
        let names: Vec<_> = here.with(&change).customers.iter().map(|customer| customer.name.clone()).collect();
        assert_eq!(names, ["Acme Ltd", "Beta"]);
        // A merge is made once.
        assert!(matches!(ask(&mut work, Request::Join), Response::Join(Err(_))));
    }
    #[test]
    fn the_common_file_may_come_behind_and_does_the_same() {
        let start = Workspace::new(7.into(), profile(Language::English, "North"));
        let base = with(&with(&start, 1, "Acme"), 2, "Beta");
        let gone = apply(&base, Command::RemoveCustomer(2.into()), stamp()).unwrap();
        let (here, seller) = (with(&base, 1, "Acme Ltd"), base.with(&gone));
        let lineage = Lineage::new(Some(9.into()), [5.into()]);
        let files = vec![file("li.json", encode_from(&seller, stamp().at, &lineage).into_bytes())];
        let document = encode(&base, stamp().at);
        let joined = |base: Option<File>, then: Option<String>| {
            let mut work = Work::default();
            let request = Request::Gather { here: Context::whole(&here, stamp()), files: files.clone(), base };
            let Response::Gather(Ok(read)) = ask(&mut work, request) else { panic!("another answer") };
            assert_eq!(read[0].as_ref().map(Descent::exports), Some([9.into(), 5.into()].into()));
            if let Some(stored) = then {
                assert!(matches!(ask(&mut work, Request::Common { stored }), Response::Common(true)));
            }
            let Response::Merge(Ok(summary)) = ask(&mut work, Request::Merge { options: Options::default() }) else {
                panic!("another answer")
            };
            let Response::Join(Ok(text)) = ask(&mut work, Request::Join) else { panic!("another answer") };
            (summary, here.with(&decode_change(&text, &here).unwrap()))
        };
        let given = joined(Some(file("base.json", document.clone().into_bytes())), None);
        assert_eq!(joined(None, Some(backups::wrap(&document))), given);
        assert_eq!((given.0.conflict_count, given.0.removed, given.1.customers.len()), (0, 1, 1));
        assert_eq!(joined(None, None).1.customers.len(), 2, "without it nothing is removed");
        for stored in ["{".to_owned(), backups::wrap("{"), backups::wrap(&document).replace('d', "e")] {
            let mut work = Work::default();
            let request = Request::Gather { here: Context::whole(&here, stamp()), files: files.clone(), base: None };
            ask(&mut work, request);
            assert!(matches!(ask(&mut work, Request::Common { stored }), Response::Common(false)));
        }
    }
}

//! Loudou's [`Ledger`] as a module of WebAssembly, to be timed beside JavaScript on the same deals: the text of a JSON file is read into
//! it, and every sum of the workload is computed anew for a filter. `bench.mjs` is the module's other half.

mod numbers;
mod read;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use numbers::numbers;
pub use read::{Deals, Names, read};

#[cfg(test)]
mod tests {
    use loudou::metrics::ledger::Wanted;

    use super::{numbers, read};

    const FILE: &str = r#"{"version":1,"stages":["lead","talk"],"probability":[25,50],"departments":["north","south"],"sources":["web"],
        "opportunities":[
            {"id":1,"customer":"A","owner":"rep-02","department":"south","source":"web","amount":1000,"created":0,
             "events":[{"stage":"lead","at":0},{"stage":"talk","at":86400000}],"outcome":"won","closed":259200000},
            {"id":2,"customer":"B","owner":"rep-01","department":"north","source":"web","amount":500,"created":0,
             "events":[{"stage":"lead","at":86400000}],"outcome":"open","closed":null}]}"#;

    #[test]
    fn a_file_becomes_sums_in_days() {
        let deals = read(FILE.as_bytes(), vec![0, 172_800_000, 345_600_000]).unwrap_or_else(|error| panic!("{error}"));
        let all = numbers(&deals.ledger.sums(&Wanted::default()));
        // Lead holds the open deal and was left after a day, Talk after two; the sale took three.
        assert_eq!(all.get(..12), Some(&[1.0, 500.0, 12_500.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 2.0, 2.0][..]));
        assert_eq!(all.get(12..16), Some(&[2.0, 1.0, 0.0, 0.0][..]));
        assert_eq!(all.get(28), Some(&3.0));
        assert_eq!(all.len(), 12 + 4 * 4 + 1 + 7 * (50 + 2));
        let second = Wanted { owner: deals.owners.number("rep-02"), ..Wanted::default() };
        assert_eq!(deals.ledger.sums(&second).owners.get(1).map(|row| row.won_amount), Some(1000));
    }

    #[test]
    fn what_is_no_such_file_says_where() {
        let wrong = FILE.replace("rep-02", "rep-99");
        let error = read(wrong.as_bytes(), vec![0, 1]).err().unwrap_or_default();
        assert!(error.contains("unknown rep-99") && error.contains("line"), "{error}");
    }
}

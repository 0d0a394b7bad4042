//! A file of deals as a sales system exports it, the same at every run; a whole company as a document.

pub(crate) mod company;

use std::fmt::Write as _;

const STAGES: [&str; 4] = ["Prospecting", "Engaging", "Won", "Lost"];
const SELLERS: [&str; 6] = ["Ada Quist", "Ben Okoro", "Chen Wei", "Dana Levi", "Emil Novak", "Fatima Zahra"];
const COMPANIES: [&str; 4] = ["Account", "北京华信机械有限公司", "Northfield Systems", "上海东方物流集团"];
const PRODUCTS: [&str; 5] = ["Basic", "Plus", "Pro", "Pro Special", "Power"];

/// A CSV file with a heading and `deals` rows of `accounts` customers; the columns are those of the public CRM opportunities data set.
pub(crate) fn csv(deals: u32, accounts: u32) -> String {
    let mut text =
        String::from("opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n");
    let mut random = 0x2545_F491_u32;
    let mut below = |limit: u32| {
        // A linear congruential generator; its high bits are good enough to vary the rows.
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 8) % limit
    };
    for number in 0..deals {
        let stage = pick(&STAGES, below(4));
        let (month, day) = (1 + below(9), 1 + below(28));
        let engaged = if stage == "Prospecting" { String::new() } else { format!("2025-{month:02}-{day:02}") };
        let closed = stage == "Won" || stage == "Lost";
        let close_date = if closed { format!("2025-{:02}-{day:02}", month + 3) } else { String::new() };
        let value = match stage {
            "Won" => (100 + below(9_900)).to_string(),
            "Lost" => "0".to_owned(),
            _ => String::new(),
        };
        let (seller, product, account) = (pick(&SELLERS, below(6)), pick(&PRODUCTS, below(5)), below(accounts));
        let name = pick(&COMPANIES, account);
        // Writing to a string cannot fail.
        writeln!(text, "D{number:05},{seller},{product},{name} {account:02},{stage},{engaged},{close_date},{value}")
            .ok();
    }
    text
}

/// A CSV file of about 125 bytes a row with a title, a day and a note for each deal.
pub(crate) fn wide_csv(deals: u32, accounts: u32) -> String {
    let mut text = String::from(
        "opportunity_id,deal_name,account,sales_agent,product,deal_stage,create_date,close_date,close_value,notes\n",
    );
    let mut random = 0x2545_F491_u32;
    let mut below = |limit: u32| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 8) % limit
    };
    for number in 0..deals {
        let stage = pick(&["Prospecting", "Engaging", "Proposal", "Won", "Lost"], below(5));
        let (account, seller, product) = (below(accounts), pick(&SELLERS, below(6)), pick(&PRODUCTS, below(5)));
        let (name, month, day, value) = (pick(&COMPANIES, account), 1 + below(9), 1 + below(28), below(90_000));
        let closed =
            if stage == "Won" || stage == "Lost" { format!("2025-{:02}-{day:02}", month + 3) } else { String::new() };
        // Writing to a string cannot fail.
        writeln!(
            text,
            "D{number:07},Deal {number} of the year,{name} {account:05},{seller},{product},{stage},2025-{month:02}-{day:02},{closed},{value},\
             seen twice; calls back in spring"
        )
        .ok();
    }
    text
}

fn pick<'a>(list: &[&'a str], place: u32) -> &'a str {
    list[place as usize % list.len()]
}

#[cfg(test)]
mod tests {
    use super::csv;

    #[test]
    fn every_run_gives_the_same_rows_with_the_same_fields() {
        let text = csv(500, 85);
        assert_eq!(text, csv(500, 85));
        assert_eq!(text.lines().count(), 501);
        assert!(text.lines().all(|line| line.matches(',').count() == 7));
        assert!(text.lines().any(|line| line.contains(",Won,2025-")));
    }
}

//! What a column holds, judged by all of its cells.

use super::{
    DateOrder, DecimalMark, Field,
    date::{looks_serial, order_evidence},
    header::{Expected, field_of, key},
    number::{MarkEvidence, is_identifier, mark_evidence},
    rows::Row,
    shape::{ColumnChoice, ColumnShape, Guess, Kind, KindReason, Meaning},
};

/// After so many filled cells that are words, the rest is not tried any more.
const ENOUGH: usize = 200;

/// Words for yes and no.
const YES: &[&str] =
    &["true", "yes", "y", "1", "是", "对", "ja", "wahr", "oui", "vrai", "sí", "si", "да", "t", "x", "✓"];
const NO: &[&str] = &["false", "no", "n", "0", "否", "nein", "falsch", "non", "faux", "нет", "f"];

/// Whether a cell says yes or no; `None` when it says neither.
///
/// ```
/// use loudou::codec::csv::parse_boolean;
///
/// assert_eq!((parse_boolean("Yes"), parse_boolean("否"), parse_boolean("maybe")), (Some(true), Some(false), None));
/// ```
pub fn parse_boolean(text: &str) -> Option<bool> {
    // The longest of the words has nine bytes; a capital may have one byte more or less.
    if text.is_empty() || text.len() > 12 {
        return None;
    }
    let lower = text.to_lowercase();
    let is = |words: &[&str]| words.contains(&lower.as_str());
    if is(YES) {
        Some(true)
    } else if is(NO) {
        Some(false)
    } else {
        None
    }
}

#[derive(Default)]
struct Tally {
    filled: usize,
    words: usize,
    numbers: usize,
    point: usize,
    comma: usize,
    likely_point: usize,
    likely_comma: usize,
    year_first: usize,
    day_first: usize,
    month_first: usize,
    dates: usize,
    compact: usize,
    points: usize,
    serials: usize,
    identifiers: usize,
    booleans: usize,
}

impl Tally {
    fn add(&mut self, cell: &str) {
        self.filled += 1;
        if self.words == self.filled - 1 && self.words >= ENOUGH {
            self.words += 1;
            return;
        }
        let mark = mark_evidence(cell);
        if let Some(evidence) = mark {
            self.numbers += 1;
            match evidence {
                MarkEvidence::Either => {}
                MarkEvidence::Only(DecimalMark::Point) => self.point += 1,
                MarkEvidence::Only(DecimalMark::Comma) => self.comma += 1,
                MarkEvidence::Likely(DecimalMark::Point) => self.likely_point += 1,
                MarkEvidence::Likely(DecimalMark::Comma) => self.likely_comma += 1,
            }
        }
        self.serials += usize::from(looks_serial(cell));
        self.identifiers += usize::from(is_identifier(cell));
        let order = order_evidence(cell);
        if let Some(evidence) = order {
            self.dates += 1;
            self.year_first += usize::from(evidence.year_first);
            self.day_first += usize::from(evidence.day_first);
            self.month_first += usize::from(evidence.month_first);
            self.points += usize::from(evidence.points);
            self.compact += usize::from(mark.is_some());
        }
        let boolean = cell.len() < 10 && parse_boolean(cell).is_some();
        self.booleans += usize::from(boolean);
        self.words += usize::from(mark.is_none() && order.is_none() && !boolean);
    }

    fn kind(&self, header: &str, field: Option<Field>) -> Guess<Kind, KindReason> {
        let expected = field.map(Field::expects);
        let guess = |value, matching| Guess { value, reason: KindReason::Cells { matching, filled: self.filled } };
        let text = guess(Kind::Text, self.words);
        match expected {
            _ if self.filled == 0 => return Guess { value: Kind::Empty, ..text },
            Some(Expected::Identifier) => return Guess { value: Kind::Text, reason: KindReason::Identifier },
            Some(Expected::Words) => return Guess { value: Kind::Text, reason: KindReason::Named },
            Some(Expected::Flag) if self.booleans * 2 >= self.filled => return guess(Kind::Boolean, self.booleans),
            _ => {}
        }
        let named = expected == Some(Expected::Date) || names_date(header);
        // A column whose name says what it holds may have more cells that are something else: they become problems to decide.
        let enough = |matching: usize, told: bool| matching * 10 >= self.filled * if told { 5 } else { 9 };
        if named && enough(self.serials, true) && self.serials > self.dates {
            return guess(Kind::Date(DateOrder::ExcelSerial), self.serials);
        }
        let dates = if named { self.dates } else { self.dates - self.compact };
        if dates > 0 && enough(dates, named) && expected != Some(Expected::Number) {
            return self.order();
        }
        if self.identifiers > 0
            && expected != Some(Expected::Number)
            && enough(self.numbers.max(self.identifiers), false)
        {
            return Guess { value: Kind::Text, reason: KindReason::Identifier };
        }
        if self.numbers > 0
            && enough(self.numbers, expected == Some(Expected::Number))
            && expected != Some(Expected::Date)
        {
            return self.mark();
        }
        let only_digits = self.booleans == self.numbers;
        if enough(self.booleans, false) && !only_digits { guess(Kind::Boolean, self.booleans) } else { text }
    }

    fn mark(&self) -> Guess<Kind, KindReason> {
        let (point, comma) = (Kind::Number(DecimalMark::Point), Kind::Number(DecimalMark::Comma));
        let cells = |value, against| {
            let reason = KindReason::Cells { matching: self.numbers - against, filled: self.filled };
            Guess { value, reason }
        };
        if self.point + self.comma > 0 {
            return if self.point >= self.comma { cells(point, self.comma) } else { cells(comma, self.point) };
        }
        match (self.likely_point, self.likely_comma) {
            (0, 0) => cells(point, 0),
            (one, two) if one >= two => Guess { value: point, reason: KindReason::Ambiguous { other: comma } },
            _ => Guess { value: comma, reason: KindReason::Ambiguous { other: point } },
        }
    }

    fn order(&self) -> Guess<Kind, KindReason> {
        let counts = [
            (self.year_first, DateOrder::YearMonthDay),
            (self.day_first, DateOrder::DayMonthYear),
            (self.month_first, DateOrder::MonthDayYear),
        ];
        let (matching, order) = counts
            .into_iter()
            .fold((0, DateOrder::YearMonthDay), |best, next| if next.0 > best.0 { next } else { best });
        let tie = self.year_first < matching && self.day_first == self.month_first;
        if tie && self.points == 0 {
            let other = Kind::Date(DateOrder::DayMonthYear);
            return Guess { value: Kind::Date(DateOrder::MonthDayYear), reason: KindReason::Ambiguous { other } };
        }
        Guess { value: Kind::Date(order), reason: KindReason::Cells { matching, filled: self.filled } }
    }
}

/// Whether a column's name speaks of a day, in the languages of the known exports.
fn names_date(header: &str) -> bool {
    let key = key(header);
    ["date", "日期", "时间", "datum", "fecha", "дата"].iter().any(|word| key.contains(word))
        || key.ends_with("time")
        || key.ends_with("at") && header.ends_with("_at")
}

/// The shapes of `width` columns, where `choices` overrule what the cells say.
pub(super) fn shapes<'a>(
    headers: Option<&Row>,
    rows: &[Row],
    width: usize,
    european: bool,
    choice: impl Fn(usize) -> Option<&'a ColumnChoice>,
) -> Vec<ColumnShape> {
    let mut columns: Vec<ColumnShape> = (0..width)
        .map(|column| {
            let header = headers.map_or("", |row| row.cell(column));
            let chosen = choice(column).copied().unwrap_or_default();
            shape(header, rows, column, chosen)
        })
        .collect();
    settle_orders(&mut columns, european);
    columns
}

fn shape(header: &str, rows: &[Row], column: usize, chosen: ColumnChoice) -> ColumnShape {
    let meaning = chosen.meaning.unwrap_or_else(|| field_of(header).map_or(Meaning::Own, Meaning::Field));
    let (mut tally, mut sample) = (Tally::default(), Vec::new());
    // What the name of a column decides does not depend on its cells.
    let named = matches!(
        meaning.field().map(Field::expects).filter(|_| chosen.kind.is_none()),
        Some(Expected::Identifier | Expected::Words)
    );
    for cell in rows.iter().map(|row| row.cell(column)).filter(|cell| !cell.is_empty()) {
        if named {
            tally.filled += 1;
        } else {
            tally.add(cell);
        }
        if sample.len() < 3 {
            sample.push(cell.to_owned());
        }
    }
    let kind = match chosen.kind {
        Some(value) => Guess { value, reason: KindReason::Chosen },
        None => tally.kind(header, meaning.field()),
    };
    ColumnShape { header: header.to_owned(), meaning, kind, filled: tally.filled, sample }
}

/// A column whose dates fit both orders takes the order that another column of the file proves, or in a file with European
/// delimiters the day first. It stays marked as ambiguous unless another column proves its order.
fn settle_orders(columns: &mut [ColumnShape], european: bool) {
    let proven = columns.iter().find_map(|column| match column.kind {
        Guess { value: Kind::Date(order @ (DateOrder::DayMonthYear | DateOrder::MonthDayYear)), reason } => {
            matches!(reason, KindReason::Cells { .. } | KindReason::Chosen).then_some((order, reason))
        }
        _ => None,
    });
    for column in columns {
        let KindReason::Ambiguous { other: Kind::Date(_) } = column.kind.reason else { continue };
        if let Some((order, _)) = proven {
            column.kind = Guess {
                value: Kind::Date(order),
                reason: KindReason::Cells { matching: column.filled, filled: column.filled },
            };
        } else if european {
            let other = column.kind.value;
            column.kind = Guess { value: Kind::Date(DateOrder::DayMonthYear), reason: KindReason::Ambiguous { other } };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::csv::{rows::rows, shape::Dialect};

    fn kinds(text: &str) -> Vec<Guess<Kind, KindReason>> {
        let all = rows(text, Dialect { delimiter: ';', quote: '"' }, usize::MAX);
        let (header, data) = all.split_first().unwrap();
        shapes(Some(header), data, header.len(), false, |_| None).into_iter().map(|column| column.kind).collect()
    }

    fn values(text: &str) -> Vec<Kind> {
        kinds(text).into_iter().map(|guess| guess.value).collect()
    }

    #[test]
    fn kinds_are_found() {
        use DateOrder::{DayMonthYear, ExcelSerial, MonthDayYear, YearMonthDay};
        let text = "w;n;c;i;us;eu;serial date;yes;none\n\
                    Ada;1,054.00;1.054,00;4876876000000111222;10/20/2016;20.10.2016;42663;yes;\n\
                    Bob;12;12,5;4876876000000111223;3/1/2017;01.03.2017;42795;no;\n";
        assert_eq!(
            values(text),
            [
                Kind::Text,
                Kind::Number(DecimalMark::Point),
                Kind::Number(DecimalMark::Comma),
                Kind::Text,
                Kind::Date(MonthDayYear),
                Kind::Date(DayMonthYear),
                Kind::Date(ExcelSerial),
                Kind::Boolean,
                Kind::Empty,
            ]
        );
        assert_eq!(values("d\n2016-10-20\n2017-03-01T10:00:00Z\n"), [Kind::Date(YearMonthDay)]);
        assert_eq!(values("when\n42663\n42795\n"), [Kind::Number(DecimalMark::Point)]);
    }

    #[test]
    fn what_fits_both_ways_is_said_to() {
        assert!(matches!(kinds("d\n1/2/2026\n3/4/2026\n")[0].reason, KindReason::Ambiguous { .. }));
        assert!(matches!(kinds("n\n1.054\n2.100\n")[0].reason, KindReason::Ambiguous { .. }));
        let both = kinds("a;b\n1/2/2026;13/2/2026\n");
        assert_eq!(both[0].value, Kind::Date(DateOrder::DayMonthYear));
        assert!(matches!(both[0].reason, KindReason::Cells { .. }));
    }

    #[test]
    fn names_of_columns_matter() {
        assert_eq!(kinds("Record ID\n40100000\n")[0].reason, KindReason::Identifier);
        assert_eq!(values("Amount\n1054\nTBD\n"), [Kind::Number(DecimalMark::Point)]);
        assert_eq!(values("Remark here\n1054\nTBD\n"), [Kind::Text]);
    }
}

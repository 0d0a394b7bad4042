//! Excel workbooks come in as texts do.

use loudou::codec::csv::{Kind, Measure, Origin, SheetReason, SkipReason};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::*;

fn workbook(fill: impl FnOnce(&mut Workbook) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(&mut workbook).unwrap();
    workbook.save_to_buffer().unwrap()
}

fn write(sheet: &mut Worksheet, first: u32, rows: &[&[&str]]) -> Result<(), XlsxError> {
    for (line, row) in (first..).zip(rows) {
        for (column, cell) in (0..).zip(*row) {
            if !cell.is_empty() {
                sheet.write(line, column, *cell)?;
            }
        }
    }
    Ok(())
}

fn day(text: &str) -> ExcelDateTime {
    ExcelDateTime::parse_from_str(text).unwrap()
}

/// Title, header, dates, amounts with noise, booleans, an empty row, a row of totals.
fn report(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let date = Format::new().set_num_format("d/m/yyyy");
    let money = Format::new().set_num_format("#,##0.00 \"€\"");
    sheet.set_name("Open deals")?;
    write(sheet, 0, &[&["Deals of May"], &[], &["Record ID", "Deal Name", "Stage", "Amount", "Create Date", "Won"]])?;
    for (line, (name, amount, created)) in (3..).zip([
        ("Alpha", 0.1 + 0.2, "2026-03-01"),
        ("Beta", 1.054, "2026-04-30"),
        ("Gamma", 12_000.0, "1899-12-31"),
    ]) {
        sheet.write(line, 0, f64::from(line) + 1000.0)?;
        write_at(sheet, line, &[name, "Proposal"])?;
        sheet.write_with_format(line, 3, amount, &money)?;
        sheet.write_with_format(line, 5, false, &money)?;
        if created > "1900" {
            sheet.write_with_format(line, 4, day(created), &date)?;
        }
    }
    sheet.write(7, 0, "Total")?;
    sheet.write(7, 3, 12_001.35)?;
    Ok(())
}

fn write_at(sheet: &mut Worksheet, line: u32, cells: &[&str]) -> Result<(), XlsxError> {
    (1..).zip(cells).try_for_each(|(column, cell)| sheet.write(line, column, *cell).map(|_| ()))
}

fn chosen(sheet: &Sheet) -> (Vec<String>, usize, SheetReason) {
    let Origin::Workbook { sheets, sheet } = sheet.shape.origin.clone() else { panic!("no workbook") };
    (sheets, sheet.value, sheet.reason)
}

#[test]
fn cells_say_what_the_workbook_knows() {
    let bytes = workbook(|book| report(book.add_worksheet()));
    let read = sheet(&bytes);
    assert_eq!(chosen(&read), (vec!["Open deals".to_owned()], 0, SheetReason::Only));
    assert_eq!(read.shape.origin.sheet(), None, "the only sheet needs no name");
    let rows: Vec<(u32, Vec<&str>)> = read.rows.iter().map(|row| (row.line, row.iter().collect())).collect();
    assert_eq!(
        rows,
        [
            (4, vec!["1003", "Alpha", "Proposal", "0.3", "2026-03-01", "FALSE"]),
            (5, vec!["1004", "Beta", "Proposal", "1.054", "2026-04-30", "FALSE"]),
            (6, vec!["1005", "Gamma", "Proposal", "12000", "", "FALSE"]),
        ]
    );
    let skipped: Vec<_> = read.shape.skipped.iter().map(|line| (line.line, line.reason)).collect();
    assert_eq!(skipped, [(1, SkipReason::Title), (3, SkipReason::Header), (8, SkipReason::Footer)]);
    assert_eq!(read.shape.columns[3].kind.value, Kind::Number(DecimalMark::Point), "1.054 is no thousand here");
    let (import, after) = import(&[("r.xlsx", &read)], &Options::default(), &super::workspace());
    assert_eq!(import.summary.problems, []);
    assert_eq!(deal(&after, "1004").standing().amount, Money::from_minor(105));
    assert_eq!(deal(&after, "1003").history()[0].on.unwrap().to_string(), "2026-03-01");
}

#[test]
fn a_column_of_thin_fractions_is_no_column_of_thousands() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        write(sheet, 0, &[&["Deal Name", "Stage", "Amount"]])?;
        for line in 1..5 {
            write(sheet, line, &[&["A", "Proposal"]])?;
            sheet.write(line, 2, 1.054 + f64::from(line))?;
        }
        Ok(())
    });
    assert_eq!(sheet(&bytes).shape.columns[2].kind.value, Kind::Number(DecimalMark::Point));
    // As a text, the same is in doubt.
    let text = sheet(b"Deal Name,Stage,Amount\nA,Proposal,2.054\nB,Proposal,3.054\n");
    assert_eq!(text.shape.columns[2].kind.value, Kind::Number(DecimalMark::Comma));
}

#[test]
fn the_sheet_with_known_names_is_read_until_the_user_chooses() {
    let bytes = workbook(|book| {
        write(book.add_worksheet().set_name("Read me")?, 0, &[&["About this file"], &["made by hand"]])?;
        let hidden = book.add_worksheet();
        hidden.set_hidden(true);
        write(hidden.set_name("Old")?, 0, &[&["Deal Name", "Stage"], &["X", "Proposal"]])?;
        report(book.add_worksheet())?;
        write(book.add_worksheet().set_name("客户")?, 0, &[&["客户名称", "行业"], &["甲", "钢铁"], &["乙", "玻璃"]])
    });
    let deals = sheet(&bytes);
    let names = ["Read me", "Old", "Open deals", "客户"].map(str::to_owned).to_vec();
    assert_eq!(chosen(&deals), (names.clone(), 2, SheetReason::KnownNames));
    assert_eq!(deals.shape.origin.sheet(), Some("Open deals"));
    let customers = read(&bytes, &Reading { sheet: Some(3), ..Reading::default() }).unwrap();
    assert_eq!(chosen(&customers), (names, 3, SheetReason::Chosen));
    let (import, after) = import(&[("b.xlsx", &customers)], &Options::default(), &super::workspace());
    assert_eq!((import.summary.files[0].kind, after.customers.len()), (FileKind::Customers, 2));
    // Another decision keeps the sheet.
    let header = read(&bytes, &Reading { header: Some(Some(4)), ..Reading::default() }).unwrap();
    assert_eq!((chosen(&header).1, header.rows.len()), (2, 2));
    assert_eq!(read(&bytes, &Reading { sheet: Some(9), ..Reading::default() }), Err(Refusal::NoRows));
}

#[test]
fn merged_cells_speak_for_each_of_their_rows() {
    let plain = Format::new();
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        write(sheet, 1, &[&["客户名称", "商机名称", "商机阶段", "金额"]])?;
        write(sheet, 2, &[&["甲", "一", "谈判"], &["", "二", "谈判"], &["", "三", "谈判"], &["乙", "四", "谈判"]])?;
        sheet.merge_range(0, 0, 0, 3, "五月商机", &plain)?;
        sheet.merge_range(2, 0, 4, 0, "甲", &plain)?;
        sheet.merge_range(2, 3, 3, 3, "", &plain)?;
        sheet.write(2, 3, 900)?;
        sheet.write(4, 3, 50)?;
        Ok(())
    });
    let read = sheet(&bytes);
    let rows: Vec<[&str; 3]> = read.rows.iter().map(|row| [row.cell(0), row.cell(1), row.cell(3)]).collect();
    assert_eq!(rows, [["甲", "一", "900"], ["甲", "二", ""], ["甲", "三", "50"], ["乙", "四", ""]]);
}

#[test]
fn days_counted_from_1904_are_the_same_days() {
    let made = workbook(|book| report(book.add_worksheet()));
    let moved = rewrite(&made, "xl/workbook.xml", |text| {
        let old = text.find("<workbookPr").unwrap();
        let end = old + text[old..].find("/>").unwrap();
        [&text[..end], " date1904=\"1\"", &text[end..]].concat()
    });
    let read = sheet(&moved);
    // The serials are those of 1900, so every day is four years and a day later.
    assert_eq!(read.rows[0].cell(4), "2030-03-02");
}

/// The workbook with one part of it changed.
fn rewrite(bytes: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    use std::io::{Cursor, Read as _, Write as _};
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..from.len() {
        let mut part = from.by_index(place).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let part = part.name().unwrap();
        to.start_file(part.clone(), zip::write::SimpleFileOptions::default()).unwrap();
        let text = if part == name { change(&text) } else { text };
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn what_would_not_fit_is_refused_before_it_is_read() {
    let sheet_part = "xl/worksheets/sheet1.xml";
    let made = workbook(|book| write(book.add_worksheet(), 0, &[&["Deal Name", "Stage"], &["A", "Proposal"]]));
    let with = |cells: String| {
        let bytes = rewrite(&made, sheet_part, |text| text.replace("</sheetData>", &(cells.clone() + "</sheetData>")));
        read(&bytes, &Reading::default())
    };
    let swollen = |result: Result<Sheet, Refusal>| match result {
        Err(Refusal::Swollen { measure, .. }) => Some(measure),
        _ => None,
    };
    // One cell in the last corner of the sheet.
    let corner = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    assert_eq!(swollen(with(corner.to_owned())), Some(Measure::Columns));
    // A wide row and a long column: few cells, many between them.
    let wide = "<row r=\"3\"><c r=\"DDD3\"><v>1</v></c></row>".to_owned();
    let long = (4..9000).map(|line| format!("<row r=\"{line}\"><c r=\"A{line}\"><v>1</v></c></row>"));
    assert_eq!(swollen(with(std::iter::once(wide).chain(long).collect())), Some(Measure::Cells));
    // Beyond the format's own bounds.
    for row in ["0", "9999999"] {
        let result = with(format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>"));
        assert!(result.is_ok() || result == Err(Refusal::Damaged), "{row}");
    }
}

#[test]
fn damage_is_told_from_protection() {
    let made = workbook(|book| report(book.add_worksheet()));
    assert_eq!(read(&made[..made.len() - 40], &Reading::default()), Err(Refusal::Damaged));
    assert_eq!(read(&made[..made.len() / 2], &Reading::default()), Err(Refusal::Damaged));
    let broken = rewrite(&made, "xl/worksheets/sheet1.xml", |text| text.replace("</sheetData>", "<row></worksheet>"));
    assert_eq!(read(&broken, &Reading::default()), Err(Refusal::Damaged));
    let empty = workbook(|book| book.add_worksheet().set_name("Nothing").map(|_| ()));
    assert_eq!(read(&empty, &Reading::default()), Err(Refusal::NoRows));
}

#[test]
fn a_workbook_gives_the_deals_of_the_text() {
    let names = ["maven/sales_pipeline.csv", "maven/variants/sales_pipeline.xlsx"];
    let Some(paths) = names.iter().map(|name| shared(name)).collect::<Option<Vec<_>>>() else { return };
    let [text, book] = [0, 1].map(|file| {
        let clock = Instant::now();
        let read = sheet(&fs::read(&paths[file]).unwrap());
        println!("{}: {:?}", names[file], clock.elapsed());
        let (import, after) = import(&[("sales_pipeline.csv", &read)], &Options::default(), &super::workspace());
        assert_eq!(import.summary.problems, []);
        after
    });
    assert!(text == book, "the records differ");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_does_harm(flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..30)) {
        let properties = DocProperties::new().set_creation_datetime(&day("2026-01-01"));
        let mut bytes = workbook(|book| {
            book.set_properties(&properties);
            report(book.add_worksheet())
        });
        for (place, value) in flips {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        survive(&bytes)?;
    }

    #[test]
    fn no_damaged_part_does_harm(
        part in 0..4_usize,
        flips in proptest::collection::vec((any::<prop::sample::Index>(), "[<>/\"=a-z0-9&;]{0,3}"), 1..10),
    ) {
        let made = workbook(|book| report(book.add_worksheet()));
        let parts = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"];
        let bytes = rewrite(&made, parts[part], |text| {
            let mut text = text.to_owned();
            for (place, with) in &flips {
                let place = place.index(text.len());
                if text.is_char_boundary(place) && text.is_char_boundary(place + 1) {
                    text.replace_range(place..=place, with);
                }
            }
            text
        });
        survive(&bytes)?;
    }
}

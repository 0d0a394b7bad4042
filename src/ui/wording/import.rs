//! The words of the importer.

use super::I18n;
use crate::{
    codec::csv::{
        DateError, DateOrder, DecimalMark, DialectReason, Encoding, EncodingReason, Field, FileFormat, FileKind,
        HeaderReason, Joined, Kind, Measure, NumberError, OrderReason, ProblemKind, Refusal, SheetReason, StageRole,
    },
    i18n::t_string,
    ui::{background::NoAnswer, format::Format},
};

/// Why the background worker gave no answer.
pub fn no_answer(i18n: I18n, value: &NoAnswer) -> &'static str {
    match value {
        NoAnswer::NotStarted => t_string!(i18n, import.failed.not_started),
        NoAnswer::Broken(_) => t_string!(i18n, import.failed.broken),
    }
}

/// What a column means.
pub fn field(i18n: I18n, value: Field) -> &'static str {
    match value {
        Field::Reference => t_string!(i18n, import.field.reference),
        Field::Name => t_string!(i18n, import.field.name),
        Field::Title => t_string!(i18n, import.field.title),
        Field::Customer => t_string!(i18n, import.field.customer),
        Field::CustomerReference => t_string!(i18n, import.field.customer_reference),
        Field::Contact => t_string!(i18n, import.field.contact),
        Field::ContactReference => t_string!(i18n, import.field.contact_reference),
        Field::Stage => t_string!(i18n, import.field.stage),
        Field::Pipeline => t_string!(i18n, import.field.pipeline),
        Field::Status => t_string!(i18n, import.field.status),
        Field::Closed => t_string!(i18n, import.field.closed),
        Field::Won => t_string!(i18n, import.field.won),
        Field::Lost => t_string!(i18n, import.field.lost),
        Field::Active => t_string!(i18n, import.field.active),
        Field::Amount => t_string!(i18n, import.field.amount),
        Field::WonAmount => t_string!(i18n, import.field.won_amount),
        Field::Currency => t_string!(i18n, import.field.currency),
        Field::WeightedAmount => t_string!(i18n, import.field.weighted_amount),
        Field::Probability => t_string!(i18n, import.field.probability),
        Field::ExpectedClose => t_string!(i18n, import.field.expected_close),
        Field::CloseDate => t_string!(i18n, import.field.close_date),
        Field::ClosedOn => t_string!(i18n, import.field.closed_on),
        Field::WonOn => t_string!(i18n, import.field.won_on),
        Field::LostOn => t_string!(i18n, import.field.lost_on),
        Field::Created => t_string!(i18n, import.field.created),
        Field::StageEntered => t_string!(i18n, import.field.stage_entered),
        Field::StageLeft => t_string!(i18n, import.field.stage_left),
        Field::EnteredStage => t_string!(i18n, import.field.entered_stage),
        Field::Modified => t_string!(i18n, import.field.modified),
        Field::ChangedField => t_string!(i18n, import.field.changed_field),
        Field::OldValue => t_string!(i18n, import.field.old_value),
        Field::NewValue => t_string!(i18n, import.field.new_value),
        Field::ChangedOn => t_string!(i18n, import.field.changed_on),
        Field::LastActivity => t_string!(i18n, import.field.last_activity),
        Field::Owner => t_string!(i18n, import.field.owner),
        Field::OwnerReference => t_string!(i18n, import.field.owner_reference),
        Field::Department => t_string!(i18n, import.field.department),
        Field::Manager => t_string!(i18n, import.field.manager),
        Field::Source => t_string!(i18n, import.field.source),
        Field::DealType => t_string!(i18n, import.field.deal_type),
        Field::NextStep => t_string!(i18n, import.field.next_step),
        Field::LostReason => t_string!(i18n, import.field.lost_reason),
        Field::Forecast => t_string!(i18n, import.field.forecast),
        Field::Product => t_string!(i18n, import.field.product),
        Field::Units => t_string!(i18n, import.field.units),
        Field::Series => t_string!(i18n, import.field.series),
        Field::Price => t_string!(i18n, import.field.price),
        Field::Industry => t_string!(i18n, import.field.industry),
        Field::Size => t_string!(i18n, import.field.size),
        Field::Revenue => t_string!(i18n, import.field.revenue),
        Field::Territory => t_string!(i18n, import.field.territory),
        Field::Address => t_string!(i18n, import.field.address),
        Field::Founded => t_string!(i18n, import.field.founded),
        Field::Parent => t_string!(i18n, import.field.parent),
        Field::Phone => t_string!(i18n, import.field.phone),
        Field::Email => t_string!(i18n, import.field.email),
        Field::JobTitle => t_string!(i18n, import.field.job_title),
        Field::Tags => t_string!(i18n, import.field.tags),
        Field::Priority => t_string!(i18n, import.field.priority),
        Field::Notes => t_string!(i18n, import.field.notes),
    }
}

/// What the rows of a file are.
pub fn file_kind(i18n: I18n, value: FileKind) -> &'static str {
    match value {
        FileKind::Deals => t_string!(i18n, import.kind.deals),
        FileKind::Customers => t_string!(i18n, import.kind.customers),
        FileKind::People => t_string!(i18n, import.kind.people),
        FileKind::Products => t_string!(i18n, import.kind.products),
    }
}

/// An encoding.
pub fn encoding(i18n: I18n, value: Encoding) -> &'static str {
    match value {
        Encoding::Utf8 => t_string!(i18n, import.encoding.utf8),
        Encoding::Utf16Le => t_string!(i18n, import.encoding.utf16le),
        Encoding::Utf16Be => t_string!(i18n, import.encoding.utf16be),
        Encoding::Gb18030 => t_string!(i18n, import.encoding.gb18030),
        Encoding::Windows1252 => t_string!(i18n, import.encoding.windows1252),
    }
}

/// Why an encoding is believed in.
pub fn encoding_reason(i18n: I18n, value: EncodingReason) -> &'static str {
    match value {
        EncodingReason::Chosen => t_string!(i18n, import.encoding.chosen),
        EncodingReason::ByteOrderMark => t_string!(i18n, import.encoding.mark),
        EncodingReason::NulPattern => t_string!(i18n, import.encoding.nul),
        EncodingReason::ValidUtf8 => t_string!(i18n, import.encoding.valid),
        EncodingReason::ChinesePairs => t_string!(i18n, import.encoding.pairs),
        EncodingReason::LastResort => t_string!(i18n, import.encoding.last),
    }
}

/// What stands between cells; a delimiter without a name stands for itself.
pub fn delimiter(i18n: I18n, value: char) -> String {
    match value {
        ',' => t_string!(i18n, import.delimiter.comma).to_owned(),
        ';' => t_string!(i18n, import.delimiter.semicolon).to_owned(),
        '\t' => t_string!(i18n, import.delimiter.tab).to_owned(),
        '|' => t_string!(i18n, import.delimiter.bar).to_owned(),
        other => other.to_string(),
    }
}

/// Why a delimiter is believed in.
pub fn delimiter_reason(i18n: I18n, value: DialectReason) -> String {
    match value {
        DialectReason::Chosen => t_string!(i18n, import.delimiter.chosen).to_owned(),
        DialectReason::Declared => t_string!(i18n, import.delimiter.declared).to_owned(),
        DialectReason::SameWidth { percent, columns } => {
            t_string!(i18n, import.delimiter.width, percent = percent, columns = columns).to_string()
        }
        DialectReason::OneColumn => t_string!(i18n, import.delimiter.one).to_owned(),
    }
}

/// Why a sheet is believed to be the one that is meant.
pub fn sheet_reason(i18n: I18n, value: SheetReason) -> &'static str {
    match value {
        SheetReason::Chosen => t_string!(i18n, import.sheet.chosen),
        SheetReason::Only => t_string!(i18n, import.sheet.only),
        SheetReason::KnownNames => t_string!(i18n, import.sheet.known),
        SheetReason::FirstWithRows => t_string!(i18n, import.sheet.first),
    }
}

/// Why the header is where it is.
pub fn header_reason(i18n: I18n, format: Format, value: HeaderReason) -> String {
    match value {
        HeaderReason::Chosen => t_string!(i18n, import.header.chosen).to_owned(),
        HeaderReason::KnownNames { count } => {
            t_string!(i18n, import.header.known, count = count, n = format.count(count)).to_string()
        }
        HeaderReason::UnlikeData => t_string!(i18n, import.header.unlike).to_owned(),
        HeaderReason::LikeData => t_string!(i18n, import.header.like).to_owned(),
    }
}

/// What a column holds.
pub fn holds(i18n: I18n, value: Kind) -> &'static str {
    match value {
        Kind::Empty => t_string!(i18n, import.holds.empty),
        Kind::Text => t_string!(i18n, import.holds.text),
        Kind::Number(DecimalMark::Point) => t_string!(i18n, import.holds.number_point),
        Kind::Number(DecimalMark::Comma) => t_string!(i18n, import.holds.number_comma),
        Kind::Date(DateOrder::YearMonthDay) => t_string!(i18n, import.holds.date_ymd),
        Kind::Date(DateOrder::DayMonthYear) => t_string!(i18n, import.holds.date_dmy),
        Kind::Date(DateOrder::MonthDayYear) => t_string!(i18n, import.holds.date_mdy),
        Kind::Date(DateOrder::ExcelSerial) => t_string!(i18n, import.holds.date_serial),
        Kind::Boolean => t_string!(i18n, import.holds.boolean),
    }
}

/// What a value of the stage column means.
pub fn stage_role(i18n: I18n, value: StageRole) -> &'static str {
    match value {
        StageRole::Open => t_string!(i18n, import.stages.open),
        StageRole::Won => t_string!(i18n, import.stages.won),
        StageRole::Lost => t_string!(i18n, import.stages.lost),
        StageRole::Dormant => t_string!(i18n, import.stages.dormant),
    }
}

/// Why the stages follow one another in an order.
pub fn order_reason(i18n: I18n, value: OrderReason) -> &'static str {
    match value {
        OrderReason::Model => t_string!(i18n, import.stages.order_model),
        OrderReason::Chosen => t_string!(i18n, import.stages.order_chosen),
        OrderReason::Numbered => t_string!(i18n, import.stages.order_numbered),
        OrderReason::Probability => t_string!(i18n, import.stages.order_probability),
        OrderReason::HistoryColumns => t_string!(i18n, import.stages.order_history),
        OrderReason::KnownNames => t_string!(i18n, import.stages.order_known),
        OrderReason::Appearance => t_string!(i18n, import.stages.order_appearance),
    }
}

/// A kind of record that is joined by name.
pub fn joined(i18n: I18n, value: Joined) -> &'static str {
    match value {
        Joined::Customer => t_string!(i18n, import.names.customer),
        Joined::Person => t_string!(i18n, import.names.person),
        Joined::Product => t_string!(i18n, import.names.product),
    }
}

/// What is wrong with a row or a cell.
pub fn problem(i18n: I18n, value: ProblemKind) -> String {
    if let ProblemKind::Width { cells, expected } = value {
        return t_string!(i18n, import.problems.width, cells = cells, expected = expected).to_string();
    }
    problem_class(i18n, value).to_owned()
}

/// The same without figures: problems of one class have the same words.
pub fn problem_class(i18n: I18n, value: ProblemKind) -> &'static str {
    match value {
        ProblemKind::Width { .. } => t_string!(i18n, import.problems.width_any),
        ProblemKind::Number(NumberError::NotANumber) => t_string!(i18n, import.problems.not_number),
        ProblemKind::Number(NumberError::Separators) => t_string!(i18n, import.problems.separators),
        ProblemKind::Number(NumberError::TooLarge) => t_string!(i18n, import.problems.number_large),
        ProblemKind::AmountBound => t_string!(i18n, import.problems.amount_bound),
        ProblemKind::Units => t_string!(i18n, import.problems.units),
        ProblemKind::Date(DateError::NotADate) => t_string!(i18n, import.problems.not_date),
        ProblemKind::Date(DateError::NoSuchDay) => t_string!(i18n, import.problems.no_such_day),
        ProblemKind::Date(_) => t_string!(i18n, import.problems.date_unusable),
        ProblemKind::NoName => t_string!(i18n, import.problems.no_name),
        ProblemKind::NoStage => t_string!(i18n, import.problems.no_stage),
        ProblemKind::RepeatedReference => t_string!(i18n, import.problems.repeated),
        ProblemKind::Currency => t_string!(i18n, import.problems.currency),
        ProblemKind::ClosedWithoutDate => t_string!(i18n, import.problems.closed_undated),
        ProblemKind::DateOrder => t_string!(i18n, import.problems.date_order),
        ProblemKind::StageWithoutDate => t_string!(i18n, import.problems.stage_undated),
        ProblemKind::OtherChange => t_string!(i18n, import.problems.other_change),
        ProblemKind::StandsElsewhere => t_string!(i18n, import.problems.stands_elsewhere),
        ProblemKind::HistoryDiffers => t_string!(i18n, import.problems.history_differs),
        ProblemKind::OtherModel => t_string!(i18n, import.problems.other_model),
        ProblemKind::OpenQuote => t_string!(i18n, import.problems.open_quote),
        ProblemKind::Unreadable => t_string!(i18n, import.problems.unreadable),
    }
}

/// Why a file is refused as a whole.
pub fn refusal(i18n: I18n, value: &Refusal) -> &'static str {
    match value {
        Refusal::Empty => t_string!(i18n, import.refused.empty),
        Refusal::TooLarge { .. } => t_string!(i18n, import.refused.too_large),
        Refusal::NoRows => t_string!(i18n, import.refused.no_rows),
        Refusal::Encrypted => t_string!(i18n, import.refused.encrypted),
        Refusal::Damaged => t_string!(i18n, import.refused.damaged),
        Refusal::Swollen { measure, .. } => match measure {
            Measure::Parts | Measure::Bytes => t_string!(i18n, import.refused.unpacked),
            Measure::Columns => t_string!(i18n, import.refused.columns),
            Measure::Cells | Measure::Text => t_string!(i18n, import.refused.cells),
        },
        Refusal::WrongFormat { format } => match format {
            FileFormat::Xlsx | FileFormat::Xls => t_string!(i18n, import.refused.xls),
            FileFormat::Zip => t_string!(i18n, import.refused.zip),
            FileFormat::Gzip => t_string!(i18n, import.refused.gzip),
            FileFormat::Pdf => t_string!(i18n, import.refused.pdf),
            FileFormat::Image => t_string!(i18n, import.refused.image),
            FileFormat::Json => t_string!(i18n, import.refused.json),
            FileFormat::Html => t_string!(i18n, import.refused.html),
            FileFormat::Binary => t_string!(i18n, import.refused.binary),
        },
    }
}

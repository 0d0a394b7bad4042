//! What was done with a customer (跟进记录).

use super::{ActivityId, CustomerId, Date, DealId, Money, PersonId};

/// What kind of contact it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActivityKind {
    /// 拜访
    Visit,
    /// 电话
    Call,
    /// 演示
    Demo,
    /// 邮件
    Email,
    /// 短信
    Sms,
    /// 会议
    Meeting,
    /// 回访, after a sale, with the customer's satisfaction
    ReturnVisit,
    /// 服务请求
    ServiceRequest,
    /// 备注: something worth keeping that was no contact
    Note,
}

/// One contact with a customer, past or planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Unique within the workspace.
    pub id: ActivityId,
    /// The day it happened.
    pub on: Date,
    /// What it was.
    pub kind: ActivityKind,
    /// Who did it.
    pub by: Option<PersonId>,
    /// With whom.
    pub customer: Option<CustomerId>,
    /// For which deal.
    pub deal: Option<DealId>,
    /// What was said and seen.
    pub note: String,
    /// What came of it.
    pub result: String,
    /// What follows from it.
    pub next_step: String,
    /// The customer's satisfaction, 1 to 5, after a return visit.
    pub satisfaction: Option<u8>,
    /// Time spent, in minutes.
    pub minutes: Option<u32>,
    /// Money spent.
    pub cost: Option<Money>,
}

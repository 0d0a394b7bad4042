//! The next deal after a won one (重复购买).

use super::{Deal, DealDetails, DealId, Money, NewDeal, ProductLine, Workspace};

/// What some product lines are worth: units × price over the lines that have a price. `None` when none has, or when the sum is beyond
/// the bound of [`Money`].
///
/// ```
/// use loudou::model::{Money, ProductLine, worth};
/// let line = |units, price| ProductLine { product: 1.into(), units, price: Money::from_minor(price) };
/// assert_eq!(worth(&[line(2, 500), line(1, 70)]), Money::from_minor(1_070));
/// assert_eq!(worth(&[]), None);
/// ```
pub fn worth(lines: &[ProductLine]) -> Option<Money> {
    let priced = lines.iter().filter_map(|line| line.price.map(|price| price.times(line.units)));
    priced.reduce(|sum, line| sum?.plus(line?)).flatten()
}

/// The deal that follows from `deal`: the same customer, contact and product lines, in the first stage of the same model, with the same
/// owner as long as that person works here. The amount is what the lines are worth; an earlier amount says nothing about the next one.
///
/// `None` when the model is gone or has no stage.
pub fn repeat(workspace: &Workspace, deal: &Deal, id: DealId, title: String) -> Option<NewDeal> {
    let standing = deal.standing();
    let model = workspace.models.get(standing.model)?;
    let works_here = |id: &_| workspace.people.get(*id).is_some_and(|person| person.active);
    let details = DealDetails {
        title,
        customer: deal.details.customer,
        contact: deal.details.contact,
        lines: deal.details.lines.clone(),
        follows: Some(deal.id),
        ..DealDetails::default()
    };
    Some(NewDeal {
        id,
        amount: worth(&details.lines),
        details,
        model: model.id,
        stage: model.stages.first()?.id,
        owner: standing.owner.filter(works_here),
        expected_close: None,
    })
}

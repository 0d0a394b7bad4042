//! Dragging a card of the board.

use crate::{
    model::DealId,
    ui::parts::{
        drag::{self, Scrolls},
        mover::{Mover, Target},
    },
};

/// The drag of a board. Copy it freely.
pub type Drag = drag::Drag<DealId, Target>;

/// Listens to the pointer as long as the board is shown.
pub fn listen(mover: Mover) -> Drag {
    Drag::listen(Scrolls::Row(".board__columns"), read, move |deal, target| mover.go(deal, target))
}

/// The name of a target in `data-drop`.
pub fn name(target: Target) -> String {
    match target {
        Target::Stage(stage) => stage.to_string(),
        Target::Won => "won".to_owned(),
        Target::Lost => "lost".to_owned(),
        Target::Dormant => "dormant".to_owned(),
        Target::Open => "open".to_owned(),
    }
}

fn read(name: &str) -> Option<Target> {
    let outcome = [Target::Won, Target::Lost, Target::Dormant].into_iter().find(|target| self::name(*target) == name);
    outcome.or_else(|| name.parse().ok().map(Target::Stage))
}

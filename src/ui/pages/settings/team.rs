//! Departments and people.

use std::sync::Arc;

use leptos::prelude::*;

use super::rows::{AddRow, Desk, Part, RemoveButton, TextCell};
use crate::{
    i18n::{t_string, use_i18n},
    model::{Command, Department, DepartmentId, Person, PersonId},
    store::{Store, use_store},
    ui::components::{choice::Choice, field::Checkbox},
};

/// The departments as choices, after "none".
fn departments(store: Store, none: &str) -> Vec<(String, String)> {
    let mut choices = vec![(String::new(), none.to_owned())];
    store.with(|workspace| {
        choices.extend(
            workspace.departments.iter().map(|department| (department.id.to_string(), department.name.clone())),
        );
    });
    choices
}

/// The departments, one inside another.
#[component]
pub(super) fn Departments() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let desk = Desk::new();
    let all = Memo::new(move |_| store.with(|workspace| workspace.departments.iter().cloned().collect::<Vec<_>>()));
    let choices = Memo::new(move |_| departments(store, t_string!(i18n, settings.company)));
    let row = move |id: DepartmentId| {
        let department = Memo::new(move |_| all.with(|all| all.iter().find(|department| department.id == id).cloned()));
        let name = Signal::derive(move || {
            department.with(|known| known.as_ref().map(|known| known.name.clone())).unwrap_or_default()
        });
        let put = move |change: &dyn Fn(&mut Department)| {
            if let Some(known) = department.get_untracked() {
                let mut next = Arc::unwrap_or_clone(known);
                change(&mut next);
                desk.send(Command::PutDepartment(next));
            }
        };
        let parent = Signal::derive(move || {
            department
                .with(|known| known.as_ref().and_then(|known| known.parent))
                .map(|id| id.to_string())
                .unwrap_or_default()
        });
        let remove = move |()| {
            desk.send(Command::RemoveDepartment(id));
        };
        view! {
            <li class="settings__row">
                <TextCell desk label=Signal::derive(move || t_string!(i18n, domain.field.department).to_owned()) value=name on_change=move |text: String| put(&|next| text.trim().clone_into(&mut next.name))/>
                <Choice label=Signal::derive(move || t_string!(i18n, settings.parent).to_owned()) options=choices value=parent on_change=move |text: String| put(&|next| next.parent = text.parse().ok())/>
                <RemoveButton label=Signal::derive(move || t_string!(i18n, settings.remove, name = name.get()).to_string()) on_remove=remove/>
            </li>
        }
    };
    let on_add = move |name: String| {
        let id = DepartmentId::new(store.fresh());
        desk.send(Command::PutDepartment(Department { id, name, parent: None, manager: String::new() }))
    };
    let ids = move || all.with(|all| all.iter().map(|department| department.id).collect::<Vec<_>>());
    view! {
        <Part
            title=Signal::derive(move || t_string!(i18n, settings.departments).to_owned())
            what=Signal::derive(move || t_string!(i18n, settings.departments_what).to_owned())
            desk
        >
            <ul class="settings__rows"><For each=ids key=|id| *id children=row/></ul>
            <AddRow desk label=Signal::derive(move || t_string!(i18n, settings.new_department).to_owned()) on_add/>
        </Part>
    }
    .into_any()
}

/// The people of the team.
#[component]
pub(super) fn People() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let desk = Desk::new();
    let all = Memo::new(move |_| store.with(|workspace| workspace.people.iter().cloned().collect::<Vec<_>>()));
    let choices = Memo::new(move |_| departments(store, t_string!(i18n, settings.no_department)));
    let row = move |id: PersonId| {
        let person = Memo::new(move |_| all.with(|all| all.iter().find(|person| person.id == id).cloned()));
        let name = Signal::derive(move || {
            person.with(|known| known.as_ref().map(|known| known.name.clone())).unwrap_or_default()
        });
        let put = move |change: &dyn Fn(&mut Person)| {
            if let Some(known) = person.get_untracked() {
                let mut next = Arc::unwrap_or_clone(known);
                change(&mut next);
                desk.send(Command::PutPerson(next));
            }
        };
        let department = Signal::derive(move || {
            person
                .with(|known| known.as_ref().and_then(|known| known.department))
                .map(|id| id.to_string())
                .unwrap_or_default()
        });
        let active = Signal::derive(move || person.with(|known| known.as_ref().is_some_and(|known| known.active)));
        let remove = move |()| {
            desk.send(Command::RemovePerson(id));
        };
        view! {
            <li class="settings__row">
                <TextCell desk label=Signal::derive(move || t_string!(i18n, settings.person_name).to_owned()) value=name on_change=move |text: String| put(&|next| text.trim().clone_into(&mut next.name))/>
                <Choice label=Signal::derive(move || t_string!(i18n, domain.field.department).to_owned()) options=choices value=department on_change=move |text: String| put(&|next| next.department = text.parse().ok())/>
                <Checkbox label=Signal::derive(move || t_string!(i18n, settings.active).to_owned()) value=active on_change=move |active| put(&|next| next.active = active)/>
                <RemoveButton label=Signal::derive(move || t_string!(i18n, settings.remove, name = name.get()).to_string()) on_remove=remove/>
            </li>
        }
    };
    let on_add = move |name: String| {
        let id = PersonId::new(store.fresh());
        desk.send(Command::PutPerson(Person {
            id,
            name,
            department: None,
            territory: String::new(),
            capacity: None,
            active: true,
        }))
    };
    let ids = move || all.with(|all| all.iter().map(|person| person.id).collect::<Vec<_>>());
    view! {
        <Part
            title=Signal::derive(move || t_string!(i18n, settings.people).to_owned())
            what=Signal::derive(move || t_string!(i18n, settings.people_what).to_owned())
            desk
        >
            <ul class="settings__rows"><For each=ids key=|id| *id children=row/></ul>
            <AddRow desk label=Signal::derive(move || t_string!(i18n, settings.new_person).to_owned()) on_add/>
        </Part>
    }
    .into_any()
}

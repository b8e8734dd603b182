use jiff::civil::date;
use kiez_domain::project::{NewProject, ProjectForm};

fn filled() -> ProjectForm {
    ProjectForm {
        slug: "graefekiez".into(),
        name: "Kiezgrößen Graefekiez".into(),
        label: "Kiezgrößen".into(),
        area: "südlicher Graefekiez".into(),
        from: "01.03.2017".into(),
        to: "2019-12-31".into(),
        carrier: "Nachbarschaft e. V.".into(),
        client: "Bezirksamt".into(),
        funding: "Bund, Land, Bezirk".into(),
        aims: "Erstens\nZweitens".into(),
        ..ProjectForm::default()
    }
}

fn fields(form: ProjectForm) -> Vec<String> {
    NewProject::try_from(form).expect_err("faults").into_iter().map(|issue| issue.field).collect()
}

#[test]
fn a_fact_sheet_is_kept_as_it_was_filled() {
    let project = NewProject::try_from(filled()).expect("filled");
    assert_eq!((project.slug.as_str(), project.name.as_str()), ("graefekiez", "Kiezgrößen Graefekiez"));
    let term = project.term.expect("a term");
    assert_eq!((term.from(), term.to()), (date(2017, 3, 1), Some(date(2019, 12, 31))));
    assert_eq!(project.aims.map(String::from).as_deref(), Some("Erstens\nZweitens"));
    assert!(project.label.is_some() && project.area.is_some() && project.carrier.is_some());
    assert!(project.client.is_some() && project.funding.is_some());
}

#[test]
fn a_slug_and_a_name_are_enough() {
    let form = ProjectForm { slug: "nord".into(), name: "Nord".into(), ..ProjectForm::default() };
    let project = NewProject::try_from(form).expect("enough");
    assert_eq!((project.term, project.label, project.aims), (None, None, None));
}

#[test]
fn a_term_may_be_open_at_its_end_only() {
    let open = NewProject::try_from(ProjectForm { to: String::new(), ..filled() }).expect("open");
    assert_eq!(open.term.and_then(kiez_domain::period::Period::to), None);
    assert_eq!(fields(ProjectForm { from: String::new(), ..filled() }), ["from"]);
    assert_eq!(
        fields(ProjectForm { from: "01.01.2020".into(), ..filled() }),
        ["from"],
        "it ends before it begins"
    );
    assert_eq!(fields(ProjectForm { to: "bald".into(), ..filled() }), ["from"]);
}

#[test]
fn every_fault_is_told_at_once() {
    let long = "x".repeat(301);
    let form = ProjectForm {
        slug: "Graefe Kiez".into(),
        name: String::new(),
        label: long.clone(),
        area: long.clone(),
        from: "gestern".into(),
        carrier: long.clone(),
        client: long.clone(),
        funding: long,
        aims: "a\u{0}".into(),
        ..filled()
    };
    let all = ["slug", "name", "label", "area", "from", "carrier", "client", "funding", "aims"];
    assert_eq!(fields(form), all);
}

//! A new message. From a chart item it is one page: only the text to type.

use crate::web::frame::Frame;
use crate::web::problems::Problems;
use askama::Template;
use domain::draft::Subject;
use domain::pool::Topic;
use service::view::thread::{Compose, TeamChoice};

#[derive(Template)]
#[template(path = "patient/compose.html")]
pub struct ComposePage {
    pub f: Frame,
    pub v: Compose,
    pub problems: Problems,
}

impl ComposePage {
    fn body(&self) -> &str {
        self.v.draft.as_ref().map_or("", |draft| &draft.body)
    }

    fn subject(&self) -> String {
        let typed = self.v.draft.as_ref().map(|draft| draft.subject.clone()).filter(|text| !text.is_empty());
        match (typed, &self.v.about, &self.v.continues) {
            (Some(typed), _, _) => typed,
            (None, Some(about), _) => Subject::about(&about.title).as_str().to_owned(),
            (None, None, Some((_, subject))) => subject.clone(),
            _ => String::new(),
        }
    }

    /// The team that is chosen already: the draft's, the patient's own, or the only one.
    fn team(&self) -> &TeamChoice {
        let drafted = self.v.draft.as_ref().and_then(|draft| draft.pool);
        let teams = &self.v.teams;
        teams
            .iter()
            .find(|team| drafted == Some(team.pool))
            .or_else(|| teams.iter().find(|team| team.is_own))
            .unwrap_or(&teams[0])
    }

    fn has_team(&self, team: &TeamChoice) -> bool {
        self.team().pool == team.pool
    }

    fn has_topic(&self, topic: &Topic) -> bool {
        let drafted = self.v.draft.as_ref().and_then(|draft| draft.topic);
        drafted.or(self.v.topic) == Some(topic.id)
    }
}

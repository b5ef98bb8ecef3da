//! Which list stands beside a conversation: view, pool and page. Kept through every link and form, so
//! that whoever works through a list stays where they are.

use crate::web::visit::TeamVisit;
use domain::id::{PoolId, ThreadId};
use domain::inbox::View;
use service::page::Cursor;
use service::view::inbox::InboxPage;

/// A page of a view of a pool.
#[derive(Clone, Copy, Debug)]
pub struct ListPlace {
    pub view: View,
    pub pool: Option<PoolId>,
    pub after: Option<Cursor>,
}

impl ListPlace {
    /// As the address gives it; "to do" where it does not.
    pub fn asked(visit: &TeamVisit) -> ListPlace {
        let view = visit.asked::<String>("view").and_then(|word| View::from_word(&word));
        ListPlace { view: view.unwrap_or_default(), pool: visit.asked("pool"), after: visit.after() }
    }

    /// Of a list that was read from `after` on.
    pub fn of(inbox: &InboxPage, after: Option<Cursor>) -> ListPlace {
        ListPlace { view: inbox.view, pool: Some(inbox.pool), after }
    }

    /// Behind the question mark of a conversation's addresses.
    pub fn query(&self) -> String {
        format!("view={}&{}", self.view.word(), self.page())
    }

    fn page(&self) -> String {
        let pool = self.pool.map(|pool| pool.to_string()).unwrap_or_default();
        let after = self.after.map(|after| format!("&after={after}")).unwrap_or_default();
        format!("pool={pool}{after}")
    }

    /// The list itself.
    pub fn list(&self) -> String {
        format!("/team/inbox/{}?{}", self.view.word(), self.page())
    }

    pub fn thread(&self, thread: &ThreadId) -> String {
        format!("/team/threads/{thread}?{}", self.query())
    }
}

/// The conversation that opens after this one: the one below it in the list, at the end the first
/// one; beside the list, the first that is to do.
pub fn next(inbox: &InboxPage, open: ThreadId, first_to_do: Option<ThreadId>) -> Option<ThreadId> {
    let rows = &inbox.rows.items;
    match rows.iter().position(|row| row.thread == open) {
        Some(at) => {
            let below = rows.get(at + 1).or(rows.first()).map(|row| row.thread);
            below.filter(|below| *below != open)
        }
        None => first_to_do,
    }
}

//! Lists of beginnings of codes, as papers print them: without the point, `A-B` for every beginning of that
//! length between.

/// A code as the lists have it: without its point, in capitals.
pub fn plain(code: &str) -> String {
    code.replace('.', "").to_ascii_uppercase()
}

/// Whether a plain code begins as one of the list does.
pub fn hold(list: &str, code: &str) -> bool {
    list.split_ascii_whitespace().any(|entry| match entry.split_once('-') {
        None => code.starts_with(entry),
        Some((first, last)) => {
            let beginning = code.get(..first.len()).unwrap_or(code);
            (first..=last).contains(&beginning)
        }
    })
}

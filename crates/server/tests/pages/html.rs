//! A simple reader of HTML, enough to see that what is opened is closed.

const VOID: [&str; 10] = ["meta", "link", "input", "br", "hr", "img", "path", "circle", "rect", "source"];

/// What is wrong with the nesting of a page's elements; `Ok` when every element is closed in order.
pub fn balanced(html: &str) -> Result<(), String> {
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let end = rest.find('>').ok_or("a tag without an end")?;
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if tag.starts_with('!') {
            continue;
        }
        let name: String =
            tag.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        if name.is_empty() {
            return Err(format!("a bare < before {tag:.40}"));
        }
        if let Some(closing) = tag.strip_prefix('/') {
            match open.pop() {
                Some(last) if last == closing.trim() => {}
                last => return Err(format!("</{closing}> closes {last:?}")),
            }
        } else if !VOID.contains(&name.as_str()) && !tag.ends_with('/') {
            if name == "textarea" || name == "title" {
                let close = format!("</{name}>");
                let at = rest.find(&close).ok_or(format!("{name} is not closed"))?;
                rest = &rest[at + close.len()..];
                continue;
            }
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("not closed: {open:?}")) }
}

/// Every attribute value of a name.
pub fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

// Live updates: the stream says that a thread changed; the page fetches itself and takes over the
// parts that are marked, without moving the focus or anything the reader is using.

const stream = document.body.dataset.updates;
let timer;

async function fetchPage() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok || new URL(answer.url).pathname !== location.pathname) return null;
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

function takeUnread(fresh) {
  const [mine, theirs] = [document, fresh].map((page) => page.querySelector('[data-unread]'));
  if (!mine || !theirs) return;
  mine.hidden = theirs.hidden;
  mine.replaceChildren(...theirs.childNodes);
}

function takeCounts(fresh) {
  for (const count of document.querySelectorAll('[data-count]')) {
    const theirs = fresh.querySelector(`[data-count="${count.dataset.count}"]`);
    if (theirs) count.textContent = theirs.textContent;
  }
}

// A list in use is never reordered: known rows get their new status, new rows wait behind "Show".
function takeRows(fresh) {
  const list = document.querySelector('[data-list]');
  if (!list) return;
  const known = new Map([...list.children].map((row) => [row.dataset.thread, row]));
  let unseen = 0;
  for (const row of fresh.querySelectorAll('[data-list] > [data-thread]')) {
    const mine = known.get(row.dataset.thread);
    if (!mine) unseen += 1;
    else if (!mine.contains(document.activeElement)) {
      const current = mine.querySelector('[aria-current]');
      mine.className = row.className;
      mine.replaceChildren(...row.childNodes);
      if (current) mine.querySelector('a')?.setAttribute('aria-current', 'true');
    }
  }
  const note = document.querySelector('[data-fresh-list]');
  if (note && unseen > 0 && !note.dataset.shown) {
    note.dataset.shown = '1';
    const show = document.createElement('a');
    show.href = location.href;
    show.textContent = note.dataset.show;
    note.replaceChildren(`${unseen} ${note.dataset.words} `, show);
  }
}

// Whether the reader is in the middle of something there.
function isInUse(part) {
  return part.contains(document.activeElement)
    || [...part.querySelectorAll('textarea')].some((field) => field.value !== field.defaultValue);
}

function tell(words) {
  const place = document.querySelector('[data-live]');
  if (!place || !words) return;
  const line = document.createElement('p');
  line.textContent = words;
  place.replaceChildren(line);
}

function takeParts(fresh) {
  for (const part of document.querySelectorAll('[data-fresh]')) {
    const other = fresh.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
    if (!other || isInUse(part) || isSame(part, other)) continue;
    const news = other.childElementCount > part.childElementCount && part.dataset.news;
    part.className = other.className;
    part.replaceChildren(...other.childNodes);
    part.dispatchEvent(new CustomEvent('fresh', { bubbles: true }));
    if (news) tell(news);
  }
}

// Forms carry a new key each time: that alone is no change.
function isSame(part, other) {
  const bare = (one) => one.innerHTML.replace(/name="client_key" value="[^"]*"/g, '');
  return bare(part) === bare(other);
}

async function refresh() {
  const fresh = await fetchPage().catch(() => null);
  if (!fresh) return;
  takeUnread(fresh);
  takeCounts(fresh);
  takeRows(fresh);
  takeParts(fresh);
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(refresh, 400);
}

export function follow() {
  if (!stream || !window.EventSource) return;
  let source;
  const open = () => {
    source = new EventSource(stream);
    source.addEventListener('changed', later);
    source.addEventListener('ended', () => source.close());
  };
  open();
  addEventListener('pagehide', () => source.close());
  addEventListener('pageshow', (event) => { if (event.persisted) { open(); later(); } });
}

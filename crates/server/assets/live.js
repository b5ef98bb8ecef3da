// Live updates: the stream says which thread changed; the page fetches the part that shows it and takes
// over what is marked, without moving the focus or anything the reader is using. A page that nobody
// looks at fetches nothing: to fetch a message is to have read it.

const stream = document.body.dataset.updates;
const QUIET_MS = 400;
// Browsers allow few connections to one server: a hidden page gives its stream back.
const HIDDEN_MS = 60_000;
// Whoever has moved nothing for so long has left the desk.
const AWAY_MS = 120_000;
const changed = new Set();
let timer;
let source;
let stirred = Date.now();
// A conversation that changed while its reader was away.
let unread = null;

async function fetchPart(address) {
  const answer = await fetch(address, { headers: { accept: 'text/html' } });
  if (!answer.ok || new URL(answer.url).pathname !== new URL(address, location.href).pathname) return null;
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

const rowsOf = (list) => [...(list?.children ?? [])].filter((row) => row.dataset.thread);

function takeRow(mine, row) {
  if (mine.contains(document.activeElement)) return;
  const current = mine.querySelector('[aria-current]');
  mine.className = row.className;
  mine.replaceChildren(...[...row.childNodes].map((node) => node.cloneNode(true)));
  if (current) mine.querySelector('a')?.setAttribute('aria-current', 'true');
}

// What has left the list stays where it is, and says so: nothing moves under the pointer.
function markLeft(list, row) {
  if (!list.dataset.left || row.classList.contains('left')) return;
  row.classList.add('left');
  const word = document.createElement('span');
  word.className = 'hidden';
  word.textContent = list.dataset.left;
  row.querySelector('a')?.append(' ', word);
}

function show(list, rows, unseen) {
  const open = list.querySelector('[aria-current]')?.closest('[data-thread]')?.dataset.thread;
  list.replaceChildren(...rows);
  list.hidden = rows.length === 0;
  document.querySelector('[data-list-empty]')?.toggleAttribute('hidden', rows.length > 0);
  for (const row of rows) {
    if (row.dataset.thread === open) row.querySelector('a')?.setAttribute('aria-current', 'true');
    if (unseen.has(row.dataset.thread)) row.classList.add('came');
  }
  document.querySelector('[data-fresh-list]')?.replaceChildren();
  rows.find((row) => unseen.has(row.dataset.thread))?.querySelector('a')?.focus();
}

// A list in use is never reordered: known rows get their new state, new rows wait behind "Show".
function takeRows(fresh) {
  const list = document.querySelector('[data-list]');
  if (!list) return;
  const theirs = rowsOf(fresh.querySelector('[data-list]'));
  const known = new Map(rowsOf(list).map((row) => [row.dataset.thread, row]));
  const unseen = new Set(theirs.map((row) => row.dataset.thread).filter((thread) => !known.has(thread)));
  for (const row of theirs) {
    const mine = known.get(row.dataset.thread);
    if (mine) takeRow(mine, row);
    known.delete(row.dataset.thread);
  }
  if (!fresh.querySelector('[data-more]')) for (const row of known.values()) markLeft(list, row);
  offer(list, theirs, unseen);
}

function offer(list, rows, unseen) {
  const note = document.querySelector('[data-fresh-list]');
  if (!note) return;
  if (unseen.size === 0) return note.replaceChildren();
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'link';
  button.textContent = note.dataset.show;
  button.addEventListener('click', () => show(list, rows, unseen));
  note.replaceChildren(`${unseen.size} ${note.dataset.words} `, button);
}

// Whether the reader is in the middle of something there.
function isInUse(part) {
  return part.contains(document.activeElement)
    || [...part.querySelectorAll('textarea')].some((field) => field.value !== field.defaultValue);
}

// Forms carry a new key each time: that alone is no change.
function isSame(part, other) {
  const bare = (one) => one.innerHTML.replace(/name="client_key" value="[^"]*"/g, '');
  return bare(part) === bare(other);
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
    if (other.dataset.newest) tellMoved(Number(other.dataset.newest));
  }
}

// A form knows what its writer had seen; what came since is said above it.
function tellMoved(newest) {
  const note = document.querySelector('[data-moved]');
  const seen = Number(document.querySelector('[name=last_seen]')?.value ?? newest);
  if (!note || newest <= seen) return;
  note.hidden = false;
  note.textContent = note.dataset.moved;
}

// To fetch a conversation is to read it, and the patient is told so: nobody reads who has left the desk.
function isAway() {
  return Date.now() - stirred > AWAY_MS;
}

function stir() {
  const wasAway = isAway();
  stirred = Date.now();
  if (wasAway) later();
}

async function refreshTeam() {
  const list = document.querySelector('[data-list-from]');
  const thread = document.querySelector('[data-entries-from]');
  const concerns = thread && (changed.has(thread.dataset.threadPage) || changed.has('all'));
  const parts = [fetchPart(list.dataset.listFrom)];
  if (concerns && !isAway()) parts.push(fetchPart(thread.dataset.entriesFrom));
  else if (concerns) unread = thread.dataset.threadPage;
  const [rows, entries] = await Promise.all(parts);
  if (rows) {
    takeCounts(rows);
    takeRows(rows);
  }
  if (entries) takeParts(entries);
}

async function refreshPage() {
  const fresh = await fetchPart(location.href);
  if (!fresh) return;
  takeUnread(fresh);
  takeCounts(fresh);
  takeRows(fresh);
  takeParts(fresh);
}

function later() {
  clearTimeout(timer);
  if (document.hidden || changed.size === 0) return;
  timer = setTimeout(refresh, QUIET_MS);
}

// What a failed fetch was to show is fetched with the next one.
async function refresh() {
  const asked = [...changed];
  const fetching = document.querySelector('[data-list-from]') ? refreshTeam() : refreshPage();
  changed.clear();
  if (unread) changed.add(unread);
  unread = null;
  await fetching.catch(() => asked.forEach((thread) => changed.add(thread)));
}

function open(also) {
  source = new EventSource(stream);
  let wasOpen = false;
  source.addEventListener('open', () => {
    // The browser opens a lost stream again by itself; what happened in between is unknown.
    if (wasOpen) { changed.add('all'); later(); }
    wasOpen = true;
  });
  source.addEventListener('changed', (event) => { changed.add(event.data); later(); });
  for (const [name, take] of Object.entries(also)) source.addEventListener(name, (event) => take(event.data));
  // A page whose stream gave way to a ninth follows again when its reader comes back to it.
  source.addEventListener('ended', close);
}

function close() {
  source?.close();
  source = null;
}

/** Follows the page's stream; `also` holds what to do with events of other names. */
export function follow(also = {}) {
  if (!stream || !window.EventSource) return;
  let leaving;
  const come = () => {
    clearTimeout(leaving);
    // What happened while nobody listened is unknown.
    if (!source) { open(also); changed.add('all'); }
    later();
  };
  open(also);
  for (const sign of ['pointermove', 'pointerdown', 'keydown', 'scroll', 'focus']) {
    addEventListener(sign, stir, { capture: true, passive: true });
  }
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) leaving = setTimeout(close, HIDDEN_MS);
    else come();
  });
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => { if (event.persisted) come(); });
}

export { fetchPart };

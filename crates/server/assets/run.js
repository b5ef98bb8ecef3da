// A run's page: while it waits or runs, how far it is comes by itself, less and less often. Without this script the
// button asks again.
import './team.js';
import { fetchPart } from './live.js';

const SOONEST_MS = 1000;
const LATEST_MS = 10_000;

function takeProgress(part, other) {
  if (other.textContent === part.textContent) return;
  const [mine, theirs] = [part, other].map((one) => one.querySelector('[role=status]'));
  // The line that is announced stays; only its words change.
  if (mine.textContent !== theirs.textContent) mine.textContent = theirs.textContent;
  const [bar, news] = [part, other].map((one) => one.querySelector('progress'));
  if (bar && news) {
    bar.value = news.value;
    bar.nextElementSibling.textContent = news.nextElementSibling.textContent;
  } else if (bar || news) {
    bar?.nextElementSibling.remove();
    bar?.remove();
    if (news) mine.after(news, news.nextElementSibling);
  }
}

async function look(wait) {
  const part = document.querySelector('[data-progress]');
  const fresh = document.hidden ? null : await fetchPart(location.href).catch(() => null);
  const other = fresh?.querySelector('[data-progress]');
  // It has ended: the whole page with its figures.
  if (fresh && !other) return location.reload();
  if (other) takeProgress(part, other);
  return setTimeout(look, wait, Math.min(wait * 1.5, LATEST_MS));
}

if (document.querySelector('[data-progress]')) setTimeout(look, SOONEST_MS, SOONEST_MS);

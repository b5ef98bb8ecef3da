// The team's pages: quick replies, copying, who else is here, and a list that stays where it was.
import { liven } from './forms.js';
import { listen } from './keys.js';
import { fetchPart, follow } from './live.js';

const TOLD_MS = 8000;

function announce(words) {
  const place = document.querySelector('[data-live]');
  if (words) {
    const line = document.createElement('p');
    line.textContent = words;
    place?.replaceChildren(line);
  }
  if (place?.firstChild) setTimeout(() => place.replaceChildren(), TOLD_MS);
}

// Without this script the button sends the form, and the page comes back with the text in the box.
function putQuickReplies() {
  for (const button of document.querySelectorAll('[data-quick]')) {
    button.addEventListener('click', (event) => {
      document.getElementById('reply-box').open = true;
      const box = document.getElementById('body');
      event.preventDefault();
      const typed = box.value.trimEnd();
      box.value = typed ? `${typed}\n\n${button.dataset.quick}` : button.dataset.quick;
      box.focus();
      box.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }
}

// The text is made by the server, on a page that can be copied by hand as well.
function copyAsNote() {
  for (const link of document.querySelectorAll('[data-copy]')) {
    link.addEventListener('click', async (event) => {
      event.preventDefault();
      try {
        const page = await fetchPart(link.href);
        await navigator.clipboard.writeText(page.getElementById('note-text').value);
        announce(link.dataset.copy);
      } catch {
        location.assign(link.href);
      }
    });
  }
}

// A choice that was not changed needs no button.
function hideUntilChanged() {
  for (const button of document.querySelectorAll('[data-when-changed]')) {
    const field = document.getElementById(button.dataset.whenChanged);
    const before = field.value;
    const tell = () => { button.hidden = field.value === before; };
    field.addEventListener('change', tell);
    addEventListener('pageshow', tell);
    tell();
  }
}

// The stream names accounts; their names stand on the page.
function showPresent(data) {
  const place = document.querySelector('[data-present]');
  if (!place) return;
  const [, ...accounts] = data.split(' ');
  const names = accounts.map((id) => document.querySelector(`[data-member="${id}"]`)?.textContent).filter(Boolean);
  place.hidden = names.length === 0;
  place.textContent = names.length === 0 ? '' : place.dataset.present.replace('{who}', names.join(', '));
}

function keepScroll() {
  const list = document.querySelector('[data-list-from]');
  if (!list) return;
  const key = `samechart-list ${list.dataset.listFrom}`;
  list.scrollTop = Number(sessionStorage.getItem(key) ?? 0);
  list.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  addEventListener('pagehide', () => sessionStorage.setItem(key, String(list.scrollTop)));
}

liven();
follow({ present: showPresent });
listen();
putQuickReplies();
copyAsNote();
hideUntilChanged();
keepScroll();
document.querySelector('.entries > :last-child')?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
announce();
document.getElementById('note-text')?.select();
